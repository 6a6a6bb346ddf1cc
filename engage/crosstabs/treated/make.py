"""Making a comparison of treated wards with others, in the worker: what may be shown of it."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engage.core.indicators.compare import AREAS, compare
from engage.core.indicators.family import adjust
from engage.core.indicators.model import Areas, Comparisons, Indicator
from engage.core.indicators.series import broken
from engage.core.statistics.did import CONTROL, TREATED
from engage.core.statistics.estimate import Estimate
from engage.crosstabs.seen import of_whom, seen, told_otherwise
from engage.crosstabs.treated.arms import Home, counted, home_of, shown, weighed_arms
from engage.crosstabs.treated.models import TreatedComparison
from engage.crosstabs.treated.singled import fewest, singled_out
from engage.figures.comparisons.waves import hold_others_off
from engage.figures.read import read
from engage.figures.store import newest_run
from engage.figures.used import digest_of
from engage.jobs.progress import tell
from engage.waves.models import Wave

STEPS = 5
HIDDEN = "hidden"
BREAK = "break"
CHANGED = (
    "Since tables or comparisons were shown, which answers are used has changed. A new comparison "
    "beside those would tell what the few said who came or went, so no more can be made of"
)
OLDER = (
    "The figures of this wave are not final, or are of other answers than those used now. Make the "
    "figures anew, then compare other wards or again with one ward more. It is the wave"
)
PUBLISHED = (
    "Published results are of a few answers more or fewer than those used now. Beside them a "
    "comparison would tell what those few said, so none can be made of"
)


def make(session: Session, comparison_id: int, now: datetime) -> None:
    """Work out one comparison and store what may be shown of it, or why there is nothing.

    Reads on a connection of its own, so that nobody who answers waits. Where something else
    of either wave was shown meanwhile it is worked out again, beside that too.
    """
    while True:
        with (
            session.get_bind().engine.connect().execution_options(read_only=True) as connection,
            Session(connection) as reading,
        ):
            found = reading.get(TreatedComparison, comparison_id)
            if found is None or found.result is not None:
                return
            waves, questionnaire = (found.before_id, found.after_id), found.questionnaire
            known = [seen(reading, each) for each in waves]
            result = _made_of(reading, found)
        hold_others_off(session, questionnaire)
        if [seen(session, each) for each in waves] == known:
            break
        session.commit()  # let the lock go
    row = session.get_one(TreatedComparison, comparison_id)
    row.result, row.made_at = json.dumps(result, sort_keys=True, allow_nan=False), now


def _made_of(reading: Session, row: TreatedComparison) -> dict[str, Any]:
    """What may be shown of a comparison, or why nothing may."""
    treated, control = (frozenset(json.loads(each)) for each in (row.treated, row.control))
    homes = []
    for step, wave_id in enumerate((row.before_id, row.after_id), start=1):
        homes.append(home_of(read(reading, reading.get_one(Wave, wave_id), flags=False)))
        tell(step, STEPS)
    before, after = homes
    if before is None or after is None:
        return {"refused": "One of the waves did not ask for the ward."}
    if said := _too_few((before, after), treated, control):
        return {"refused": said}
    for wave_id, home in zip((row.before_id, row.after_id), (before, after), strict=True):
        if said := _of_others(reading, wave_id, digest_of(home.table)):
            return {"refused": f"{said} {home.given.wave}."}
    return _result(reading, row, before, after)


def _of_others(reading: Session, wave_id: int, people: str) -> str:
    """Why something that was shown of other people stands against it, up to the wave's name."""
    if of_whom(reading, wave_id) - {"", people}:
        return CHANGED
    run = newest_run(reading, wave_id)
    if run is None or run.interim or run.flow.people != people:
        return OLDER
    # Partners read comparisons, and of figures those that are published.
    return PUBLISHED if told_otherwise(reading, wave_id, run, {people}, full=True) else ""


def _too_few(homes: Sequence[Home], *arms: frozenset[str]) -> str:
    """Why nothing at all can be shown; empty where enough people are on either side."""
    for home in homes:
        for arm in arms:
            if sum(home.people.get(ward, 0) for ward in arm) < fewest(home):
                return (
                    f"Fewer than {fewest(home)} people of one side answered in "
                    f"{home.given.wave}. Take more wards."
                )
    return ""


def _result(reading: Session, row: TreatedComparison, before: Home, after: Home) -> dict[str, Any]:
    """The figures of both arms in both waves, and how differently the arms changed."""
    homes = before, after
    treated, control = (frozenset(json.loads(each)) for each in (row.treated, row.control))
    weighed = [weighed_arms(home, treated, control) for home in homes]
    estimators = {each.weighting.estimator for each in weighed}
    estimator = estimators.pop() if len(estimators) == 1 else "unweighted"
    pairs = [*_pairs(before, after)]
    kept = [pair for pair in pairs if not _breaks(pair[1], homes)]
    waves = [
        counted(home, each, [pair[at] for pair in kept])
        for at, (home, each) in enumerate(zip(homes, weighed, strict=True))
    ]
    tell(3, STEPS)
    areas = Areas(AREAS, treated, control)
    made = compare(
        *waves, breakdowns=[], comparisons=Comparisons(areas=areas), estimators=[estimator]
    )
    tested = [each for each in adjust(made) if each.comparison.kind == "did"]
    tell(4, STEPS)
    both, covered = [], set[str]()
    for wave_id, home, people, wave in zip(
        (row.before_id, row.after_id), homes, weighed, waves, strict=True
    ):
        figures, bases = shown(home, people, wave, estimator)
        both.append(figures)
        covered |= singled_out(reading, row, wave_id, home, bases)
    rows: list[dict[str, Any]] = []
    for each in tested:
        name, gap = each.comparison.indicator, each.comparison.difference
        cells = [found[name, arm] for arm in (TREATED, CONTROL) for found in both]
        if name in covered or any(cell.hidden or cell.empty for cell in cells):
            rows.append({"indicator": name, "reason": HIDDEN})
            continue
        numbers = {"value": gap.value, "lower": gap.lower, "upper": gap.upper}
        numbers["p_adjusted"] = each.p_adjusted
        rows.append(
            {"indicator": name, "reason": "", "cells": [*map(_cell, cells)]}
            | {key: _stored(value) for key, value in numbers.items()}
        )
    rows += [{"indicator": pair[1].id, "reason": BREAK} for pair in pairs if pair not in kept]
    ids = str(row.before_id), str(row.after_id)
    told = dict(zip(ids, (digest_of(home.table) for home in homes), strict=True))
    return {"estimator": estimator, "tests": len(tested), "rows": rows, "people": told}


def _pairs(before: Home, after: Home) -> Iterator[tuple[Indicator, Indicator]]:
    """The indicators that both waves have, as each asks them."""
    earlier = {each.id: each for each in before.given.indicators}
    for each in after.given.indicators:
        if each.id in earlier:
            yield earlier[each.id], each


def _breaks(indicator: Indicator, homes: tuple[Home, Home]) -> bool:
    return bool(broken(indicator, homes[0].given.definition, homes[1].given.definition))


def _cell(estimate: Estimate) -> dict[str, float | int | str | None]:
    """What is stored of a figure that may be shown."""
    return {
        "value": _stored(estimate.value),
        "lower": _stored(estimate.lower),
        "upper": _stored(estimate.upper),
        "base": estimate.base,
        "effective_base": _stored(estimate.effective_base),
        "flag": estimate.flag,
    }


def _stored(value: float) -> float | None:
    return None if math.isnan(value) else value
