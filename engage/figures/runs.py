"""Runs over a wave, written: the newest, the one before it, and those that editions are of."""

import json
import math
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engage.figures.calculate import Outcome
from engage.figures.final import of_editions
from engage.figures.models import FigureRun
from engage.figures.store import COLUMNS, FIGURES
from engage.waves.models import Wave

KEPT_RUNS = 2


def overtaken(session: Session, run: FigureRun, before: int) -> FigureRun | None:
    """The run over the same wave that began later and is stored already, if there is one.

    `before` is the newest that was stored when this one began. The wave stays locked until the
    caller commits, so that of two runs only one stores at a time; people go on answering.
    """
    session.execute(select(Wave.id).filter_by(id=run.wave_id).with_for_update(key_share=True))
    later = (
        select(FigureRun)
        .where(FigureRun.wave_id == run.wave_id, FigureRun.id > before)
        .where(FigureRun.made_at > run.made_at)
        .order_by(FigureRun.id.desc())
    )
    return session.scalars(later.limit(1)).one_or_none()


def keep(session: Session, run: FigureRun, made: Outcome) -> None:
    """Write the run and its rows, and drop what is older than the run before and not published."""
    run.flow, run.weighting = json.dumps(made.flow.as_data()), json.dumps(made.weighting.as_data())
    run.past_flows = json.dumps({v: flow.as_data() for v, flow in made.past_flows.items()})
    run.sensitivity = json.dumps([moved.as_data() for moved in made.sensitivity])
    run.representation = json.dumps(made.representation.as_data())
    run.unanswered = json.dumps({name: asdict(each) for name, each in made.unanswered.items()})
    session.add(run)
    session.flush()
    rows = [
        {"run_id": run.id, "position": position} | row for position, row in enumerate(_plain(made))
    ]
    if rows:
        session.execute(insert(FIGURES), rows)
    newest = (
        select(FigureRun.id)
        .filter_by(wave_id=run.wave_id)
        .order_by(FigureRun.id.desc())
        .limit(KEPT_RUNS)
    )
    kept = {*session.scalars(newest), *session.scalars(of_editions(run.wave_id))}
    old = delete(FigureRun).where(FigureRun.wave_id == run.wave_id, FigureRun.id.not_in(kept))
    session.execute(old)


def _plain(made: Outcome) -> list[dict[str, Any]]:
    """The rows of the table as a database takes them: nothing where there is no number."""
    names = [column.name for column in COLUMNS]
    return [
        {
            name: None
            if value is None or (isinstance(value, float) and math.isnan(value))
            else value
            for name, value in zip(names, row, strict=True)
        }
        for row in made.tidy[names]
        .astype(object)
        .where(made.tidy[names].notna(), None)
        .itertuples(index=False)
    ]
