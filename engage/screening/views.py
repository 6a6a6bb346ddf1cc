"""The queue of what people wrote, and the page of what was flagged."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.log import record
from engage.extensions import db, site_settings
from engage.jobs.store import enqueue
from engage.responses import screening
from engage.responses.screened import ScreenedText, ScreeningState
from engage.screening.forms import DONE, REASONS, STEPS, Decision, DecisionForm
from engage.screening.shown import shown
from engage.screening.telling import TELL_FLAGS
from engage.waves import store as waves
from engage.waves.published import definition_of
from engage.web.access import count_shown, current_user, shows, staff
from engage.web.staff_pages import SURVEYS, add_staff_page

blueprint = Blueprint("screening", __name__, url_prefix="/staff/screening")

Page = str | Response | tuple[str, int]
GONE = "The answer that this text was in has been deleted."
FASTER = "Somebody else has decided about this text already."
NO_REASON = "Say why you flag it"
VERBS = {
    Decision.PASS: "text.passed",
    Decision.FLAG: "text.flagged",
    Decision.HANDLE: "text.handled",
    Decision.BACK: "text.taken_back",
}


def notices() -> list[str]:
    """What the staff home page says at its top: flags, and texts that wait too long."""
    found = screening.counts(db.session(), clock.today())
    said = []
    if found.flagged:
        said.append(_some(found.flagged, "flagged text waits", "flagged texts wait"))
    if found.overdue:
        what = "text has waited", "texts have waited"
        said.append(f"{_some(found.overdue, *what)} for more than a working day")
    return said


add_staff_page(
    blueprint,
    "What people wrote",
    "screening.queue",
    SURVEYS,
    "Look at what came in, within a working day, and flag what worries you.",
    notices=notices,
)


@blueprint.get("")
@staff(Role.SURVEY_MANAGER, Role.SAFEGUARDING_LEAD)
@shows("texts")
def queue() -> str:
    """The texts that nobody has looked at yet."""
    return _page(ScreeningState.WAITING)


@blueprint.get("/flagged")
@staff(Role.SURVEY_MANAGER, Role.SAFEGUARDING_LEAD)
@shows("texts")
def flagged() -> str:
    """The texts that were flagged and are not dealt with."""
    return _page(ScreeningState.FLAGGED)


@blueprint.post("/<name:text_id>")
@staff(Role.SURVEY_MANAGER, Role.SAFEGUARDING_LEAD)
@shows("texts", of="text")
def decide(text_id: str) -> Page:
    """Let a text go on, flag it, mark it as dealt with, or take that back."""
    form, session = DecisionForm(), db.session()
    if not form.sent_and_valid():
        return _page(ScreeningState.WAITING, fault="Press one of the buttons on the page."), 422
    decision, reason = Decision(form.decision.data), form.told()
    text = screening.one(session, text_id)
    if text is None:
        return _page(ScreeningState.WAITING, fault=GONE), 404
    was = ScreeningState(text.state)
    becomes = STEPS[decision].get(was)
    if becomes is None:
        return _page(_list_of(decision), fault=FASTER), 409
    if decision is Decision.FLAG and reason is None:
        return _page(was, fault=NO_REASON, at=text_id), 422
    if not screening.decide(
        session,
        text_id,
        was=was,
        becomes=becomes,
        staff_id=current_user.id,
        reason=reason,
        today=None if _keeps_day(text) else clock.today(),
    ):
        session.rollback()
        return _page(_list_of(decision), fault=FASTER), 409
    _keep(text_id, text.wave_id, decision, reason)
    page = "screening.flagged" if ScreeningState.FLAGGED in {was, becomes} else "screening.queue"
    page = "screening.queue" if decision is Decision.FLAG else page
    return redirect(url_for(page, done=text_id, _anchor="texts"), 303)


def _keeps_day(text: ScreenedText) -> bool:
    """Whether the survey of a text keeps the day on which somebody answered."""
    wave = waves.get(db.session(), text.wave_id)
    return wave is not None and definition_of(wave.definition).keeps_day


def _keep(text_id: str, wave_id: int, decision: Decision, reason: str | None) -> None:
    """Log the decision without a word of the text, let the lead be told of a flag, keep both."""
    session, now = db.session(), clock.now()
    record(
        session,
        at=now,
        staff_id=current_user.id,
        action=VERBS[decision],
        subject=f"text:{text_id}",
        detail={"wave": wave_id} | ({"reason": reason} if reason else {}),
    )
    if decision is Decision.FLAG:
        enqueue(session, TELL_FLAGS, {}, due_at=now, key=f"task:{TELL_FLAGS}")
    session.commit()


def _list_of(decision: Decision) -> ScreeningState:
    """The list on which the button of a decision stands."""
    return ScreeningState.FLAGGED if decision is Decision.HANDLE else ScreeningState.WAITING


def _page(state: ScreeningState, *, fault: str = "", at: str = "") -> str:
    """The list of a state; `fault` is what went wrong, `at` the text that it belongs to."""
    settings = site_settings()
    session, today = db.session(), clock.today()
    texts = shown(session, state, today)
    count_shown(len(texts))
    return render_template(
        "screening/queue.html" if state is ScreeningState.WAITING else "screening/flagged.html",
        texts=texts,
        counts=screening.counts(session, today),
        done=_done(session.get(ScreenedText, request.args.get("done", ""))),
        form=DecisionForm(formdata=None),
        reasons=REASONS,
        fault=fault,
        at=at,
        lead=settings.safeguarding_lead,
        mail=bool(settings.smtp_url),
    )


def _done(text: ScreenedText | None) -> tuple[str, str] | None:
    """What was decided a moment ago, with the text's id for taking it back."""
    if text is None or text.staff_id != current_user.id:
        return None
    said = DONE.get(ScreeningState(text.state))
    return (said, text.id) if said else None


def _some(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
