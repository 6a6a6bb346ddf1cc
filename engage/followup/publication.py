"""Showing an action to everybody: asked for by one, agreed to by another, taken back by either."""

from collections.abc import Collection

from flask import Blueprint, abort, redirect, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.actions import store
from engage.actions.content import digest_of
from engage.actions.models import Action
from engage.approvals import store as approvals
from engage.approvals.store import ApprovalError
from engage.approvals.told import Thing, tell_of
from engage.extensions import db
from engage.followup.forms import DecisionForm
from engage.followup.one_page import AGREE, one_page
from engage.web.access import current_user, staff

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("followup_publication", __name__, url_prefix="/staff/actions")
CHANGED = "It was changed since you looked. Look at it again."


def about_actions(session: Session, numbers: Collection[int]) -> dict[int, Thing]:
    """What showing an action is called in the list of what was approved."""
    rows = session.execute(select(Action.id, Action.title).where(Action.id.in_(numbers)))
    return {
        row.id: Thing(f"Showing the action “{row.title}” to everybody", {"action_id": row.id})
        for row in rows
    }


tell_of(blueprint, "action", about_actions, "followup.one")


@blueprint.post(f"/<{NUMBER}:action_id>/publication")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def decide(action_id: int) -> str | Response | tuple[str, int]:
    """Ask somebody, agree, refuse, go without where there is nobody, or take it back."""
    session, form = db.session(), DecisionForm()
    action = session.get(Action, action_id, with_for_update=True) or abort(404)
    if not form.sent_and_valid():
        return one_page(action, decision=form), 422
    if form.decision.data != "withdraw" and form.digest.data != digest_of(action):
        form.blame("decision", CHANGED)
        return one_page(action, decision=form), 409
    try:
        _do(action, form)
    except (ApprovalError, store.NotAgreedError) as fault:
        session.rollback()
        form.blame("decision", str(fault))
        return one_page(action, decision=form), 409
    session.commit()
    return redirect(url_for("followup.one", action_id=action_id, _anchor="publication"), 303)


def _do(action: Action, form: DecisionForm) -> None:
    session, now, by = db.session(), clock.now(), current_user.id
    subject, digest, reason = store.subject_of(action.id), digest_of(action), form.reason.data or ""
    if form.decision.data == "ask":
        approvals.ask(session, subject, digest, by=by, now=now)
    elif form.decision.data == "refuse":
        approvals.refuse(session, subject, digest, by=by, now=now, reason=reason)
    elif form.decision.data == "withdraw":
        store.withdraw(session, action, by=by, now=now)
    else:
        if form.decision.data == "give":
            approvals.give(session, subject, digest, by=by, now=now)
        else:
            approvals.waive(session, subject, digest, by=by, now=now, reason=reason, roles=AGREE)
        store.publish(session, action, by=by, now=now)
