"""The page of one action: as it is, as everybody sees it, and where its second look stands."""

from flask import render_template

from engage.accounts.models import Role
from engage.actions import store
from engage.actions.content import content_of, digest_of, read
from engage.actions.models import Action
from engage.approvals import store as approvals
from engage.approvals.models import ApprovalState
from engage.extensions import db
from engage.followup.forms import DecisionForm, UpdateForm
from engage.followup.shown import shown
from engage.web.access import current_user

AGREE = (Role.SURVEY_MANAGER, Role.ANALYST, Role.ADMINISTRATOR)
"""Whose yes counts."""


def one_page(
    action: Action, *, update: UpdateForm | None = None, decision: DecisionForm | None = None
) -> str:
    """The page, with the form in which something was wrong."""
    session = db.session()
    content, digest = content_of(action), digest_of(action)
    waiting = approvals.waiting_for(session, store.subject_of(action.id))
    history = approvals.history(session, store.subject_of(action.id))
    refused = next(iter(history), None)
    update, decision = update or UpdateForm(formdata=None), decision or DecisionForm(formdata=None)
    public = read(action.shown) if action.shown else None
    return render_template(
        "followup/one.html",
        action=action,
        now=shown(session, action.id, content),
        public=public,
        same=public == content,
        digest=digest,
        waiting=waiting if waiting and waiting.digest == digest else None,
        mine=bool(waiting and waiting.asked_by == current_user.id),
        alone=not approvals.others(session, AGREE, current_user.id),
        refused=refused if refused and refused.state == ApprovalState.REFUSED else None,
        update=update,
        decision=decision,
        faults=[*update.summary, *({**each, "href": "#publication"} for each in decision.summary)],
    )
