"""Signatures are taken out by conditions that were tried, with a reason, and put back exactly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pledged import ask, make_pledge, press, signed_by
from sqlalchemy import insert, select
from staff import make_staff, sign_in

from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.pledges import counts
from engage.pledges.models import Invalidation, Signature, SignatureBatch
from engage.pledges.store import withdraw
from engage.register.forgetting import KEPT, forget

PAGE = "/staff/pledges/1/take-out"


@pytest.fixture
def pledge(app, clock) -> int:
    return make_pledge()


@pytest.fixture
def manager(app, client, pledge):
    return sign_in(client, make_staff(app, "survey_manager"))


def try_out(client, status: int = 200, **wanted):
    return client.get(PAGE).post(PAGE, {"expected": ""} | wanted, status)


def looked(client) -> str:
    """What the button sends that takes out what was looked at."""
    buttons = client.page.iterfind(".//button[@name='expected']")
    return next(value for button in buttons if (value := button.get("value")))


def total() -> int:
    assert counts.recount(db.session()) == []
    number = counts.total(db.session.connection(), 1)
    db.session.rollback()
    return number


def states() -> list[str]:
    found = db.session.scalars(select(Signature.state).order_by(Signature.id)).all()
    db.session.rollback()
    return list(found)


def test_what_conditions_mean_is_seen_first_then_taken_out_then_put_back(manager, pledge):
    for each in range(3):
        signed_by(pledge, f"bot{each}@spam.example", name="Bot")
    signed_by(pledge, "ada@example.com", name="Ada")
    _signed, waits = ask(pledge, "bot9@spam.example", name="Bot")
    try_out(manager, domain="spam.example")
    assert "4 signatures would be taken out" in manager.text
    assert total() == 4
    given = {"domain": "spam.example", "expected": looked(manager)}
    manager.post(PAGE, given | {"reason": " "}, 422)
    assert "Enter the reason" in manager.text
    manager.post(PAGE, given | {"expected": "é", "reason": "A burst"}, 422)
    manager.post(PAGE, given | {"reason": "A burst of made-up names"}).follow()
    assert "Domain of the address: spam.example" in manager.text
    assert total() == 1
    assert states() == ["invalidated"] * 3 + ["confirmed", "invalidated"]
    assert not press(waits)
    page = "/staff/pledges/taken-out/1"
    manager.get(page).post(page, {"reason": ""}, 422)
    manager.post(page, {"reason": "They were real"}).follow()
    assert total() == 4
    assert states() == ["confirmed"] * 4 + ["pending"]
    manager.get(page)
    assert "They were real" in manager.text
    manager.post(page, {"reason": "Twice"}, 200)
    assert total() == 4
    noted = select(AuditEvent.action, AuditEvent.detail)
    done = db.session.execute(noted.where(AuditEvent.action != "signatures.seen")).all()
    assert [tuple(row) for row in done][-2:] == [
        ("signatures.invalidated", '{"invalidation": 1, "signatures": 4}'),
        ("signatures.restored", '{"invalidation": 1, "signatures": 4}'),
    ]


def test_what_comes_in_after_the_look_is_not_taken_out_unseen(manager, pledge):
    signed_by(pledge, "bot@spam.example")
    try_out(manager, domain="spam.example")
    signed_by(pledge, "real@spam.example")
    given = {"domain": "spam.example", "expected": looked(manager), "reason": "A burst"}
    manager.post(PAGE, given, 422)
    assert "Look at them once more" in manager.text
    assert total() == 2


def test_other_signatures_than_those_looked_at_are_not_taken_out_though_as_many(manager, pledge):
    bot, real = (signed_by(pledge, f"{each}@{each}.example") for each in ("bot", "real"))
    try_out(manager, domain="bot.example")
    expected = looked(manager)
    manager.post(PAGE, {"domain": "real.example", "expected": expected, "reason": "Bots"}, 422)
    with db.engine.begin() as connection:
        assert withdraw(connection, bot)
    signed_by(pledge, "other@bot.example")
    manager.post(PAGE, {"domain": "bot.example", "expected": expected, "reason": "Bots"}, 422)
    assert states() == ["withdrawn", "confirmed", "confirmed"]
    manager.post(PAGE, {"domain": "bot.example", "expected": looked(manager), "reason": "Bots"})
    assert states() == ["withdrawn", "confirmed", "invalidated"]
    assert real


def test_without_any_condition_nothing_is_taken_out(manager, pledge):
    signed_by(pledge, "ada@example.com")
    try_out(manager, 422)
    assert "at least one condition" in manager.text
    manager.post(PAGE, {"expected": "é", "reason": "All of them"}, 422)
    assert total() == 1


def test_what_was_taken_back_meanwhile_is_not_put_back(manager, pledge):
    number = signed_by(pledge, "ada@example.com")
    try_out(manager, number=str(number))
    manager.post(PAGE, {"number": str(number), "expected": looked(manager), "reason": "Not real"})
    with db.engine.begin() as connection:
        assert withdraw(connection, number)
    page = "/staff/pledges/taken-out/1"
    manager.get(page).post(page, {"reason": "It was real"})
    assert (total(), states()) == (0, ["withdrawn"])


def test_bursts_of_a_network_or_a_domain_are_shown_and_lead_to_taking_out(manager, pledge):
    for each in range(10):
        signed_by(pledge, f"bot{each}@spam.example", network=b"n" * 16)
        signed_by(pledge, f"a{each}@mail{each}.example", network=bytes([each]) * 16)
    for each in range(29):
        signed_by(pledge, f"old{each}@spam.example", day=date(2026, 2, 20 + each % 8))
    manager.get("/staff/pledges/1/signs")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in manager.page.iterfind(".//tr")]
    assert [row for row in rows if row.startswith("2 March")] == [
        "2 March 2026 6e6e6e6e… 10 Look at them : network 6e6e6e6e",
        "2 March 2026 spam.example 10 1 Look at them : spam.example on 2 March 2026",
    ]
    links = [link.get("href") for link in manager.page.iterfind(".//td/a")]
    manager.get(links[1])
    form = {"network": "", "domain": "spam.example", "expected": ""}
    form |= {
        f"{end}-{part}": manager.value(f"{end}-{part}")
        for end in ("first", "last")
        for part in ("day", "month", "year")
    }
    manager.post(PAGE, form, 200)
    assert "10 signatures would be taken out" in manager.text
    network = manager.get(links[0]).value("network")
    try_out(manager, network=network)
    manager.post(PAGE, {"network": network, "expected": looked(manager), "reason": "One network"})
    assert total() == 39
    assert db.session.scalars(select(Invalidation.number)).one() == 10


def test_why_they_were_taken_out_is_forgotten_after_two_years(pledge, manager, clock):
    number = signed_by(pledge, "ada@example.com")
    try_out(manager, number=str(number))
    manager.post(PAGE, {"number": str(number), "expected": looked(manager), "reason": "Not real"})
    with db.engine.begin() as connection:
        assert withdraw(connection, number)
    assert forget(db.session(), clock.at + KEPT - timedelta(seconds=1)) == 0
    assert forget(db.session(), clock.at + KEPT) == 1
    db.session.commit()
    assert db.session.scalars(select(Invalidation)).all() == []
    assert states() == ["invalidated"], "it stays out, now that nothing else would tell"
    assert ask(pledge, "ada@example.com")[0].state == "invalidated"


def test_who_brought_signatures_in_is_forgotten_after_six_years_but_not_that_it_was_done(
    app, pledge, clock
):
    anna = make_staff(app, "survey_manager").id
    made = {"pledge_id": pledge, "source": "paper", "origin": "Fair", "made_at": clock.at}
    db.session.execute(insert(SignatureBatch).values(made | {"staff_id": anna}))
    db.session.execute(insert(SignatureBatch).values(made | {"origin": "Of a leaver"}))
    db.session.commit()

    def known() -> set[tuple]:
        found = db.session.execute(select(SignatureBatch.staff_id, SignatureBatch.made_at)).all()
        db.session.commit()
        return set(map(tuple, found))

    before = known()
    last = clock.at.replace(year=clock.at.year + 6)
    for each in (last - timedelta(seconds=1), last):
        assert known() == before
        forget(db.session(), each)
        db.session.commit()
    assert known() == {(None, datetime(clock.at.year, 1, 1, tzinfo=UTC))}
