"""What somebody asks: two things to cross, and of whom."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from engage.crosstabs.choices import Choice

MOST_FILTERS = 2


class SpecError(ValueError):
    """A question that cannot be put; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A table of `rows` by `columns`, of those with one of some codes in each of `filters`."""

    rows: str
    columns: str
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def key(self) -> str:
        """The same for everything that asks for the same counts, whichever way round."""
        told = [sorted((self.rows, self.columns)), sorted([n, sorted(c)] for n, c in self.filters)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def as_json(self) -> str:
        """As it is stored."""
        return json.dumps([self.rows, self.columns, self.filters])

    @classmethod
    def from_json(cls, stored: str) -> "Spec":
        """As it was stored."""
        rows, columns, filters = json.loads(stored)
        return cls(rows, columns, tuple((name, tuple(codes)) for name, codes in filters))


def checked(spec: Spec, known: Mapping[str, Choice]) -> Spec:
    """The question, if it can be put; raises SpecError."""
    named = [spec.rows, spec.columns, *(name for name, _codes in spec.filters)]
    if any(name not in known for name in named):
        raise SpecError("Choose what is to stand in the rows and in the columns.")
    if len({*named}) < len(named):
        raise SpecError("Choose something different for rows, for columns and for each filter.")
    one, other = known[spec.rows], known[spec.columns]
    if one.about == other.about and len(one.about) == 1:
        raise SpecError("Rows and columns come from the same question: choose two questions.")
    if len(spec.filters) > MOST_FILTERS:
        raise SpecError(f"Choose at most {MOST_FILTERS} filters.")
    for name, codes in spec.filters:
        offered = {code for code, _label in known[name].categories}
        if not codes or not offered.issuperset(codes):
            raise SpecError(f"Tick at least one answer of “{known[name].title}”.")
    return spec


def of_whom(spec: Spec, known: Mapping[str, Choice]) -> str:
    """Of whom the table is, in words; empty for everybody."""
    return "; ".join(
        f"{known[name].title}: {' or '.join(known[name].label(code) for code in codes)}"
        for name, codes in spec.filters
        if name in known
    )
