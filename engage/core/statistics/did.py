"""Difference in differences: whether areas where something was done changed more than others.

The contrast (treated after - treated before) - (control after - control before) of four domain
means: the change between waves of the contrast treated less control, each wave's from joint
linearised values. Card and Krueger (1994) made it known; the figures are only as good as the
assumptions, so these travel with every result.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engage.core.statistics.factor import Factor

TREATED, CONTROL = "T", "C"


class AreasError(ValueError):
    """Treated and control areas that cannot be told apart; the message names them."""


class Check(StrEnum):
    """Whether the data at hand can speak to an assumption."""

    UNTESTABLE = "cannot be tested with two waves"
    BY_DESIGN = "must be known from how the work was done"
    LOWER_BOUND = "makes the printed error a lower bound"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What must hold for the figure to mean an effect, in plain words."""

    id: str
    words: str
    check: Check


ASSUMPTIONS = (
    Assumption(
        "parallel_trends",
        "Without the work, the treated areas would have changed as much as the control areas.",
        Check.UNTESTABLE,
    ),
    Assumption(
        "no_spillover",
        "The work in the treated areas did not reach the control areas, nor move problems there.",
        Check.BY_DESIGN,
    ),
    Assumption(
        "same_instrument",
        "Both waves asked the same words, in the same order and in the same way.",
        Check.BY_DESIGN,
    ),
    Assumption(
        "few_areas",
        "Areas differ by more than the chance of who answered. With few areas the error is larger "
        "than the one shown, which is about people and not areas.",
        Check.LOWER_BOUND,
    ),
)


def arms(areas: Factor, treated: frozenset[str], control: frozenset[str], name: str) -> Factor:
    """The factor of control and treated areas, called `name`; other areas are in neither.

    Raises AreasError for an area in both, an area that nobody lives in, or an empty set.
    """
    if not treated or not control:
        raise AreasError("Name at least one treated and one control area.")
    if both := sorted(treated & control):
        raise AreasError(f"{', '.join(both)} cannot be both treated and control. Choose one.")
    if unknown := sorted((treated | control) - set(areas.categories)):
        raise AreasError(
            f"Nobody in the data is in {', '.join(unknown)} of {areas.name}, which "
            f"has {', '.join(areas.categories)}. Correct the treated and control areas."
        )
    place = {label: 1 if label in treated else 0 for label in treated | control}
    lookup = np.array([*(place.get(label, -1) for label in areas.categories), -1], dtype=np.int64)
    return Factor(name, (CONTROL, TREATED), lookup[areas.codes])
