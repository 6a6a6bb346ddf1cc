"""The few words that charts say by themselves, so that a public page can hand in its language."""

from collections.abc import Callable
from dataclasses import dataclass

from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart says beside the titles and labels that it is given."""

    hidden: str = "not shown, to keep people private"
    empty: str = "nobody answered"
    low: str = "few people answered"
    no_figure: str = "no figure"
    target: str = "Target"
    interval: str = "%(low)s to %(high)s"
    series_breaks: str = "Series breaks"
    bars: str = "Bar chart. The line at the end of each bar is the 95% interval."
    lines: str = "Line chart. The upright lines are 95% intervals."
    map: str = "Map. Darker wards with a denser pattern have higher figures."
    number: Callable[[str], str] = str
    """Writes a printed figure as the language does."""
    below: str = "%(low)s to under %(high)s"
    """A class of figures that ends where the next one begins; the last has `interval`."""

    def mark(self, mark: str) -> str:
        """What stands in place of a figure that is not there."""
        if HIDDEN in mark:
            return self.hidden
        return self.empty if EMPTY in mark else self.no_figure

    def cell(self, shown: str, mark: str) -> str:
        """A figure with what its mark says, for a description."""
        return f"{shown} ({self.low})" if LOW in mark else shown


ENGLISH = ChartWords()
