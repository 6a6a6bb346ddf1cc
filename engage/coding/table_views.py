"""How many named each theme, as the worker counted it, and how far two coders agree."""

import json

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.log import record
from engage.coding.asked import asked_or_404
from engage.core.statistics.agreement import by_code
from engage.extensions import db
from engage.freetext import codings, frames
from engage.freetext.models import CodeState, ThemeTable, Turn
from engage.jobs.progress import progress_of
from engage.jobs.store import enqueue
from engage.web.access import current_user, permits, staff
from engage.web.forms import PressForm

NUMBER = "int(max=2147483647)"
MAKE_THEMES = "make_themes"
blueprint = Blueprint("coding_table", __name__, url_prefix="/staff/themes")


@blueprint.get(f"/<{NUMBER}:wave_id>/<question>/table")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def table(wave_id: int, question: str) -> str | Response:
    """The suppressed table, and of each code how far two people agree.

    Agreement is exact and tells of few texts: only those who may read these see it.
    """
    session = db.session()
    asked = asked_or_404(session, wave_id, question)
    percent = progress_of(session, _key(wave_id, question))
    waiting = "wait" in request.args
    if waiting and percent is None:
        return redirect(url_for("coding_table.table", wave_id=wave_id, question=question))
    stored = session.scalars(
        select(ThemeTable).filter_by(wave_id=wave_id, question=question)
    ).one_or_none()
    frame = frames.frame_of(session, asked.questionnaire, question)
    first = codings.given(session, wave_id, question, Turn.FIRST)
    second = codings.given(session, wave_id, question, Turn.SECOND)
    pairs = [(first[each], codes) for each, codes in second.items() if each in first]
    codes = {e.id: e.label for e in frames.codes_in(session, frame) if e.state != CodeState.MERGED}
    may_code = permits(make, current_user.role)
    return render_template(
        "coding/table.html",
        asked=asked,
        stored=stored,
        content=json.loads(stored.content) if stored else None,
        agreed=by_code(pairs, codes) if may_code else {},
        codes=codes,
        twice=len(pairs),
        percent=percent,
        waiting=waiting,
        form=PressForm(),
        may_code=may_code,
    )


@blueprint.post(f"/<{NUMBER}:wave_id>/<question>/table")
@staff(Role.ANALYST)
def make(wave_id: int, question: str) -> Response:
    """Ask the worker for the table as it is now."""
    session, now = db.session(), clock.now()
    asked_or_404(session, wave_id, question)
    enqueue(
        session,
        MAKE_THEMES,
        {"wave_id": wave_id, "question": question},
        due_at=now,
        key=_key(wave_id, question),
    )
    record(
        session, at=now, staff_id=current_user.id, action="themes.asked", subject=f"wave:{wave_id}"
    )
    session.commit()
    address = url_for("coding_table.table", wave_id=wave_id, question=question, wait=1)
    return redirect(address, 303)


def _key(wave_id: int, question: str) -> str:
    return f"themes:{wave_id}:{question}"
