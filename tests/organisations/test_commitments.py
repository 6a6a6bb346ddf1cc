"""A promise is open, under way, done, late or over; it is changed, renewed and taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engage.extensions import db
from engage.organisations import commitments, store
from engage.organisations.commitments import Change, Status, status_of
from engage.organisations.models import Commitment, Organisation, Progress, Promise, Standing

TODAY = date(2026, 3, 2)
DUE = date(2026, 8, 31)
LAST = date(2027, 3, 1)
A_DAY = timedelta(days=1)
SAID = Change(Progress.UNDER_WAY, "Ada Fern", "Two of five trained", date(2026, 6, 1))


def made(progress: str = "promised") -> Commitment:
    return Commitment(promise="share_data", progress=progress, due_on=DUE, renewed_on=TODAY)


@pytest.mark.parametrize(
    ("progress", "day", "status"),
    [
        ("promised", TODAY, Status.PROMISED),
        ("promised", DUE, Status.PROMISED),
        ("promised", DUE + A_DAY, Status.LATE),
        ("under_way", DUE, Status.UNDER_WAY),
        ("under_way", DUE + A_DAY, Status.LATE),
        ("done", DUE + A_DAY, Status.DONE),
        ("done", LAST, Status.DONE),
        ("done", LAST + A_DAY, Status.ENDED),
        ("promised", LAST + A_DAY, Status.ENDED),
        ("dropped", LAST + A_DAY, Status.DROPPED),
        ("dropped", TODAY, Status.DROPPED),
    ],
)
def test_how_a_promise_stands(progress, day, status):
    assert status_of(made(progress), day) == status


@pytest.fixture
def promise(app) -> Commitment:
    new = store.NewOrganisation("Fern", "business", "1_9", "Ada", "Owner", (Promise.SHARE_DATA,))
    number = store.ask(db.session.connection(), new, None, TODAY)
    db.session.get(Organisation, number).standing = Standing.APPROVED
    db.session.commit()
    [found] = commitments.of_organisation(db.session(), number)
    return found


def now(promise: Commitment) -> Commitment:
    db.session.commit()
    db.session.refresh(promise)
    return promise


def test_what_is_told_of_a_promise_is_kept_with_its_day(promise):
    commitments.change(db.session.connection(), promise, SAID, TODAY + A_DAY)
    assert (now(promise).owner, promise.evidence_on) == ("Ada Fern", TODAY + A_DAY)
    later = replace(SAID, progress=Progress.DONE)
    commitments.change(db.session.connection(), promise, later, TODAY + 9 * A_DAY)
    assert (now(promise).progress, promise.evidence_on) == ("done", TODAY + A_DAY)
    commitments.change(db.session.connection(), promise, replace(later, evidence=""), TODAY)
    assert now(promise).evidence_on is None


@pytest.mark.parametrize("day", [TODAY - A_DAY, LAST + A_DAY])
def test_a_promise_is_due_within_its_year(promise, day):
    with pytest.raises(commitments.DueError, match="its year is from 2026-03-02 to 2027-03-01"):
        commitments.change(db.session.connection(), promise, replace(SAID, due_on=day), TODAY)


def test_a_promise_is_renewed_near_its_end_once_and_begins_anew(promise):
    commitments.change(
        db.session.connection(), promise, replace(SAID, progress=Progress.DONE), TODAY
    )
    now(promise)
    early = LAST - timedelta(days=60)
    assert not commitments.renew(db.session.connection(), promise, early)
    read_twice = Commitment(
        id=promise.id, progress=promise.progress, renewed_on=TODAY, due_on=promise.due_on
    )
    assert commitments.renew(db.session.connection(), promise, early + A_DAY)
    assert not commitments.renew(db.session.connection(), read_twice, early + A_DAY)
    assert (now(promise).progress, promise.renewed_on) == ("promised", early + A_DAY)
    assert (promise.evidence, promise.evidence_on) == ("Two of five trained", TODAY)


def test_a_promise_taken_back_forgets_who_saw_to_it_and_can_be_made_again(promise):
    commitments.change(db.session.connection(), promise, SAID, TODAY)
    commitments.drop(db.session.connection(), promise.id)
    assert (now(promise).progress, promise.owner) == ("dropped", "")
    assert commitments.renew(db.session.connection(), promise, TODAY + A_DAY)
    assert now(promise).progress == "promised"


def test_a_late_change_does_not_bring_back_what_was_taken_back(promise):
    late = Commitment(
        id=promise.id, progress=promise.progress, renewed_on=TODAY, due_on=promise.due_on
    )
    commitments.drop(db.session.connection(), promise.id)
    assert not commitments.change(db.session.connection(), late, SAID, TODAY)
    assert (now(promise).progress, promise.owner) == ("dropped", "")


def test_only_what_is_late_or_over_of_those_listed_is_overdue(promise):
    listed = promise.organisation_id
    assert commitments.overdue(db.session(), DUE) == []
    [(organisation, _, status)] = commitments.overdue(db.session(), DUE + A_DAY)
    assert (organisation.id, status) == (listed, Status.LATE)
    [(_, found, status)] = commitments.overdue(db.session(), LAST + A_DAY)
    assert (commitments.since(found, status), status) == (LAST, Status.ENDED)
    organisation.standing = Standing.REFUSED
    db.session.commit()
    assert commitments.overdue(db.session(), LAST + A_DAY) == []
