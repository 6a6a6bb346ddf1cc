"""The indicators of a questionnaire: the file that ships, read once a process."""

from functools import cache

from engage.config import ROOT
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator

FOLDER = ROOT / "engage" / "definitions" / "indicators"


@cache
def indicators_of(questionnaire: str) -> tuple[Indicator, ...]:
    """The indicators of a questionnaire in the order of its file; none when it has no file."""
    file = FOLDER / f"{questionnaire}.yaml"
    return load_indicators(file).indicators if file.is_file() else ()
