"""Organisations are reminded a month before a day and once after; what nobody confirmed goes."""

from datetime import date, timedelta

import pytest
from contact import make_contact
from partner import TODAY, ask, listed, promise
from sqlalchemy import func, select

from engage import clock as days
from engage.contacts.models import MailToken
from engage.extensions import db
from engage.organisations import decisions
from engage.organisations.models import Commitment, Organisation
from engage.outbox.models import OutgoingMessage
from engage.partners.reminders import Reminder, remind, reminder_of, tidy

DUE, LAST = date(2026, 8, 31), date(2027, 3, 1)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("progress", "day", "expected"),
    [
        ("promised", date(2026, 7, 31), None),
        ("promised", date(2026, 8, 1), Reminder("due", DUE)),
        ("under_way", date(2026, 8, 7), Reminder("due", DUE)),
        ("promised", date(2026, 8, 8), None),
        ("done", date(2026, 8, 1), None),
        ("promised", DUE, None),
        ("promised", DUE + A_DAY, Reminder("late", DUE)),
        ("promised", DUE + 8 * A_DAY, None),
        ("done", LAST - 31 * A_DAY, None),
        ("done", LAST - 30 * A_DAY, Reminder("ends", LAST)),
        ("dropped", LAST - 30 * A_DAY, None),
        ("done", LAST, None),
        ("done", LAST + A_DAY, Reminder("ended", LAST)),
        ("promised", LAST + A_DAY, Reminder("ended", LAST)),
        ("done", LAST + 8 * A_DAY, None),
    ],
)
def test_when_a_promise_calls_for_a_reminder(progress, day, expected):
    held = Commitment(promise="share_data", progress=progress, due_on=DUE, renewed_on=TODAY)
    assert reminder_of(held, day) == expected


def messages() -> list[OutgoingMessage]:
    return list(db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)))


def test_promises_of_one_day_are_one_message_sent_once(app, clock):
    number = listed()
    listed("Moss")
    clock.at = clock.at.replace(month=8, day=1)
    assert remind(db.session(), days.now()) == 2
    db.session.commit()
    clock.move(days=1)
    assert remind(db.session(), days.now()) == 0
    assert db.session.scalar(select(func.count()).select_from(MailToken)) == 2
    [message, _other] = messages()
    key = f"organisation-due:{number}:{message.contact_id}:2026-08-31"
    assert (message.kind, message.key) == ("remind", key)
    assert "Train our staff" in message.text
    assert "champion" in message.text
    assert message.subject == "What Fern & Co promised"
    assert "http://127.0.0.1:5000/our-organisation/" in message.text


def test_only_listed_organisations_with_a_mailbox_are_reminded(app, clock):
    ask(contact_id=make_contact("ada@fern.example"))
    number = listed("Moss")
    db.session.get(Organisation, number).contact_id = None
    promise(listed("Reed")).progress = "done"
    db.session.commit()
    clock.at = clock.at.replace(month=8, day=1)
    assert remind(db.session(), days.now()) == 1
    [message] = messages()
    assert "Train our staff" not in message.text


def test_what_nobody_confirmed_and_what_was_refused_long_ago_goes(app, clock):
    unproven = ask("Unproven", contact_id=make_contact("a@fern.example", proven_on=None))
    unsigned = ask("Unsigned", contact_id=make_contact("b@fern.example"))
    typed, refused, kept = ask("Typed"), listed("Refused"), listed("Kept")
    late = TODAY + 300 * A_DAY  # by mistake, perhaps: staff have a year from then
    assert decisions.refuse(db.session.connection(), refused, "Moved away", late)
    db.session.commit()

    def left(today: date) -> set[int]:
        tidy(db.session(), today)
        db.session.commit()
        return set(db.session.scalars(select(Organisation.id)))

    assert left(TODAY + 13 * A_DAY) == {unproven, unsigned, typed, refused, kept}
    assert left(TODAY + 14 * A_DAY) == {typed, refused, kept}
    assert left(late + 364 * A_DAY) == {typed, refused, kept}
    assert left(late + 365 * A_DAY) == {typed, kept}
