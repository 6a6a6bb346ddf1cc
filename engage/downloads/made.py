"""What is wanted of a maker of files, and what it gives back."""

from dataclasses import dataclass
from datetime import date, datetime

from engage.core.definition.model import Definition
from engage.core.export.about import About
from engage.waves.models import Wave
from engage.waves.published import definition_of


class NothingToMakeError(LookupError):
    """A file that cannot be made, because what it would hold is not there."""


class OldFiguresError(LookupError):
    """Figures that are missing, or older than the answers that are to stand beside them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a wave that somebody asked for; the last three are what the full ones need."""

    wave: Wave
    council: str
    now: datetime
    request_id: int | None = None
    purpose: str = ""
    delete_on: date | None = None

    @property
    def definition(self) -> Definition:
        """The version of the questionnaire that the wave asks."""
        return definition_of(self.wave.definition)

    def about(self, made_at: datetime, *, interim: bool) -> About:
        """The origin that the file carries."""
        definition = self.definition
        return About(
            council=self.council,
            title=definition.title,
            questionnaire=definition.id,
            version=definition.version,
            wave=self.wave.name,
            made_at=made_at,
            interim=interim,
            made_up=self.wave.made_up,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A file, ready to be stored; `run_id` is the run of figures that it holds."""

    kind: str
    name: str
    media_type: str
    content: bytes
    run_id: int | None = None
