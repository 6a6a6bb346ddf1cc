"""What was shown of a wave already: its figures by every breakdown, and tables that were asked."""

import json
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engage.core.disclosure.shown import OUTSIDE, SKIPPED, Shown
from engage.core.indicators.answers import answers, points_of
from engage.core.indicators.model import Indicator, Key, Kind
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray
from engage.core.statistics.factor import Factor, overall
from engage.crosstabs.choices import Choice
from engage.crosstabs.models import CrossTable
from engage.crosstabs.people import Crowd, inside
from engage.crosstabs.seen import GROUPS, Compared
from engage.crosstabs.spec import Spec
from engage.crosstabs.states import States
from engage.figures.breakdowns import WARD
from engage.figures.words import OVERALL


def as_shown(people: Crowd, spec: Spec, known: Mapping[str, Choice]) -> Shown:
    """A table as if all of it were shown: its cells, rows, columns, and last everybody in it."""
    rows, columns = people.factor(known[spec.rows]), people.factor(known[spec.columns])
    high, wide = len(rows.categories), len(columns.categories)
    places = np.where(
        (rows.codes < 0) | (columns.codes < 0),
        SKIPPED,
        rows.codes.astype(np.int64) * wide + columns.codes,
    )
    if spec.filters:
        held = inside(people, [(known[name], codes) for name, codes in spec.filters])
        places = np.where(held > 0, places, OUTSIDE)
    return Shown(places, _about(spec, known), sums_of(high, wide), np.zeros((0, high * wide)))


def sums_of(high: int, wide: int) -> FloatArray:
    """Every sum that a table shows, over its cells: cells, rows, columns, everybody."""
    lines = np.kron(np.eye(high), np.ones((1, wide)))
    columns = np.tile(np.eye(wide), (1, high))
    return np.vstack([np.eye(high * wide), lines, columns, np.ones((1, high * wide))])


class UncountableError(ValueError):
    """A table that was shown cannot be counted again: its categories are others by now."""


def asked_before(
    states: States, tables: Iterable[CrossTable], known: Mapping[str, Choice]
) -> Iterator[Shown]:
    """The tables that were shown, of those who were used then; raises UncountableError.

    Where those are others than now, what a table would tell of those between is to be kept.
    """
    for table in tables:
        spec, content = Spec.from_json(table.spec), json.loads(table.content or "{}")
        named = {spec.rows, spec.columns, *(name for name, _codes in spec.filters)}
        if not (named <= set(known) and _offered(spec, known)):
            raise UncountableError(f"Table {table.id} has other categories now.")
        sides = {name: _as_then(known[name], content, side) for name, side in _sides(spec)}
        groups = content.get("area_groups", states.crowd.given.areas.group_of)
        if GROUPS in named and groups != states.crowd.given.areas.group_of:
            raise UncountableError(f"Table {table.id} has other area groups now.")
        hidden = np.array(json.loads(table.hidden or "[]"), dtype=bool)
        counted = as_shown(states.crowd, spec, {**known, **sides})
        yield states.of(table.people, counted.without(hidden))
        if table.people != states.now:
            yield states.between(table.people, counted)


def _sides(spec: Spec) -> tuple[tuple[str, str], ...]:
    return (spec.rows, "row"), (spec.columns, "column")


def _as_then(choice: Choice, content: Mapping[str, Any], side: str) -> Choice:
    """A side of a table with the categories it had, in their order; their names may change.

    Tables of before codes were kept have labels alone.
    """
    if f"{side}_codes" not in content:
        if [label for _code, label in choice.categories] != content[f"{side}_labels"]:
            raise UncountableError(f"{choice.title} has other categories now.")
        return choice
    codes = content[f"{side}_codes"]
    if {*codes} != dict(choice.categories).keys():
        raise UncountableError(f"{choice.title} has other categories now.")
    return replace(choice, categories=tuple((code, choice.label(code)) for code in codes))


def _offered(spec: Spec, known: Mapping[str, Choice]) -> bool:
    """Whether the answers of its filters are all offered still."""
    return all({*codes} <= dict(known[name].categories).keys() for name, codes in spec.filters)


