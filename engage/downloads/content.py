"""What the files of a run's figures are made from: all of it stored, and suppressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engage.core.indicators.model import Indicator, Key
from engage.core.statistics.estimate import Estimate
from engage.figures.store import StoredFigure, StoredRun
from engage.figures.told import Told, among
from engage.figures.words import breakdown_titles


@dataclass(frozen=True)
class Content:
    """A run's figures with all that goes with them, and the indicators as its version asks them."""

    told: Told
    indicators: tuple[Indicator, ...]

    @property
    def run(self) -> StoredRun:
        """The run."""
        return self.told.run

    @property
    def figures(self) -> tuple[StoredFigure, ...]:
        """Every figure, in the order of the table."""
        return tuple(self.told.figures.values())

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """The indicators by their id."""
        return {each.id: each for each in self.indicators}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What the breakdowns are called, in the order of the figures."""
        present = [key[1] for key in (*self.told.figures, *self.told.verdicts)]
        return breakdown_titles(self.told.definition, dict.fromkeys(present))

    def name(self, indicator: str) -> str:
        """What an indicator is called; its id if it is on no file any more."""
        found = self.by_id.get(indicator)
        return found.name if found else indicator

    def estimate(self, key: Key) -> Estimate | None:
        """A figure of this run."""
        figure = self.told.figures.get(key)
        return figure.estimate if figure else None

    @property
    def among(self) -> str:
        """Of whom a change is; empty for random samples, and without a wave before."""
        return among(self.told)
