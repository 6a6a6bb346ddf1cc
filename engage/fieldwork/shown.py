"""Waves as the pages show them: in words, with how many responses came in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.statistics.sampling import SampleType
from engage.core.words.tens import count
from engage.fieldwork.asked import BY_CODE, SAMPLES, Asked
from engage.responses.store import received
from engage.waves.catalogue import newest_file, survey_names
from engage.waves.faults import state_on
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.waves.store import slug_of

WORDS = {WaveState.DRAFT: "Prepared", WaveState.OPEN: "Open", WaveState.CLOSED: "Closed"}


@dataclass(frozen=True, slots=True)
class ShownWave:
    """A wave in words, with its survey's title, its responses, its address and who is asked.

    `for_anyone` is whether everybody with the link may answer. Of a survey for the invited,
    `received` is told in tens only, as of the codes that were used.
    """

    id: int
    name: str
    questionnaire: str
    title: str
    version: int
    state: str
    opens_on: date
    closes_on: date
    delete_on: date
    received: str
    address: str
    made_up: bool
    asked: Asked
    invited: bool
    is_prepared: bool
    is_open: bool
    is_closed: bool
    for_anyone: bool


def shown(session: Session, wave: Wave, today: date, public_url: str) -> ShownWave:
    """A wave as the pages show it today; `public_url` is where people reach the site."""
    state = state_on(wave, today)
    definition = definition_of(wave.definition)
    return ShownWave(
        id=wave.id,
        name=wave.name,
        questionnaire=wave.questionnaire,
        title=definition.title,
        version=wave.definition.version,
        state=WORDS[state],
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        delete_on=wave.delete_on,
        received=count(received(session, wave.id), invited=definition.invited),
        address=f"{public_url.rstrip('/')}/surveys/{_told(wave, definition)}",
        made_up=wave.made_up,
        asked=BY_CODE if definition.invited else SAMPLES[SampleType(wave.sample)],
        invited=definition.invited,
        is_prepared=state == WaveState.DRAFT,
        is_open=state == WaveState.OPEN,
        is_closed=state == WaveState.CLOSED,
        for_anyone=wave.sample == SampleType.OPEN_LINK and not definition.invited,
    )


def _told(wave: Wave, definition: Definition) -> str:
    """How an address names the survey: by the wave's number where its name would give it away."""
    return str(wave.id) if definition.sensitive else slug_of(wave.questionnaire)


def surveys(own: Path | None) -> list[tuple[str, str]]:
    """Every questionnaire with the title of its newest version, as choices of a form."""
    files = [newest_file(name, own) for name in survey_names(own)]
    return [(file.parent.name, _title(file, file.stat().st_mtime_ns)) for file in files]


@lru_cache(maxsize=64)
def _title(file: Path, _changed: int) -> str:
    """The title in a file, read again when the file has changed."""
    try:
        return load_definition(file).title
    except DefinitionError:
        return f"{file.parent.name} (its file has faults: run check-definitions)"
