"""Making a table in the worker: read, weigh, suppress beside all that was shown, store."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from engage.core.disclosure.beside import Limits, TooNearError, beside
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.reach import TooFineError
from engage.core.disclosure.shown import Shown
from engage.core.statistics.arrays import BoolArray
from engage.core.statistics.two_way import two_way
from engage.crosstabs.choices import Choice, choices
from engage.crosstabs.content import content_of
from engage.crosstabs.hiding import as_figures, unsafe, with_lines
from engage.crosstabs.known import (
    UncountableError,
    arms_shown,
    as_shown,
    asked_before,
    figures_shown,
)
from engage.crosstabs.models import CrossTable
from engage.crosstabs.people import People, inside, people_of
from engage.crosstabs.seen import compared, figures_seen, seen, tables_shown, told_otherwise
from engage.crosstabs.spec import Spec
from engage.crosstabs.states import states_of
from engage.figures.comparisons.waves import hold_others_off
from engage.figures.read import read
from engage.figures.store import StoredFigure, figures_of, newest_run
from engage.jobs.progress import tell
from engage.waves.models import Wave

STEPS = 5
FEW = "Too few people are in this table. Choose wider filters, or an area group instead of a ward."
NEAR = (
    "This filter leaves out, or adds, so few people that what they said could be worked out from "
    "what was shown before. Leave the filter out, or choose answers that many people gave."
)
COVERED = (
    "Beside what was shown before, every cell of this table would tell what a few people said. "
    "Choose questions that were not crossed before."
)
OLDER = (
    "The figures of this wave are of other answers than those used now. Make the figures anew, "
    "then ask again."
)
CHANGED = (
    "Answers came in or were deleted since tables of this wave were shown. A new table beside "
    "those would tell what the few said who came or went, so no more can be made of this wave."
)
PUBLISHED = (
    "Published results of this wave are of a few answers more or fewer than those used now. Beside "
    "them a table would tell what those few said, so none can be made of this wave."
)
OTHERWISE = (
    "Since tables of this wave were shown, the wards or the answers that they are made of were "
    "changed. They cannot be counted again beside a new table, so no more can be made."
)
FINE = (
    "This table is too fine to check beside those that were shown before. Choose area groups "
    "instead of wards, or leave a filter out."
)


def make(session: Session, table_id: int, now: datetime) -> None:
    """Make a table that waits, or say why it cannot be shown. The caller commits.

    Works on a connection of its own, so that nobody who answers waits. Where something else of the
    survey was shown meanwhile it is made again beside that too: of two tables asked for at once
    the second knows of the first. A table that is made already stays as it is.
    """
    bind = session.get_bind().engine
    while True:
        with (
            bind.connect().execution_options(read_only=True) as connection,
            Session(connection) as reading,
        ):
            asked = reading.get(CrossTable, table_id)
            if asked is None or asked.state != "waiting":
                return
            wave = reading.get_one(Wave, asked.wave_id)
            known, questionnaire, wave_id = seen(reading, wave.id), wave.questionnaire, wave.id
            outcome = _made(reading, wave, Spec.from_json(asked.spec))
        hold_others_off(session, questionnaire)
        if seen(session, wave_id) == known:
            break
        session.commit()  # let the lock go
    waits = update(CrossTable).filter_by(id=table_id, state="waiting")
    session.execute(waits.values(**outcome, made_at=now))


def _made(reading: Session, wave: Wave, spec: Spec) -> dict[str, Any]:
    """What to store of a table, beside all that was shown of its wave so far."""
    tell(1, STEPS)
    given = read(reading, wave, flags=False)
    tell(2, STEPS)
    run = newest_run(reading, wave.id)
    people = people_of(given)
    states = states_of(reading, wave.id, people)
    known = choices(
        given.definition, given.indicators, given.united, (given.areas.wards, given.areas.groups)
    )
    tell(3, STEPS)
    tables, arms = tables_shown(reading, wave.id), compared(reading, wave.id)
    of_whom = {each.people for each in tables} | {each.people or states.now for each in arms}
    if of_whom - states.members.keys():
        return {"state": "refused", "reason": CHANGED}
    if run is None or run.interim or run.flow.people != people.digest:
        return {"state": "refused", "reason": OLDER}
    if told_otherwise(reading, wave.id, run, states.members.keys()):
        return {"state": "refused", "reason": PUBLISHED}
    made = states.of(states.now, as_shown(states.crowd, spec, known))
    try:
        others = [*asked_before(states, tables, known)]
        linked = frozenset[str]().union(*(each.about for each in others))
        for digest, shown in figures_seen(reading, wave.id).items():
            if digest in states.members:
                figures = figures_shown(states.crowd, shown, known, made.about, linked)
                others += [states.of(digest, each) for each in figures]
        for each in arms:
            found = arms_shown(states.crowd, each, known, made.about)
            others += [states.of(each.people or states.now, one) for one in found]
    except UncountableError:
        return {"state": "refused", "reason": OTHERWISE}
    tell(4, STEPS)
    return _outcome(people, made, others, spec, known, figures=figures_of(reading, run.id))


def _outcome(
    people: People,
    made: Shown,
    others: Sequence[Shown],
    spec: Spec,
    known: dict[str, Choice],
    *,
    figures: Sequence[StoredFigure],
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

    def spread(found: BoolArray) -> BoolArray:
        return with_lines(found, shape, sizes, limits.smallest_base)

    start = unsafe(sizes, shape, limits, usual.low_base if strict else 0)
    start |= as_figures(figures, people.given.indicators, chosen[0], chosen[1])
    try:
        hidden = beside(made, spread(start), others, limits, spread)
    except TooNearError:
        return {"state": "refused", "reason": NEAR}
    except TooFineError:
        return {"state": "refused", "reason": FINE}
    if hidden[-1] or hidden[: shape[0] * shape[1]].all():
        told = start[: shape[0] * shape[1]].all()
        return {"state": "refused", "reason": FEW if told else COVERED}
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
        "row_codes": [code for code, _label in chosen[0].categories],
        "column_codes": [code for code, _label in chosen[1].categories],
        # Whoever moves a ward to another area group changes who was counted in those of today.
        "area_groups": dict(people.given.areas.group_of),
        "row_title": chosen[0].title,
        "column_title": chosen[1].title,
    }
    return {
        "state": "shown",
        "content": json.dumps(named | content),
        "hidden": json.dumps(hidden.astype(int).tolist()),
        "people": people.digest,
    }
