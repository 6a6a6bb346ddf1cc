"""Responses column by column: what the typed table is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engage.core.definition.codebook import pack
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers, reachable, ward_of


@dataclass(frozen=True, slots=True)
class Records:
    """Responses in the order of their ids, one entry a response in every column.

    `days` are dates or ISO text, `durations` seconds, `flags` signs with commas between
    (`engage.core.cleaning.signs`), `wards` official codes, `codes` what
    `engage.core.definition.codebook.pack` makes of the answers.
    """

    ids: Sequence[str]
    submissions: Sequence[str]
    days: Sequence[date | str]
    durations: Sequence[int | None]
    modes: Sequence[str]
    languages: Sequence[str]
    sources: Sequence[str | None]
    flags: Sequence[str]
    wards: Sequence[str | None]
    codes: Sequence[bytes]

    def __len__(self) -> int:
        """How many responses there are."""
        return len(self.ids)


def records_of(
    definition: Definition,
    answers: Sequence[Answers],
    *,
    day: date | str = "2000-01-01",
    durations: Sequence[int | None] | None = None,
    submissions: Sequence[str] | None = None,
    modes: Sequence[str] | None = None,
) -> Records:
    """Records of answers that are not stored: numbered, from the web, all of one day.

    Answers to questions that are not asked are dropped, as they are on submission.
    """
    kept = [reachable(definition, each) for each in answers]
    size = len(kept)
    ids = [f"{number:032x}" for number in range(size)]
    return Records(
        ids=ids,
        submissions=submissions or ids,
        days=[day] * size,
        durations=durations or [None] * size,
        modes=modes or ["web"] * size,
        languages=["en"] * size,
        sources=[None] * size,
        flags=[""] * size,
        wards=[ward_of(definition, each) for each in kept],
        codes=[pack(definition, each) for each in kept],
    )
