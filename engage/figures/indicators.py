"""The indicators of a questionnaire: the council's own file if there is one, else what ships."""

from functools import lru_cache
from pathlib import Path

from flask import has_app_context

from engage.config import ROOT
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator, IndicatorFile
from engage.extensions import site_settings

FOLDER = ROOT / "engage" / "definitions" / "indicators"


def indicator_file_of(questionnaire: str) -> IndicatorFile:
    """The indicators of a questionnaire with all that its file says; empty without a file.

    `DEFINITIONS_DIR/indicators/<questionnaire>.yaml` takes the place of the file that ships. It
    is read again when it has changed. Raises DefinitionError for a file with faults: figures are
    never made by halves, nor by another file than the council meant.
    """
    file = _file_of(questionnaire)
    return _read(file, file.stat().st_mtime_ns) if file else IndicatorFile(questionnaire, ())


def changed_at(questionnaire: str) -> int:
    """When the file of a questionnaire was last changed, in nanoseconds; 0 without a file."""
    file = _file_of(questionnaire)
    return file.stat().st_mtime_ns if file else 0


def indicators_of(questionnaire: str) -> tuple[Indicator, ...]:
    """The indicators of a questionnaire in the order of its file; none when it has no file."""
    return indicator_file_of(questionnaire).indicators


def _file_of(questionnaire: str) -> Path | None:
    own, name = _own_folder(), f"{questionnaire}.yaml"
    files = (folder / name for folder in (*([own] if own else []), FOLDER))
    return next((file for file in files if file.is_file()), None)


def _own_folder() -> Path | None:
    """The council's folder of indicators; none outside an application, as in a benchmark."""
    if not has_app_context():
        return None
    settings = site_settings()
    return settings.definitions_dir / "indicators" if settings.definitions_dir else None


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> IndicatorFile:
    """A file as it was when last changed, read once a process."""
    return load_indicators(file)