def figures_shown(
    crowd: Crowd,
    shown: AbstractSet[Key],
    known: Mapping[str, Choice],
    about: frozenset[str],
    linked: frozenset[str] = frozenset(),
) -> Iterator[Shown]:
    """The figures that have to do with these variables, and who is in which group.

    `shown` are those that people have seen. Of what one question asks, all breakdowns have to do
    with a table of it; of a table's breakdown, those figures whose questions are in `linked`, what
    tables cross that were shown. Raises UncountableError where a figure was of a group that is not
    there any more.
    """
    factors = {OVERALL: overall(len(crowd.table))} | crowd.groups
    told = {(breakdown, group) for _indicator, breakdown, group in shown}
    if any(name in factors and group not in factors[name].categories for name, group in told):
        raise UncountableError("A figure was shown of a group that is not there any more.")
    owns = {
        name: known[f"b:{name}"].about if f"b:{name}" in known else frozenset[str]()
        for name in factors
    }
    for name, factor in factors.items():
        there = np.array([(name, code) in told for code in factor.categories], dtype=bool)
        groups = np.eye(len(factor.categories))
        places = np.where(factor.codes < 0, SKIPPED, factor.codes).astype(np.int64)
        yield Shown(places, owns[name], groups[there], groups[~there])
    for indicator in crowd.given.indicators:
        asked = frozenset(indicator.variables)
        met = [
            name
            for name in factors
            if asked & about
            or (owns[name] & about and asked & linked)
            or len(owns[name] & about) > 1
        ]
        if not met or (said := _said(crowd, indicator)) is None:
            continue
        for name in met:
            codes = factors[name].categories
            seen = np.array([(indicator.id, name, code) in shown for code in codes], dtype=bool)
            if seen.any() or (owns[name] | asked) <= about:
                yield _figure(said, factors[name], seen, owns[name] | asked)


def arms_shown(
    crowd: Crowd, compared: Compared, known: Mapping[str, Choice], about: frozenset[str]
) -> Iterator[Shown]:
    """Both arms of a comparison of wards, and the figures that it showed of them."""
    if WARD not in crowd.groups or not compared.told:
        return
    wards, own = crowd.groups[WARD], known[f"b:{WARD}"].about
    arms = compared.treated, compared.control
    arm = [next((at for at, a in enumerate(arms) if each in a), -1) for each in wards.categories]
    factor = Factor("arms", ("treated", "control"), np.array([*arm, -1])[wards.codes])
    places = np.where(factor.codes < 0, SKIPPED, factor.codes).astype(np.int64)
    yield Shown(places, own, np.eye(2), np.zeros((0, 2)))
    for indicator in crowd.given.indicators:
        asked = own | frozenset(indicator.variables)
        said = _said(crowd, indicator) if indicator.id in compared.told and asked & about else None
        if said:
            yield _figure(said, factor, np.array([True, True]), asked)


@dataclass(frozen=True, slots=True)
class _Said:
    """What everybody counts as for an indicator, and how many points each category is."""

    factor: Factor
    points: FloatArray


def _said(crowd: Crowd, indicator: Indicator) -> _Said | None:
    if indicator.kind.is_share:
        return _Said(crowd.share(indicator), np.array([0.0, 1.0]))
    if indicator.kind is not Kind.MEAN:
        return None
    (factor,) = answers(crowd.table, [indicator])
    worth = points_of(indicator)
    return _Said(factor, np.array([worth.get(code, np.nan) for code in factor.categories]))


def _figure(said: _Said, groups: Factor, shown: BoolArray, about: frozenset[str]) -> Shown:
    """One figure by the groups of a breakdown: how many were counted, and what they add up to."""
    factor, points = said.factor, said.points
    wide, high = len(points), len(groups.categories)
    outside = np.append(np.isnan(points), True)[factor.codes] | (groups.codes < 0)
    places: IntArray = np.where(
        outside, SKIPPED, groups.codes.astype(np.int64) * wide + factor.codes
    )
    people_in = np.kron(np.eye(high), np.ones((1, wide)))
    sums = np.kron(np.eye(high), np.nan_to_num(points)[None, :])
    told = np.vstack([people_in[shown], sums[shown]])
    kept = np.vstack([people_in[~shown], sums[~shown]])
    return Shown(places, about, told, kept)


def _about(spec: Spec, known: Mapping[str, Choice]) -> frozenset[str]:
    named = [spec.rows, spec.columns, *(name for name, _codes in spec.filters)]
    return frozenset().union(*(known[name].about for name in named))
