"""Comparisons of the last two waves of microdata: what is asked for, and the tables it makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from engage.core.indicators.compare import AREAS, OVERALL, Comparison, Wave, compare
from engage.core.indicators.family import adjust
from engage.core.indicators.model import Areas, Comparisons, IndicatorFile
from engage.core.statistics.did import AreasError, arms
from engage.core.statistics.estimate import HIDDEN
from engage.core.statistics.factor import Factor, factor_of
from engage.core.statistics.overlap import Links, RepeatedRespondentError, link
from engage.microdata.faults import InputError
from engage.microdata.targets import with_targets

COLUMNS = (
    *("type", "estimator", "indicator", "group_by", "group", "target", "estimate", "se", "z"),
    *("p_z", "df", "p_t", "low", "high", "n1", "n2", "se_independent"),
)
TEST_COLUMNS = (
    *("type", "estimator", "indicator", "group_by", "group", "family", "tests", "p_t"),
    *("adjustment", "p_adjusted", "verdict", "smallest_detectable"),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is asked of the comparisons, over and above what the indicator file says.

    `treated` and `control` are values of the column `areas`; `panel` is the column that names a
    respondent in every wave, None for waves that share nobody.
    """

    targets: Path | None = None
    areas: str = "ward"
    treated: Sequence[str] = ()
    control: Sequence[str] = ()
    panel: str | None = None


def asked(file: IndicatorFile, changes: Changes) -> IndicatorFile:
    """The indicator file with the targets and areas that were asked for; raises InputError."""
    comparisons = file.comparisons
    if changes.treated or changes.control:
        areas = Areas(changes.areas, frozenset(changes.treated), frozenset(changes.control))
        comparisons = replace(comparisons, areas=areas)
    indicators = with_targets(file.indicators, changes.targets)
    return replace(file, indicators=indicators, comparisons=comparisons)


def columns_needed(comparisons: Comparisons) -> list[str]:
    """The breakdowns that comparisons need, over and above those of the table."""
    areas = [comparisons.areas.breakdown] if comparisons.areas else []
    return list(dict.fromkeys([*(pair.breakdown for pair in comparisons.groups), *areas]))


def area_factor(table: pd.DataFrame, comparisons: Comparisons) -> list[Factor]:
    """The breakdown of treated and control areas, if there are any; raises InputError."""
    areas = comparisons.areas
    if areas is None:
        return []
    if areas.breakdown not in table.columns:
        raise InputError(
            f"The microdata have no column {areas.breakdown!r} with the treated and control "
            "areas. Name another, or leave the areas out of the comparisons."
        )
    try:
        factor = factor_of(areas.breakdown, table[areas.breakdown])
        return [arms(factor, areas.treated, areas.control, AREAS)]
    except AreasError as error:
        raise InputError(str(error)) from error


def linked(before: pd.DataFrame, after: pd.DataFrame, panel: str | None) -> Links | None:
    """The respondents of both waves by the column `panel`; raises InputError."""
    if panel is None:
        return None
    if panel not in before.columns:
        raise InputError(f"The microdata have no column {panel!r} to know respondents by.")
    try:
        return link(*(table[panel].astype(object).fillna("").tolist() for table in (before, after)))
    except RepeatedRespondentError as error:
        raise InputError(f"In the column {panel}: {error}") from error


def compared(
    waves: Sequence[Wave],
    breakdowns: Sequence[str],
    file: IndicatorFile,
    estimators: Sequence[str],
    links: Links | None,
) -> list[Comparison]:
    """Every comparison of the last two waves; raises InputError."""
    if len(waves) < 2:
        raise InputError("Comparisons need two waves, and the microdata have one.")
    before, after = waves[-2:]
    groups = {each.name: each.categories for each in before.counted.sample.groups}
    for pair in file.comparisons.groups:
        for name in (pair.first, pair.second):
            if name not in groups[pair.breakdown]:
                raise InputError(
                    f"Nobody in the microdata is {name!r} of {pair.breakdown}, which has "
                    f"{', '.join(groups[pair.breakdown])}. Correct the comparisons."
                )
    return compare(
        before,
        after,
        breakdowns=list(dict.fromkeys([OVERALL, *breakdowns])),
        comparisons=file.comparisons,
        estimators=estimators,
        links=links,
    )


def usable(comparisons: Sequence[Comparison]) -> tuple[list[Comparison], list[str]]:
    """Those between figures of two people or more, and a note on what is left out or untested."""
    kept = [each for each in comparisons if each.fewest > 1]
    notes = []
    if len(kept) < len(comparisons):
        gone = sorted({_named(each) for each in comparisons if each.fewest < 2})
        notes.append(
            f"Left out, because fewer than two people answered on one side: {_some(gone)}."
        )
    if untested := sorted({_named(each) for each in kept if not each.difference.tested}):
        notes.append(
            "Without a test, because everybody on either side answered alike or an item has no "
            f"answers: {_some(untested)}."
        )
    return kept, notes


def safe(
    comparisons: Sequence[Comparison], shown: pd.DataFrame, areas: Areas | None
) -> tuple[list[Comparison], list[str]]:
    """Those of which the suppressed table shows every figure, and a note on how many it hides."""
    visible = shown[~shown["flag"].astype(str).str.contains(HIDDEN, regex=False)]
    keys = ["indicator", "wave", "breakdown", "group"]
    open_to_all = set(visible[keys].astype(str).itertuples(index=False, name=None))
    parts = sorted(areas.treated | areas.control) if areas else []

    def may_be_shown(each: Comparison) -> bool:
        figures = list(each.made_of)
        if areas and each.breakdown == AREAS:
            # The arms with all of their wards but one would give that one away.
            figures += [(wave, areas.breakdown, part) for wave, _a, _g in figures for part in parts]
        return all((each.indicator, *figure) in open_to_all for figure in figures)

    kept = [each for each in comparisons if may_be_shown(each)]
    gone = len(comparisons) - len(kept)
    return kept, [f"{gone:,} comparisons are left out, to keep people private."] if gone else []


def change_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """A row a comparison; absent values are missing."""
    rows = []
    for each in comparisons:
        d = each.difference
        named = each.breakdown.removeprefix("@")
        rows.append(
            (
                *(each.kind, each.estimator, each.indicator, named, each.group, each.target),
                *(d.value, d.standard_error, d.z, d.p_z, d.degrees, d.p_t, d.lower, d.upper),
                *(d.base_first, d.base_second, d.independent_error),
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """The same comparisons with their families, adjusted p-values, verdicts and reach."""
    rows = [
        (
            *(each.kind, each.estimator, each.indicator, each.breakdown.removeprefix("@")),
            *(each.group, tested.family, tested.tests, each.difference.p_t),
            *(tested.adjustment.value, tested.p_adjusted, each.verdict and each.verdict.value),
            each.detectable,
        )
        for tested in adjust(comparisons)
        for each in (tested.comparison,)
    ]
    return pd.DataFrame(rows, columns=list(TEST_COLUMNS))


def _named(each: Comparison) -> str:
    return f"{each.kind} of {each.indicator} for {each.breakdown.removeprefix('@')} {each.group}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 12:,} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more
