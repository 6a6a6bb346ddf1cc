"""What a dashboard page hangs on, in a short word: as long as that is the same, so is the page."""

import hashlib
from contextlib import closing
from functools import cache

from flask import request
from sqlalchemy import Dialect, func, select

from engage.config import ROOT
from engage.dashboard.series import surveys
from engage.extensions import db, site_settings, table_of
from engage.figures.final import published
from engage.figures.indicators import changed_at
from engage.figures.models import FigureRun
from engage.targets.models import IndicatorTarget
from engage.waves.models import Wave
from engage.web.access import current_user

WAVES, TARGETS, RUNS = table_of(Wave), table_of(IndicatorTarget), table_of(FigureRun)
RELEASES = published().subquery()
_STATE = select(
    select(func.max(RUNS.c.id)).scalar_subquery(),
    select(func.count()).select_from(RUNS).scalar_subquery(),
    select(func.max(TARGETS.c.id)).scalar_subquery(),
    select(func.count()).select_from(TARGETS).scalar_subquery(),
    select(func.sum(WAVES.c.version)).scalar_subquery(),
    select(func.count()).select_from(WAVES).where(WAVES.c.state == "open").scalar_subquery(),
    # Partners see published figures alone.
    select(func.max(RELEASES.c.run_id)).scalar_subquery(),
    select(func.count()).select_from(RELEASES).scalar_subquery(),
)
PAGES = (
    *("dashboard/all.html", "dashboard/survey.html", "dashboard/parts.html"),
    *("staff.html", "table.html"),
)


def version_of(questionnaire: str = "") -> str:
    """The word for what the page of a survey, or of all, shows now to this person in this session.

    Runs, targets and waves, the files of indicators, the templates; and whose page it is, because
    it has their name on it and a token that only their session takes.
    """
    files = [changed_at(each) for each in ([questionnaire] if questionnaire else _surveys())]
    # Where somebody may go depends on their role, which is a session's and not an account's.
    whose = [current_user.get_id(), current_user.role, request.full_path, _written(), _site()]
    return hashlib.sha256(repr([_state(), *files, *whose]).encode()).hexdigest()[:32]


def _state() -> object:
    """What is stored now, by the driver alone: SQLAlchemy would take five times as long for it.

    Most who ask have the page already, and this is nearly all that they cost.
    """
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute(_statement(db.engine.dialect))
        return cursor.fetchone()


@cache
def _statement(dialect: Dialect) -> str:
    """What asks for it: it has no parameters, and answers with numbers alone."""
    wanted = _STATE.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return str(wanted)


def _surveys() -> list[str]:
    with db.engine.connect() as connection:
        return surveys(connection)


@cache
def _written() -> str:
    """The templates as this process has them."""
    files = [ROOT / "templates" / name for name in (*PAGES, "layout.html")]
    files.append(ROOT / "static" / "build" / "manifest.json")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _site() -> str:
    return str(site_settings().council_name)
