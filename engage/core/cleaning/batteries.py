"""Batteries: rows of one scale, and who gave one answer to all of them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.codebook import MISSING
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

Marks = npt.NDArray[np.bool_]


def batteries(definition: Definition, least_items: int) -> tuple[tuple[Question, ...], ...]:
    """The questions of each scale that has at least so many rows.

    Rows of one scale are one battery also where they stand on several pages: who answers the
    same to the first half may well mean the same by the second.
    """
    found: dict[tuple[object, ...], list[Question]] = {}
    for question in definition.questions.values():
        if question.kind is Kind.SCALE:
            found.setdefault(question.options, []).append(question)
    return tuple(tuple(items) for items in found.values() if len(items) >= least_items)


def flat(items: Sequence[Question], table: pd.DataFrame, least_items: int) -> Marks:
    """Who answered at least so many of the items, all of them with one and the same option."""
    places = _places(items, table)
    given = places >= 0
    highest = np.where(given, places, -1).max(axis=0)
    lowest = np.where(given, places, np.iinfo(places.dtype).max).min(axis=0)
    return np.asarray((given.sum(axis=0) >= least_items) & (highest == lowest))


def both_ways(items: Sequence[Question], table: pd.DataFrame, turned: frozenset[str]) -> Marks:
    """Who answered at least one item that is worded the other way round, and one that is not."""
    given = _places(items, table) >= 0
    reverse = np.array([item.id in turned for item in items], dtype=bool)
    return np.asarray(given[reverse].any(axis=0) & given[~reverse].any(axis=0))


def _places(items: Sequence[Question], table: pd.DataFrame) -> npt.NDArray[np.int16]:
    """The place of each answer among the options, a row an item; -1 where there is none."""
    return np.stack([_place(item, table[item.id]) for item in items])


def _place(item: Question, column: pd.Series) -> npt.NDArray[np.int16]:
    order = {option.code: place for place, option in enumerate(item.options)}
    coded = column.astype("category").cat
    categories = [str(code) for code in coded.categories]
    # A code that the question does not have is an answer too, and only like itself.
    strays = {
        code: len(order) + n
        for n, code in enumerate(code for code in categories if code not in {*order, *MISSING})
    }
    lookup = [(order | strays).get(code, -1) for code in categories]
    return np.array([*lookup, -1], dtype=np.int16)[coded.codes.to_numpy()]
