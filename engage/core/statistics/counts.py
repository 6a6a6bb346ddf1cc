"""From counts to sums: what each answer is worth is put in after people are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.engine import Form, Split


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked: an answer of the form, and the value of each of its categories.

    Categories outside the base are not a number.
    """

    answer: str
    values: FloatArray


@dataclass(frozen=True, slots=True)
class Moments:
    """People in the base, and the sums of their values and of the squares.

    Each has a row a row of the split and a column an item.
    """

    people: FloatArray
    sums: FloatArray
    squares: FloatArray


@dataclass(frozen=True, slots=True)
class Pair:
    """Two yes-no items (columns of the moments), and the answer that has both of one person.

    Its categories are no and no, no and yes, yes and no, yes and yes; people outside the base of
    either are in none.
    """

    first: int
    second: int
    answer: str


def moments(form: Form, split: Split, items: Sequence[Item]) -> Moments:
    """The moments of several items, from the counts of their answers."""
    places = _places(form)
    shape = (3, len(split.sizes), len(items))
    held = np.zeros(shape)
    asked: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        asked.setdefault(item.answer, []).append(at)
    for answer, columns in asked.items():
        values = np.array([items[at].values for at in columns]).reshape(len(columns), -1)
        inside = ~np.isnan(values)
        worth = np.where(inside, values, 0.0)
        powers = np.stack([inside.astype(np.float64), worth, worth**2])
        table = split.answers[:, places[answer]].astype(np.float64)
        held[:, :, columns] = table @ powers.transpose(0, 2, 1)
    return Moments(*held)


def pair_counts(form: Form, split: Split, pairs: Sequence[Pair]) -> FloatArray:
    """How many people gave both answers of each pair: four columns a pair."""
    places = _places(form)
    tables = [split.answers[:, places[pair.answer]] for pair in pairs]
    return np.concatenate([np.zeros((len(split.sizes), 0)), *tables], axis=1)


def _places(form: Form) -> dict[str, slice]:
    """The columns of each answer among those of all."""
    found: dict[str, slice] = {}
    start = 0
    for name, categories in form.answers:
        found[name] = slice(start, start + len(categories))
        start += len(categories)
    return found
