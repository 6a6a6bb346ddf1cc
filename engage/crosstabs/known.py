"""What was shown of a wave already: its figures by every breakdown, and tables that were asked."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from engage.core.disclosure.shown import OUTSIDE, SKIPPED, Shown
from engage.core.indicators.answers import answers, points_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray
from engage.core.statistics.factor import Factor, overall
from engage.crosstabs.choices import Choice
from engage.crosstabs.models import CrossTable
from engage.crosstabs.people import People, inside
from engage.crosstabs.spec import Spec
from engage.figures.breakdowns import WARD
from engage.figures.store import StoredFigure
from engage.figures.words import OVERALL


def as_shown(people: People, spec: Spec, known: Mapping[str, Choice]) -> Shown:
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
    people: People, tables: Iterable[CrossTable], known: Mapping[str, Choice]
) -> Iterator[Shown]:
    """The tables that were shown, of those who are used now; raises UncountableError."""
    for table in tables:
        spec, content = Spec.from_json(table.spec), json.loads(table.content or "{}")
        named = {spec.rows, spec.columns, *(name for name, _codes in spec.filters)}
        sides = ((spec.rows, "row_labels"), (spec.columns, "column_labels"))
        if not (named <= set(known) and _offered(spec, known)) or any(
            [label for _code, label in known[name].categories] != content[labels]
            for name, labels in sides
        ):
            raise UncountableError(f"Table {table.id} has other categories now.")
        hidden = np.array(json.loads(table.hidden or "[]"), dtype=bool)
        yield as_shown(people, spec, known).without(hidden)


def _offered(spec: Spec, known: Mapping[str, Choice]) -> bool:
    """Whether the answers of its filters are all offered still."""
    return all({*codes} <= dict(known[name].categories).keys() for name, codes in spec.filters)


def figures_shown(
    people: People,
    figures: Sequence[StoredFigure],
    known: Mapping[str, Choice],
    about: frozenset[str],
) -> Iterator[Shown]:
    """The stored figures that have to do with these variables, and who is in which group."""
    hidden = {
        (each.indicator, each.breakdown, each.group): each.estimate.hidden for each in figures
    }
    everybody = overall(len(people.table))
    factors = {OVERALL: everybody} | people.groups
    for name, factor in factors.items():
        own = known[f"b:{name}"].about if f"b:{name}" in known else frozenset[str]()
        told = np.array(
            [
                any(not hidden.get((each.id, name, code), True) for each in people.given.indicators)
                for code in factor.categories
            ],
            dtype=bool,
        )
        groups = np.eye(len(factor.categories))
        places = np.where(factor.codes < 0, SKIPPED, factor.codes).astype(np.int64)
        yield Shown(places, own, groups[told], groups[~told])
        for indicator in people.given.indicators:
            both = own | frozenset(indicator.variables)
            if _meets(both, about):
                shown = [
                    not hidden.get((indicator.id, name, code), True) for code in factor.categories
                ]
                made = _figure(people, indicator, factor, np.array(shown, dtype=bool), both)
                if made is not None:
                    yield made


def arms_shown(
    people: People,
    comparisons: Iterable[tuple[frozenset[str], frozenset[str], set[str]]],
    known: Mapping[str, Choice],
    about: frozenset[str],
) -> Iterator[Shown]:
    """Both arms of every comparison of wards, and the figures that it showed of them."""
    if WARD not in people.groups:
        return
    wards, own = people.groups[WARD], known[f"b:{WARD}"].about
    for treated, control, told in comparisons:
        arm = [0 if each in treated else 1 if each in control else -1 for each in wards.categories]
        factor = Factor("arms", ("treated", "control"), np.array([*arm, -1])[wards.codes])
        both = np.array([True, True])
        if told:
            places = np.where(factor.codes < 0, SKIPPED, factor.codes).astype(np.int64)
            yield Shown(places, own, np.eye(2), np.zeros((0, 2)))
        for indicator in people.given.indicators:
            asked = own | frozenset(indicator.variables)
            if indicator.id in told and _meets(asked, about):
                made = _figure(people, indicator, factor, both, asked)
                if made is not None:
                    yield made


def _meets(both: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a figure about the one can tell something of a table about the other."""
    return both <= about or both >= about or len(both & about) > 1


def _figure(
    people: People, indicator: Indicator, groups: Factor, shown: BoolArray, about: frozenset[str]
) -> Shown | None:
    """One figure by the groups of a breakdown: how many were counted, and what they add up to."""
    if indicator.kind.is_share:
        factor, points = people.share(indicator), np.array([0.0, 1.0])
    elif indicator.kind is Kind.MEAN:
        (factor,) = answers(people.table, [indicator])
        worth = points_of(indicator)
        points = np.array([worth.get(code, np.nan) for code in factor.categories])
    else:
        return None
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
