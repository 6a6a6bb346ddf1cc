"""A comparison in the demonstration: wards where lights were renewed, beside two other groups."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.areas.store import groups, ward_groups, ward_names
from engage.crosstabs.treated import store as treated
from engage.demo.plan import WAVES
from engage.waves.models import Wave, WaveState

TREATED = "Old Town"
CONTROL = ("Millside", "Southern Meadows")


def load_compared(session: Session, now: datetime) -> None:
    """Ask for one comparison of the two last waves that have closed; the worker makes it."""
    for questionnaire in dict.fromkeys(plan.questionnaire for plan in WAVES):
        closed = select(Wave.id).filter_by(questionnaire=questionnaire, state=WaveState.CLOSED)
        waves = session.scalars(closed.order_by(Wave.opens_on, Wave.id)).all()
        if len(waves) >= 2:
            break
    else:
        return
    named, of = groups(session), ward_groups(session)
    wards = {
        name: {ward for ward, its in of.items() if its == code} for code, name in named.items()
    }
    analyst = select(StaffMember.id).filter_by(role=Role.ANALYST).limit(1)
    treated.ask(
        session,
        questionnaire,
        (waves[-2], waves[-1]),
        (wards[TREATED], set().union(*(wards[name] for name in CONTROL))),
        known=ward_names(session),
        among=waves,
        staff_id=session.scalars(analyst).one(),
        now=now,
    )
