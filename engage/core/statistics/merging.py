"""Putting thin categories of a margin together: with fewer than 5 people, weights run wild."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engage.core.statistics.people import people

LEAST = 5


@dataclass(frozen=True, slots=True)
class Category:
    """A category to be, made of one or more: `parts` are their positions.

    `home` is what it may be merged within: a sex for ages, an area group for wards.
    """

    names: tuple[str, ...]
    parts: tuple[int, ...]
    people: int
    residents: float
    home: str = ""

    @property
    def name(self) -> str:
        """Its parts in words: Abbey, Heath and Gascoigne."""
        *most, last = self.names
        return f"{', '.join(most)} and {last}" if most else last

    @property
    def thin(self) -> bool:
        """Whether it is too small to weight by."""
        return self.people < LEAST or self.residents <= 0

    def with_(self, other: "Category") -> "Category":
        """The two as one, parts in their order."""
        first, second = sorted((self, other), key=lambda each: each.parts)
        return Category(
            first.names + second.names,
            first.parts + second.parts,
            first.people + second.people,
            first.residents + second.residents,
            first.home if first.home == second.home else "",
        )


Partners = Callable[[Category, Sequence[Category]], Sequence[Category]]


def neighbours(thin: Category, others: Sequence[Category]) -> Sequence[Category]:
    """The categories of the same home on either side: the age bands next to one."""
    same = [each for each in others if each.home == thin.home]
    before = [each for each in same if each.parts < thin.parts][-1:]
    after = [each for each in same if each.parts > thin.parts][:1]
    return before + after


def same_home_first(thin: Category, others: Sequence[Category]) -> Sequence[Category]:
    """The other categories of the same home, or all others when it is alone in it."""
    same = [each for each in others if each.home == thin.home and thin.home]
    return same or others


def merge(categories: Sequence[Category], partners: Partners) -> tuple[list[Category], list[str]]:
    """The categories with each thin one put to the smallest of its partners, and what was done.

    The smallest goes first; one without a partner stays as it is.
    """
    held = [each for each in categories if each.people or each.residents > 0]
    told: list[str] = []
    while True:
        choices = [
            (each, possible)
            for each in held
            if each.thin and (possible := partners(each, [o for o in held if o is not each]))
        ]
        if not choices:
            return held, told
        thin, possible = min(choices, key=lambda choice: (choice[0].people, choice[0].parts))
        other = min(possible, key=lambda each: (each.people, each.parts))
        told.append(f"{thin.name} ({people(thin.people)}) is weighted with {other.name}.")
        rest = [each for each in held if each is not thin and each is not other]
        held = sorted([*rest, thin.with_(other)], key=lambda each: each.parts)
