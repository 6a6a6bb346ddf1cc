"""What staff do is noted with what they did, or not at all."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from engage.audit.log import KEPT, forget, record
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
    assert forget(db.session, NOW + KEPT - timedelta(days=1)) == 0
    assert forget(db.session, NOW + KEPT) == 1
