"""All that a wave's figures are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from engage.core.definition.model import Definition
from engage.core.indicators.model import Headline, Indicator, United
from engage.core.statistics.population import Borough
from engage.core.statistics.residents import Residents
from engage.figures.breakdowns import Areas


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the figures of a wave are made from.

    `table` is coded and not yet cleaned; its column `@gibberish`, if it has one, marks who wrote
    no words. `indicators` are as this version of the questionnaire asks them. Without `opens_on`
    nothing came too early. Numbers of people in the tables are multiples of `counts_rounded_to`.
    """

    wave: str
    definition: Definition
    table: pd.DataFrame
    indicators: Sequence[Indicator]
    population: Sequence[Residents]
    areas: Areas
    headlines: Sequence[Headline] = ()
    united: Sequence[United] = ()
    opens_on: date | None = None
    counts_rounded_to: int = 1

    @property
    def borough(self) -> Borough:
        """The wards' names, and the area group of each."""
        return Borough(self.areas.wards, self.areas.group_of)
