"""What a survey has that a target can be set for."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.core.indicators.model import Indicator


@dataclass(frozen=True, slots=True)
class Known:
    """The indicators of a questionnaire by id, and the groups of each breakdown by code."""

    indicators: Mapping[str, Indicator]
    groups: Mapping[str, Mapping[str, str]]
