"""Cross-tables of the newest closed wave, as an analyst would have asked for them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import day_of
from engage.crosstabs import store
from engage.crosstabs.make import make
from engage.crosstabs.spec import Spec
from engage.waves.models import Wave, WaveState

SURVEY = "fear_of_crime"
ASKED = (
    Spec("b:ward", "q:safe_dark"),
    Spec("b:age", "q:safe_dark"),
    Spec("q:safe_day", "q:safe_dark"),
)


def load_tables(session: Session, now: datetime) -> None:
    """Ask for tables of the newest closed wave of the yearly survey; its figures are there.

    The first one is made, so that there is one to see at once; the worker makes the others.
    Commits.
    """
    closed = select(Wave).filter_by(questionnaire=SURVEY, state=WaveState.CLOSED)
    wave = session.scalars(closed.order_by(Wave.opens_on.desc()).limit(1)).one_or_none()
    analyst = session.scalar(select(StaffMember.id).filter_by(role=Role.ANALYST))
    if wave is None or analyst is None:
        return
    known = store.choices_of(session, wave)
    for spec in ASKED:
        if spec.rows in known and spec.columns in known:
            table = store.ask(session, wave.id, spec, staff_id=analyst, now=now)
            session.commit()
            if spec == ASKED[0]:
                make(session, table, now)
            store.save(session, analyst, table, day_of(now))
            session.commit()
