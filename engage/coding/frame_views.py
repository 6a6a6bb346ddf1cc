"""The codes of a question: added, said better, offered no more, made part of another."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.coding.asked import Asked, asked_or_404
from engage.coding.forms import CodeForm, StepForm
from engage.extensions import db
from engage.freetext import frames
from engage.freetext.models import Code, Codeframe
from engage.web.access import current_user, staff

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("coding_frame", __name__, url_prefix="/staff/themes")

Page = str | Response | tuple[str, int]


@blueprint.get(f"/<{NUMBER}:wave_id>/<question>/codes")
@staff(Role.ANALYST)
def codes(wave_id: int, question: str) -> str:
    """The codes with what belongs there, and each version of them."""
    return _page(asked_or_404(db.session(), wave_id, question), CodeForm(formdata=None))


@blueprint.post(f"/<{NUMBER}:wave_id>/<question>/codes")
@staff(Role.ANALYST)
def add(wave_id: int, question: str) -> Page:
    """Add a code."""
    session, form = db.session(), CodeForm()
    asked = asked_or_404(session, wave_id, question)
    if not form.sent_and_valid():
        return _page(asked, form), 422
    frame = frames.make_frame(session, asked.questionnaire, question)
    try:
        frames.add(
            session,
            frame,
            label=(form.label.data or "").strip(),
            belongs=(form.belongs.data or "").strip(),
            version=form.version.data,
            by=current_user.id,
            today=clock.today(),
        )
    except frames.FrameError as fault:
        session.rollback()
        form.blame("label", str(fault))
        return _page(asked, form), _status(fault)
    return _kept(asked, frame)


@blueprint.post(f"/<{NUMBER}:wave_id>/<question>/codes/<{NUMBER}:code_id>")
@staff(Role.ANALYST)
def step(wave_id: int, question: str, code_id: int) -> Page:
    """Change one code, retire it or offer it again, or make it part of another."""
    session, form = db.session(), StepForm()
    asked = asked_or_404(session, wave_id, question)
    frame = frames.frame_of(session, asked.questionnaire, question) or abort(404)
    known = {each.id: each for each in frames.codes_in(session, frame)}
    code = known.get(code_id) or abort(404)
    if not form.sent_and_valid():
        return _page(asked, CodeForm(formdata=None), faults=form.summary), 422
    try:
        _do(form, frame, code, known)
    except frames.FrameError as fault:
        session.rollback()
        faults = [{"text": str(fault), "href": f"#code-{code_id}"}]
        return _page(asked, CodeForm(formdata=None), faults=faults), _status(fault)
    return _kept(asked, frame)


def _do(form: StepForm, frame: Codeframe, code: Code, known: dict[int, Code]) -> None:
    session, version = db.session(), form.version.data
    by, today = current_user.id, clock.today()
    label, belongs = (form.label.data or "").strip(), (form.belongs.data or "").strip()
    into = known.get(form.into.data or 0)
    if form.step.data == "retire":
        frames.retire(session, frame, code, version=version, by=by, today=today)
    elif form.step.data == "merge":
        if into is None:
            raise frames.FrameError("Choose the code that this becomes part of.")
        frames.merge(session, frame, code, into, version=version, by=by, today=today)
    elif not label or not belongs:
        raise frames.FrameError("Enter a label and what belongs there.")
    else:
        frames.reword(
            session,
            frame,
            code,
            label=label,
            belongs=belongs,
            version=version,
            by=by,
            today=today,
        )


def _kept(asked: Asked, frame: Codeframe) -> Response:
    session = db.session()
    note_done("codeframe.changed", f"codeframe:{frame.id}", {"version": frame.version})
    session.commit()
    return redirect(
        url_for("coding_frame.codes", wave_id=asked.wave_id, question=asked.question), 303
    )


def _status(fault: frames.FrameError) -> int:
    return 409 if isinstance(fault, frames.ChangedFrameError) else 422


def _page(asked: Asked, form: CodeForm, *, faults: list[dict[str, str]] | None = None) -> str:
    session = db.session()
    frame = frames.frame_of(session, asked.questionnaire, asked.question)
    return render_template(
        "coding/codes.html",
        asked=asked,
        form=form,
        step=StepForm(formdata=None),
        faults=[*form.summary, *(faults or [])],
        codes=frames.codes_in(session, frame),
        uses=frames.uses(session, frame),
        versions=frames.versions_of(session, frame) if frame else [],
        version=frame.version if frame else 0,
    )
