"""Answers that contradict one another, by the pairs of rules that a definition declares."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.conditions import holds
from engage.core.definition.codebook import variables_of
from engage.core.definition.kinds import PLACE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.own_cleaning import Conflict

Marks = npt.NDArray[np.bool_]


def conflicts_of(definition: Definition, table: pd.DataFrame) -> Iterator[tuple[Conflict, Marks]]:
    """Each declared conflict, and which rows have it: both of its rules are true of them."""
    for conflict in definition.cleaning.conflicts:
        first = holds(conflict.first, definition, table)
        yield conflict, first & holds(conflict.second, definition, table)


def contradicted(definition: Definition, table: pd.DataFrame) -> Iterator[tuple[str, Marks]]:
    """Each column that a conflict looks at, and the rows in which it contradicts another.

    A column may come more than once. Which of two answers is the true one cannot be known, so
    both are doubtful; with the ward goes its own column.
    """
    for conflict, marks in conflicts_of(definition, table):
        for name in conflict.questions():
            question = definition.questions[name]
            for variable in variables_of(question):
                yield variable.name, marks
            if question.kind in PLACE_KINDS:
                yield "@ward", marks
