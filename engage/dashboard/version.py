"""What a dashboard page hangs on, in a short word: as long as that is the same, so is the page."""

import hashlib
from functools import cache

from flask import current_app, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.config import ROOT
from engage.extensions import table_of
from engage.figures.indicators import changed_at
from engage.figures.models import FigureRun
from engage.targets.models import IndicatorTarget
from engage.waves.models import Wave
from engage.web.access import current_user

WAVES, TARGETS, RUNS = table_of(Wave), table_of(IndicatorTarget), table_of(FigureRun)
_STATE = select(
    select(func.max(RUNS.c.id)).scalar_subquery(),
    select(func.count()).select_from(RUNS).scalar_subquery(),
    select(func.max(TARGETS.c.id)).scalar_subquery(),
    select(func.count()).select_from(TARGETS).scalar_subquery(),
    select(func.sum(WAVES.c.version)).scalar_subquery(),
    select(func.count()).select_from(WAVES).where(WAVES.c.state == "open").scalar_subquery(),
)
PAGES = ("dashboard/all.html", "dashboard/survey.html", "dashboard/parts.html", "staff.html")


def version_of(session: Session, questionnaires: list[str]) -> str:
    """The word for what the page shows now to this person in this session.

    Runs, targets and waves, the files of indicators, the templates; and whose page it is, because
    it has their name on it and a token that only their session takes.
    """
    # The connection itself: what the session adds costs as much as the statement.
    state = [
        *session.connection().execute(_STATE).one(),
        *(changed_at(each) for each in questionnaires),
    ]
    # Where somebody may go depends on their role, which is a session's and not an account's.
    whose = [current_user.get_id(), current_user.role, request.full_path, _written(), _site()]
    return hashlib.sha256(repr([*state, *whose]).encode()).hexdigest()[:32]


@cache
def _written() -> str:
    """The templates as this process has them."""
    files = [ROOT / "templates" / name for name in (*PAGES, "layout.html")]
    files.append(ROOT / "static" / "build" / "manifest.json")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _site() -> str:
    return str(current_app.extensions["settings"].council_name)
