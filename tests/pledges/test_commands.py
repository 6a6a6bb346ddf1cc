"""The command that counts anew."""

from pledged import make_pledge, signed_by

from engage.extensions import db
from engage.pledges import counts


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=["pledges", *words])


def test_a_count_that_differs_is_told_and_mended(app, clock):
    assert run(app, "list").output == "There are no pledges.\n"
    pledge = make_pledge()
    make_pledge("later", published=False)
    signed_by(pledge, "ada@example.org", ward="E05011464")
    done = run(app, "recount")
    assert (done.exit_code, done.output) == (0, "1 signatures counted, 0 counts differ.\n")

    with db.engine.begin() as connection:
        counts.shift(connection, pledge, "person", "E05011464", 2)
    done = run(app, "recount")
    assert done.exit_code == 1
    assert "stand, person, E05011464: lacks -2\n3 signatures counted, 1" in done.output
    assert run(app, "recount", "--mend").exit_code == 0
    assert run(app, "recount").exit_code == 0
    assert run(app, "list").output == (
        "stand: 1 signatures, open\nlater: 0 signatures, not published\n"
    )
