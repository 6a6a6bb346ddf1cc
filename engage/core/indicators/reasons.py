"""Why a comparison has no number, in a word and in a sentence. Read by pages, so without numpy."""

from enum import StrEnum


class Reason(StrEnum):
    """Why two figures, or a figure and a target, are not compared."""

    HIDDEN = "hidden"
    NOBODY = "nobody"
    ONE = "one"
    NEW = "new"
    WEIGHTING = "weighting"
    BROKEN = "broken"
    GONE = "gone"

    @property
    def says(self) -> str:
        """The reason as a sentence; of a broken series each break has its own."""
        return SAYS[self]


SAYS = {
    Reason.HIDDEN: "Not shown, to keep the people who answered private.",
    Reason.NOBODY: "Nobody answered.",
    Reason.ONE: "One person answered.",
    Reason.NEW: "There is no such figure in the wave before.",
    Reason.WEIGHTING: "The two waves were not weighted in the same way.",
    Reason.BROKEN: "The question was not the same.",
    Reason.GONE: "This wave has no such figure.",
}
