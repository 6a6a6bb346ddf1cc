"""When an account is deleted, its number goes from what need not say who did it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from staff import make_staff

from engage import clock as real
from engage.accounts.models import Role, StaffMember
from engage.actions.models import Action
from engage.clock import day_of
from engage.extensions import db
from engage.oversight.models import AuditCheck
from engage.tasks import TASKS


@pytest.fixture
def both(app):
    """The numbers of somebody who left long ago and of somebody who stays; each keeps an action."""
    with app.app_context():
        members = [make_staff(app, Role.ANALYST, name).id for name in ("Gone", "Here")]
        for keeper in members:
            words = {"title": "Lights", "said": "It is dark.", "did": "Lamps.", "owner": "Highways"}
            db.session.add(Action(keeper=keeper, due_on=day_of(real.now()), **words))
        left = day_of(real.now()) - timedelta(days=91)
        db.session.get(StaffMember, members[0]).left_on = left
        db.session.commit()
        yield members
        db.session.rollback()


def test_a_deleted_account_leaves_its_number_where_it_is_needed_alone(both):
    TASKS["forget_leavers"](db.session(), real.now())
    assert db.session.scalars(select(Action.keeper).order_by(Action.id)).all() == [0, both[1]]


def test_checks_of_the_log_go_with_the_events_of_their_time(both):
    for years in (1, 7):
        at = real.now() - timedelta(days=366 * years)
        counted = {"events": 1, "agree": 1, "unanchored": 0, "restores": 0}
        db.session.add(AuditCheck(at=at, staff_id=both[0], **counted))
    TASKS["forget_audit"](db.session(), real.now())
    assert len(db.session.scalars(select(AuditCheck)).all()) == 1
