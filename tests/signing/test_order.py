"""In which order a confirmation waits for others: mailbox, all its signatures, then counts."""

from pledged import TODAY
from signing_desk import confirm, counted, open_a_pledge, sign
from sqlalchemy import event, insert

from engage.contacts.address import address_key
from engage.extensions import db
from engage.pledges import counts
from engage.pledges.models import Signature

ADA = "ada@example.org"


def from_an_older_list(pledge: int, key: str) -> None:
    """A counted signature of a household's second person, which has no mailbox yet."""
    row = {"pledge_id": pledge, "state": "confirmed", "member": 2, "source": "legacy"}
    row |= {"signed_on": TODAY, "confirmed_on": TODAY, "address_key": address_key(ADA, key)}
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(insert(Signature).values(row))
        counts.shift(connection, pledge, "person", "", 1)


def test_all_signatures_are_changed_before_a_count_is(app, client, clock):
    from_an_older_list(open_a_pledge(), app.extensions["settings"].address_key)
    sign(client, email=ADA)
    tables: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("UPDATE signatures"):
            tables.append("signature")
        elif "signature_counts" in statement and not statement.startswith("SELECT"):
            tables.append("count")

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        confirm(client)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert tables == ["signature", "signature", "count"]
    assert counted(1) == 2
