"""Margins for a survey from the residents on record: by age and sex, and by ward.

Only people who live here are weighted, and only by ages that the survey is open to, from 16:
children are on record from birth, and those who answer do not stand for those who cannot read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from engage.core.definition.model import Definition
from engage.core.statistics.bands import BandsDoNotNestError
from engage.core.statistics.factor import Factor, name_missing
from engage.core.statistics.margins import Margin, share_outside
from engage.core.statistics.merging import merge
from engage.core.statistics.people import UNKNOWN
from engage.core.statistics.residents import Draft, Residents, by_age, by_ward

NOBODY = "Nobody who lives here has answered yet."
NO_POPULATION = "No residents are on record, so everybody counts once."
NOT_WEIGHTED = "This survey is not weighted: everybody counts once."
NOTHING_FITS = "No margin fits, so everybody counts once."


@dataclass(frozen=True, slots=True)
class Borough:
    """The names of the wards by code, and the area group of each that is in one."""

    wards: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """The margins that can be used with these people, and each person's category in them.

    `reason` says why there is none, `refused` which would not fit, `merged` what is weighted
    together; all in words for people.
    """

    margins: tuple[Margin, ...] = ()
    labels: Mapping[str, Factor] = field(default_factory=dict)
    reason: str = ""
    refused: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


class _TooFewError(ValueError):
    """A margin of which one category would be left."""


def frame(
    definition: Definition, table: pd.DataFrame, rows: Sequence[Residents], borough: Borough
) -> Frame:
    """The margins for the people in `table`, a coded table of residents alone.

    Those whose age, sex or ward is not known, or not on record, become `unknown`, with their
    share of the residents. A margin that does not fit is refused by name, never interpolated.
    """
    if definition.population == "none":
        return Frame(reason=NOT_WEIGHTED)
    if definition.population == "female":
        rows = [row for row in rows if row.sex == "female"]
    if table.empty or not rows:
        return Frame(reason=NOBODY if table.empty else NO_POPULATION)
    margins: list[Margin] = []
    labels: dict[str, Factor] = {}
    refused: list[str] = []
    merged: list[str] = []
    for name, draft in _drafts(definition, table, rows, borough):
        try:
            margin, factor, told = _fitted(draft())
        except (BandsDoNotNestError, _TooFewError) as problem:
            refused.append(f"Not weighted by {name}: {problem}.")
            continue
        margins.append(margin)
        labels[margin.name] = factor
        merged += told
    reason = "" if margins else NOTHING_FITS
    return Frame(tuple(margins), labels, reason, tuple(refused), tuple(merged))


def _drafts(
    definition: Definition, table: pd.DataFrame, rows: Sequence[Residents], borough: Borough
) -> Iterator[tuple[str, Callable[[], Draft]]]:
    if definition.role("age"):
        yield "age", partial(by_age, definition, table, rows)
    if definition.role("area"):
        wards = partial(by_ward, names=borough.wards, groups=borough.groups)
        yield "ward", partial(wards, definition, table, rows)


def _fitted(draft: Draft) -> tuple[Margin, Factor, list[str]]:
    """The margin with thin categories merged, everybody's category in it, and what was merged."""
    categories, told = merge(draft.categories, draft.partners)
    if len(categories) < 2 or any(each.thin for each in categories):
        raise _TooFewError("too few people answered to tell its categories apart")
    lookup = np.full(len(draft.categories) + 1, -1, dtype=np.int64)
    for place, category in enumerate(categories):
        lookup[list(category.parts)] = place
    factor = Factor(draft.name, tuple(each.name for each in categories), lookup[draft.places])
    factor = name_missing(factor, UNKNOWN)
    margin = Margin(draft.name, {each.name: each.residents for each in categories})
    everybody = np.ones(len(factor.codes))
    return share_outside(margin, factor, everybody, {UNKNOWN}), factor, [*draft.told, *told]
