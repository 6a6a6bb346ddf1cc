"""People look at the responses that the rules marked, one at a time, and decide about each."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.audit.log import record
from engage.extensions import db
from engage.jobs.store import enqueue
from engage.monitoring.forms import WAYS, ReviewForm
from engage.monitoring.shown import shown
from engage.monitoring.untold import untold
from engage.monitoring.views import NUMBER, fielded
from engage.responses import reviews, taking_up
from engage.responses.review_models import Decision, ResponseReview
from engage.waves.models import Wave
from engage.waves.published import definition_of
from engage.web.access import count_shown, current_user, shows, staff

blueprint = Blueprint("review", __name__)

Page = str | Response | tuple[str, int]
LISTED = 100
VERBS = {
    Decision.KEEP: "review.kept",
    Decision.LEAVE_OUT: "review.left_out",
    Decision.UNDONE: "review.undone",
}
DONE = {
    Decision.KEEP: "Kept",
    Decision.LEAVE_OUT: "Left out",
    Decision.UNDONE: "Undone",
}
TOO_FEW = (
    "These decisions cannot be used yet: new figures less those before would tell what a few "
    "people said. Nothing was changed. The page says what to do."
)
FASTER = "Somebody else has decided about this meanwhile. Look at what they said."


@blueprint.get(f"/staff/waves/<{NUMBER}:wave_id>/review")
@staff(Role.ANALYST)
def queue(wave_id: int) -> str:
    """How many marked responses wait, and what was decided about others."""
    return _queue(fielded(wave_id))


@blueprint.post(f"/staff/waves/<{NUMBER}:wave_id>/review")
@staff(Role.ANALYST)
def take_up(wave_id: int) -> Page:
    """Let the figures use what was decided, unless that tells on a few."""
    session, wave, now = db.session(), fielded(wave_id), clock.now()
    if not taking_up.take_up(session, wave.id, first=untold(session, wave.id), now=now):
        session.rollback()
        return _queue(fielded(wave_id), fault=TOO_FEW), 409
    key = f"figures-{wave_id}"
    enqueue(session, "refresh_figures", {"wave_id": wave_id}, due_at=now, key=key)
    _keep(wave_id, "review.taken_up", f"wave:{wave_id}")
    return redirect(url_for("review.queue", wave_id=wave_id), 303)


def _queue(wave: Wave, fault: str = "") -> str:
    session, wave_id = db.session(), wave.id
    decided = reviews.decided_of(session, wave_id, LISTED)
    return render_template(
        "monitoring/queue.html",
        wave=wave,
        definition=definition_of(wave.definition),
        counts=reviews.counts(session, wave_id),
        first=reviews.next_open(session, wave_id),
        decided=decided,
        names={each.staff_id: _name(each.staff_id) for each in decided},
        done=DONE,
        waiting=taking_up.waiting(session, wave_id, first=untold(session, wave_id)),
        fewest=taking_up.FEWEST,
        fault=fault,
    )


@blueprint.route(
    f"/staff/waves/<{NUMBER}:wave_id>/review/<name:review_id>", methods=["GET", "POST"]
)
@staff(Role.ANALYST)
@shows("responses", of="wave")
def one(wave_id: int, review_id: str) -> Page:
    """One marked response; what is sent decides about it, and leads to the next."""
    session, wave = db.session(), fielded(wave_id)
    review = reviews.one(session, wave_id, review_id) or abort(404)
    form = ReviewForm()
    if not form.sent_and_valid():
        page = _page(wave, review, form)
        return (page, 422) if form.errors else page
    decision, reason = Decision(form.decision.data), str(form.reason.data)
    if not reviews.decide(
        session,
        review_id,
        decision,
        seen=int(form.seen.data or 0),
        reason=reason,
        staff_id=current_user.id,
        now=clock.now(),
    ):
        session.rollback()
        review = reviews.one(session, wave_id, review_id) or abort(404)
        return _page(wave, review, form, fault=FASTER), 409
    _keep(wave_id, VERBS[decision], f"review:{review_id}")
    after = None if decision is Decision.UNDONE else reviews.next_open(session, wave_id, review_id)
    if after is None:
        return redirect(url_for("review.queue", wave_id=wave_id), 303)
    return redirect(url_for("review.one", wave_id=wave_id, review_id=after.id), 303)


def _keep(wave_id: int, action: str, subject: str) -> None:
    """Note what was done, never the response, and commit."""
    session, by = db.session(), current_user.id
    record(
        session,
        at=clock.now(),
        staff_id=by,
        action=action,
        subject=subject,
        detail={"wave": wave_id},
    )
    session.commit()


def _page(wave: Wave, review: ResponseReview, form: ReviewForm, fault: str = "") -> str:
    """The response; beside a fault what was sent stays in the form, with the newest version."""
    count_shown(1)
    return render_template(
        "monitoring/review.html",
        wave=wave,
        definition=definition_of(wave.definition),
        review=review,
        shown=shown(db.session(), review),
        by=_name(review.staff_id),
        form=form,
        ways=WAYS,
        done=DONE,
        fault=fault,
    )


def _name(staff_id: int | None) -> str:
    member = db.session.get(StaffMember, staff_id) if staff_id else None
    return member.name if member else "Someone who has left"
