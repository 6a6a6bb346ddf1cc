"""Making a table in the worker: read, weigh, suppress beside all that was shown, store."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.core.disclosure.beside import Limits, TooNearError, beside
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.reach import TooFineError
from engage.core.disclosure.shown import Shown
from engage.core.statistics.arrays import BoolArray
from engage.core.statistics.two_way import two_way
from engage.crosstabs.choices import Choice, choices
from engage.crosstabs.content import content_of
from engage.crosstabs.known import as_shown, asked_before, figures_shown
from engage.crosstabs.models import CrossTable
from engage.crosstabs.people import People, inside, people_of
from engage.crosstabs.spec import Spec
from engage.figures.read import read
from engage.figures.store import figures_of, newest_run
from engage.jobs.progress import tell
from engage.waves.models import Wave

STEPS = 5
FEW = "Too few people are in this table. Choose wider filters, or an area group instead of a ward."
NEAR = (
    "This filter leaves out, or adds, so few people that what they said could be worked out from "
    "what was shown before. Leave the filter out, or choose answers that many people gave."
)
FINE = (
    "This table is too fine to check beside those that were shown before. Choose area groups "
    "instead of wards, or leave a filter out."
)


def make(session: Session, table_id: int, now: datetime) -> None:
    """Make a table that waits, or say why it cannot be shown. The caller commits.

    The wave is locked while the table is checked, so that of two tables at once the second knows
    of the first. A table that is made already stays as it is.
    """
    bind = session.get_bind().engine
    with (
        bind.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        asked = reading.get(CrossTable, table_id)
        if asked is None or asked.state != "waiting":
            return
        wave = reading.get_one(Wave, asked.wave_id)
        tell(1, STEPS)
        given = read(reading, wave)
        spec = Spec.from_json(asked.spec)
        tell(2, STEPS)
        run = newest_run(reading, wave.id)
        figures = figures_of(reading, run.id) if run else ()
    people = people_of(given)
    known = choices(
        given.definition, given.indicators, given.united, (given.areas.wards, given.areas.groups)
    )
    tell(3, STEPS)
    made = as_shown(people, spec, known)
    others = list(figures_shown(people, figures, known, made.about))
    tell(4, STEPS)
    session.execute(select(Wave.id).filter_by(id=wave.id).with_for_update(key_share=True))
    # On SQLite this takes the lock that the line above takes elsewhere.
    session.execute(update(CrossTable).filter_by(id=table_id).values(made_at=now))
    before = session.scalars(
        select(CrossTable).filter_by(wave_id=wave.id, state="shown").order_by(CrossTable.id)
    )
    others += asked_before(people, before, known)
    outcome = _outcome(people, made, others, spec, known)
    session.execute(update(CrossTable).filter_by(id=table_id).values(**outcome))


def _outcome(
    people: People,
    made: Shown,
    others: Sequence[Shown],
    spec: Spec,
    known: dict[str, Choice],
) -> dict[str, Any]:
    """What to store: the table, or why there is none."""
    chosen = [
        known[spec.rows],
        known[spec.columns],
        *(known[name] for name, _codes in spec.filters),
    ]
    usual, definition = Policy(), people.given.definition
    few = usual.smallest_side if any(each.strict for each in chosen) else usual.smallest_count
    limits = Limits(few, definition.smallest_base or usual.smallest_base)
    shape = (len(chosen[0].categories), len(chosen[1].categories))
    sizes = made.told @ made.sizes
    if sizes[-1] < limits.smallest_base:
        return {"state": "refused", "reason": FEW}
    strict = few == usual.smallest_side
    start = _unsafe(sizes, shape, limits, usual.low_base if strict else 0)
    try:
        hidden = beside(made, start, others, limits, lambda found: _with_rows(found, shape))
    except TooNearError:
        return {"state": "refused", "reason": NEAR}
    except TooFineError:
        return {"state": "refused", "reason": FINE}
    if hidden[-1] or hidden[: shape[0] * shape[1]].all():
        return {"state": "refused", "reason": FEW}
    rows, columns = (people.factor(each) for each in chosen[:2])
    held = inside(people, [(known[name], codes) for name, codes in spec.filters])
    content = content_of(
        two_way(people.sample, people.scheme, rows, columns, held),
        hidden,
        rounded_to=people.given.counts_rounded_to,
        smallest_base=limits.smallest_base,
        low_base=usual.low_base,
    )
    named = {
        "row_labels": [label for _code, label in chosen[0].categories],
        "column_labels": [label for _code, label in chosen[1].categories],
        "row_title": chosen[0].title,
        "column_title": chosen[1].title,
    }
    return {
        "state": "shown",
        "content": json.dumps(named | content),
        "hidden": json.dumps(hidden.astype(int).tolist()),
    }


def _unsafe(sizes: np.ndarray, shape: tuple[int, int], limits: Limits, guarded: int) -> BoolArray:
    """What is small in itself: counts of a few, rows of fewer than a figure needs.

    Of a sensitive question nobody's and everybody's answer tell too, in rows of under `guarded`.
    """
    high, wide = shape
    hidden = (sizes > 0) & (sizes < limits.few)
    rows = sizes[high * wide : high * (wide + 1)]
    hidden[high * wide : high * (wide + 1)] |= (rows > 0) & (rows < limits.smallest_base)
    cells, lines = sizes[: high * wide], rows.repeat(wide)
    hidden[: high * wide] |= (lines < guarded) & (lines > 0) & ((cells == 0) | (cells == lines))
    hidden[-1] = False
    return _with_rows(hidden, shape)


def _with_rows(hidden: BoolArray, shape: tuple[int, int]) -> BoolArray:
    """Where a row is hidden, so are its cells: a share of it would tell how many it has."""
    high, wide = shape
    made = hidden.copy()
    made[: high * wide] |= hidden[high * wide : high * (wide + 1)].repeat(wide)
    return made
