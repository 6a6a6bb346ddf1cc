"""The narrow interface behind which people are counted: all whose cost grows with them.

An engine is given, for each person, the categories that the weight depends on, the groups and the
answers, and gives back how many people of each cell, in each group, gave each answer. A function
over arrays does it here (`tally`); `select ..., count(*) ... group by ...` in a database or the
sum of what several machines counted would do as well: nothing else looks at people.
"""

from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.factor import Factor

CountArray = npt.NDArray[np.integer[Any]]
Heading = tuple[str, tuple[str, ...]]


class CategoriesError(ValueError):
    """Counts that cannot be added up, because they are not of the same categories."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is counted: the name and the categories of every margin, breakdown and answer."""

    margins: tuple[Heading, ...]
    groups: tuple[Heading, ...]
    answers: tuple[Heading, ...]

    def refuse_other(self, other: "Form") -> None:
        """Raise CategoriesError naming the first thing that `other` has otherwise."""
        for what in ("margins", "groups", "answers"):
            ours, theirs = dict(getattr(self, what)), dict(getattr(other, what))
            if list(ours) != list(theirs):
                raise CategoriesError(
                    f"The {what} are {_listed(theirs)}, and those counted before were "
                    f"{_listed(ours)}. Count the same ones in the same order, or all anew."
                )
            for name, categories in ours.items():
                if theirs[name] != categories:
                    raise CategoriesError(
                        f"{name} has the categories {_listed(theirs[name])}, and those counted "
                        f"before were {_listed(categories)}. Use the same ones, or count all anew."
                    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some people: an entry a person in the codes of every factor, -1 for none.

    A cell is whoever shares all `margins` and the design weight (1 for all where `weights` is
    None). `groups` are the breakdowns besides that of everybody.
    """

    size: int
    margins: tuple[Factor, ...]
    groups: tuple[Factor, ...]
    answers: tuple[Factor, ...] = ()
    weights: FloatArray | None = None

    def only(self, people: slice) -> "Batch":
        """Some of the people, one after another."""

        def some(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
            return tuple(replace(factor, codes=factor.codes[people]) for factor in factors)

        return Batch(
            size=len(range(*people.indices(self.size))),
            margins=some(self.margins),
            groups=some(self.groups),
            answers=some(self.answers),
            weights=None if self.weights is None else self.weights[people],
        )

    @property
    def form(self) -> Form:
        """What would be counted of them."""
        return Form(*(_headings(part) for part in (self.margins, self.groups, self.answers)))


@dataclass(frozen=True, slots=True)
class Split:
    """The cells divided by the groups of one breakdown: a row for each cell and group that occurs.

    `cells` and `groups` say which (-1 for people in no group), `sizes` how many people they are
    and `answers` how many of them gave each answer: first the categories of the first answer,
    then those of the next. Rows are in the order of their cells, then of their groups.
    """

    name: str
    categories: tuple[str, ...]
    cells: IntArray
    groups: IntArray
    sizes: CountArray
    answers: CountArray


@dataclass(frozen=True, slots=True)
class Counts:
    """What an engine gives back.

    Each cell has its design weight and its category in each margin (a row a cell). Cells are in
    the order of their weights, then of their categories in the first margin, and so on, so that
    figures do not depend on who came first. The first of `splits` is the breakdown `overall`.
    """

    form: Form
    weights: FloatArray
    margins: IntArray
    splits: tuple[Split, ...]


class Engine(Protocol):
    """Whatever can count."""

    def __call__(self, people: Batch, /) -> Counts:
        """The counts of these people."""


def _headings(factors: tuple[Factor, ...]) -> tuple[Heading, ...]:
    return tuple((factor.name, factor.categories) for factor in factors)


def _listed(names: tuple[str, ...] | dict[str, tuple[str, ...]]) -> str:
    return ", ".join(names) or "none"
