"""What is wanted of a maker of files, and what it gives back."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from engage.core.definition.model import Definition
from engage.core.export.about import About
from engage.waves.models import Wave
from engage.waves.published import definition_of


class NothingToMakeError(LookupError):
    """A file that cannot be made, because what it would hold is not there."""


class OldFiguresError(LookupError):
    """Figures that are missing, or older than the answers that are to stand beside them."""


Told = Callable[[str, int, int], None]
"""Told of a file how many of its rows are written, and how many it has."""


def untold(_file: str, _done: int, _rows: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a wave that somebody asked for.

    `request_id`, `purpose` and `delete_on` are what the full ones need. `scratch` gives an empty
    file to write a long one to, and `told` hears how far that is.
    """

    wave: Wave
    council: str
    now: datetime
    request_id: int | None = None
    purpose: str = ""
    delete_on: date | None = None
    scratch: Callable[[], BinaryIO] = io.BytesIO
    told: Told = untold

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
    """A file, ready to be stored; `run_id` is the run of figures that it holds.

    A long one is a file to be read from its beginning, which nobody holds in memory.
    """

    kind: str
    name: str
    media_type: str
    content: bytes | BinaryIO
    run_id: int | None = None
