"""Why a comparison has no number, in a word and in a sentence. Read by pages, so without numpy."""

import math
from enum import StrEnum

from engage.core.statistics.estimate import Estimate


class Reason(StrEnum):
    """Why a figure is not compared with the one before, or not held to a target."""

    HIDDEN = "hidden"
    NOBODY = "nobody"
    ONE = "one"
    ALIKE = "alike"
    NEW = "new"
    BROKEN = "broken"
    WEIGHTING = "weighting"
    GONE = "gone"


PRIVATE = "Not shown, to keep the people who answered private."

NO_CHANGE = {
    Reason.HIDDEN: PRIVATE,
    Reason.NOBODY: "In at least one of the two waves nobody answered.",
    Reason.ONE: "In one of the two waves only one person answered.",
    Reason.ALIKE: "In one of the two waves all answers were alike, which is too little to compare.",
    Reason.NEW: "The wave before has no such figure.",
    Reason.BROKEN: "The two waves did not ask the same.",
    Reason.WEIGHTING: "The answers of the two waves were not weighted in the same way.",
}
NO_VERDICT = {
    Reason.HIDDEN: PRIVATE,
    Reason.NOBODY: "Nobody answered.",
    Reason.ONE: "Only one person answered.",
    Reason.GONE: "There is no such figure.",
}


def withheld(figure: Estimate) -> Reason | None:
    """Why a figure of a suppressed table can be compared with nothing; None where it can."""
    if figure.hidden:
        return Reason.HIDDEN
    if figure.empty:
        return Reason.NOBODY
    return Reason.ONE if math.isnan(figure.standard_error) else None
