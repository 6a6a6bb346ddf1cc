"""One wave of the demonstration: created, filled with its responses, open or closed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.config import DEMO_DEFINITIONS, Settings
from engage.core.definition.model import Definition
from engage.demo.generate import Sent, Setting, generate
from engage.demo.manner import manner_of
from engage.demo.opening import sign_and_open
from engage.demo.plan import PlannedWave, days_of, name_of
from engage.responses.models import Mode
from engage.responses.screened import ScreeningState
from engage.responses.screening import queue
from engage.responses.store import insert_many, row
from engage.waves.faults import WavePlan
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.waves.transitions import create

KEPT = timedelta(days=4 * 365)
"""Made-up answers hurt nobody; a demonstration that was left alone should not lose them soon. The
oldest wave ended nearly two years ago, and no answers are kept for more than six."""

WAITING = 30
"""How many of the last responses of an open wave wait to be looked at: some hold words."""


def load_wave(
    session: Session,
    settings: Settings,
    plan: PlannedWave,
    *,
    setting: Setting,
    now: datetime,
    seed: Sequence[int],
) -> None:
    """Load a wave with its responses, open if it is this year's; the caller commits."""
    today = day_of(now)
    opens, closes, last = days_of(plan, today)
    details = WavePlan(
        questionnaire=plan.questionnaire,
        name=name_of(plan, opens),
        opens_on=opens,
        closes_on=closes,
        delete_on=today + KEPT,
        made_up=True,
    )
    wave = create(session, details, opens, DEMO_DEFINITIONS, plan.version)
    definition = definition_of(wave.definition)
    random = np.random.default_rng(seed)
    manner = manner_of(plan.answers)
    if plan.open:
        manner = manner.drifted(random)
    sent = generate(definition, manner, plan, setting=setting, days=(opens, last), random=random)
    rows = list(_rows(wave, definition, sent))
    insert_many(session.connection(), rows)
    if plan.open:
        _screen(session, definition, rows)
    elif plan.years_ago == 1:
        queue(session.connection(), definition, rows, state=ScreeningState.PASSED)
    if plan.open:
        sign_and_open(session, settings, wave, now)
    else:
        wave.state = WaveState.CLOSED
    session.flush()


def _screen(session: Session, definition: Definition, rows: Sequence[dict[str, Any]]) -> None:
    """Let what was written last wait, some of it too long, as if the rest had been looked at."""
    order = sorted(rows, key=lambda row: (row["day"], row["id"]))
    connection = session.connection()
    queue(connection, definition, order[:-WAITING], state=ScreeningState.PASSED)
    queue(connection, definition, order[-WAITING:])


def _rows(wave: Wave, definition: Definition, sent: Sequence[Sent]) -> Iterator[dict[str, Any]]:
    """The responses as rows, under the identities that the seed gave them."""
    for each in sent:
        made = row(
            definition,
            each.answers,
            wave_id=wave.id,
            definition_id=wave.definition_id,
            submission=each.submission,
            day=each.day,
            duration=each.duration,
            mode=Mode(each.mode),
        )
        yield made | {"id": each.id}
