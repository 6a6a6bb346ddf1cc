"""Names of boroughs and measures as they are compared, and the spellings that a file has of them.

Two spellings are of one borough when nothing is left to tell them apart without case, accents,
punctuation, the words `and` and `upon`, and forms of address such as `London Borough of`. So no
list of official names is needed, and a borough that was founded yesterday is known as well.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.areas.text import fold

STYLE = "(?:(?:london|royal|metropolitan) )*(?:borough|city|district|county)"
OFFICES = re.compile(f"^(?:the )?{STYLE} of | (?:{STYLE} )?(?:council|corporation)$")
SMALL_WORDS = {"and", "upon"}


def borough_key(name: str) -> str:
    """What is left of the name of a borough, or of its council, when spellings are compared."""
    bare = OFFICES.sub("", fold(name))
    return " ".join(word for word in bare.split() if word not in SMALL_WORDS)


def code_of(*names: str) -> str:
    """A code made of names as they are compared: `pas_good_job_local`."""
    return "_".join(fold(" ".join(names)).split())


@dataclass(frozen=True, slots=True)
class Respelt:
    """A spelling that was read as another one, in how many rows."""

    found: str
    taken: str
    rows: int


class Spellings:
    """Gathers how a file spells each thing; the spelling that most rows have becomes its name."""

    def __init__(self) -> None:
        """Start with none."""
        self._seen: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def note(self, key: str, spelling: str) -> None:
        """Count one row."""
        self._seen[key][spelling] += 1

    def names(self) -> Mapping[str, str]:
        """The name of each thing by its key; of spellings in as many rows, the first."""
        return {key: counts.most_common(1)[0][0] for key, counts in self._seen.items()}

    def respelt(self) -> list[Respelt]:
        """The spellings that were read as another one."""
        return [
            Respelt(spelling, name, rows)
            for key, name in self.names().items()
            for spelling, rows in self._seen[key].items()
            if spelling != name
        ]


def own_borough(keys: Iterable[str], wanted: str, council: str) -> str | None:
    """Which of these boroughs is ours: the one wanted, else the one the council is named after.

    `keys` are those of `borough_key`. None where that is none of them.
    """
    key = borough_key(wanted or council)
    return key if key in set(keys) else None
