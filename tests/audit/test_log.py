"""What staff do is noted with what they did, or not at all."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.audit.log import forget, kept_since, record
from engage.audit.models import AuditEvent
from engage.extensions import db

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def note(**detail):
    record(db.session, at=NOW, staff_id=4, action="wave.opened", subject="wave:7", detail=detail)


def test_an_event_keeps_who_did_what_to_what(app):
    note(until="2026-04-02", responses=12)
    db.session.commit()
    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.at, event.staff_id) == (NOW, 4)
    assert (event.action, event.subject) == ("wave.opened", "wave:7")
    assert json.loads(event.detail) == {"responses": 12, "until": "2026-04-02"}


def test_an_event_goes_when_what_it_tells_of_is_undone(app):
    note()
    db.session.rollback()
    assert db.session.scalars(select(AuditEvent)).all() == []


def test_an_event_is_kept_for_six_years(app):
    note()
    db.session.commit()
    six_years_on = NOW.replace(year=2032)
    assert forget(db.session, six_years_on - timedelta(seconds=1)) == 0
    assert forget(db.session, six_years_on) == 1


@pytest.mark.parametrize(
    ("now", "since"), [((2034, 2, 28), (2028, 2, 28)), ((2032, 2, 29), (2026, 2, 28))]
)
def test_six_years_are_calendar_years(now, since):
    assert kept_since(datetime(*now, tzinfo=UTC)) == datetime(*since, tzinfo=UTC)
