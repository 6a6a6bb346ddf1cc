"""A second person's yes: for one state, by somebody else, once."""

import threading

import pytest
from staff import make_staff

from engage import clock as real
from engage.accounts.models import Role, StaffMember
from engage.approvals import store
from engage.approvals.models import ApprovalState
from engage.approvals.store import ApprovalError
from engage.extensions import db

ROLES = (Role.SURVEY_MANAGER, Role.ADMINISTRATOR)


@pytest.fixture
def asked(app):
    asker, other = make_staff(app, Role.SURVEY_MANAGER), make_staff(app, Role.ADMINISTRATOR)
    with app.app_context():
        store.ask(db.session(), "wave:1", "a", by=asker.id, now=real.now())
        db.session.commit()
        yield asker, other
        db.session.rollback()


def test_a_yes_stands_for_the_state_that_was_looked_at(asked):
    _asker, other = asked
    session, now = db.session(), real.now()
    assert store.standing(session, "wave:1", "a") is None
    store.give(session, "wave:1", "a", by=other.id, now=now)
    assert store.standing(session, "wave:1", "a").decided_by == other.id
    assert store.standing(session, "wave:1", "b") is None
    assert store.standing(session, "wave:2", "a") is None


def test_nobody_agrees_to_what_they_asked(asked):
    asker, _other = asked
    with pytest.raises(ApprovalError, match="somebody else"):
        store.give(db.session(), "wave:1", "a", by=asker.id, now=real.now())
    assert store.waiting_for(db.session(), "wave:1").state == ApprovalState.WAITING


def test_what_changed_since_needs_a_new_request(asked):
    asker, other = asked
    session, now = db.session(), real.now()
    with pytest.raises(ApprovalError, match="changed"):
        store.give(session, "wave:1", "b", by=other.id, now=now)
    store.ask(session, "wave:1", "b", by=asker.id, now=now)
    assert [each.state for each in store.history(session, "wave:1")] == ["waiting", "withdrawn"]
    with pytest.raises(ApprovalError, match="changed"):
        store.give(session, "wave:1", "a", by=other.id, now=now)


def test_a_refusal_needs_a_reason_and_ends_the_request(asked):
    _asker, other = asked
    session, now = db.session(), real.now()
    with pytest.raises(ApprovalError, match="Say why"):
        store.refuse(session, "wave:1", "a", by=other.id, now=now, reason="  ")
    store.refuse(session, "wave:1", "a", by=other.id, now=now, reason="The notice is missing.")
    assert store.standing(session, "wave:1", "a") is None
    with pytest.raises(ApprovalError, match="Nobody is asking"):
        store.give(session, "wave:1", "a", by=other.id, now=now)


def test_only_who_is_alone_goes_without_a_second_person(asked):
    asker, other = asked
    session, now = db.session(), real.now()
    given = {"by": asker.id, "now": now, "reason": "We are two people.", "roles": ROLES}
    with pytest.raises(ApprovalError, match="somebody else"):
        store.waive(session, "wave:1", "a", **given)
    session.get(type(other), other.id).active = False
    session.flush()
    store.waive(session, "wave:1", "a", **given)
    assert store.standing(session, "wave:1", "a").state == ApprovalState.WAIVED


def test_of_two_who_decide_at_once_one_is_told(app, asked):
    _asker, other = asked
    third = make_staff(app, Role.ADMINISTRATOR, "Third Person")
    done: list[str] = []

    def press(staff_id: int) -> None:
        with app.app_context():
            try:
                store.give(db.session(), "wave:1", "a", by=staff_id, now=real.now())
                db.session.commit()
                done.append("given")
            except ApprovalError:
                db.session.rollback()
                done.append("told")

    db.session.rollback()
    both = [threading.Thread(target=press, args=(each.id,)) for each in (other, third)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(done) == ["given", "told"]


def test_asking_again_takes_no_yes_back_and_a_refusal_does(asked):
    asker, other = asked
    session, now = db.session(), real.now()
    store.give(session, "wave:1", "a", by=other.id, now=now)
    store.ask(session, "wave:1", "a", by=asker.id, now=now)
    assert store.standing(session, "wave:1", "a")
    store.refuse(session, "wave:1", "a", by=other.id, now=now, reason="Not like this")
    assert store.standing(session, "wave:1", "a") is None


@pytest.mark.parametrize("column", ["invited_by", "linked_by"])
@pytest.mark.parametrize("turned", [False, True])
def test_nobody_agrees_to_what_somebody_asks_whom_they_let_in_or_who_let_them_in(
    asked, column, turned
):
    asker, other = asked
    one, by = (other, asker) if turned else (asker, other)
    session = db.session()
    assert store.others(session, ROLES, asker.id) == 1
    setattr(session.get(StaffMember, one.id), column, by.id)
    session.commit()
    assert store.others(session, ROLES, asker.id) == 0
    with pytest.raises(ApprovalError, match="nothing to do with the account"):
        store.give(session, "wave:1", "a", by=other.id, now=real.now())
