"""Rules over answers, such as those of conflicts, tried on a whole coded table at once."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.codebook import MISSING, UNPLACED
from engage.core.definition.condition import Calculated, Condition, Sign
from engage.core.definition.kinds import LIST_KINDS, NUMBER_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

Marks = npt.NDArray[np.bool_]


def holds(condition: Condition, definition: Definition, table: pd.DataFrame) -> Marks:
    """Of whom a rule is true, as `engage.core.definition.routing.holds` has it: one mark a row.

    An answer that is missing makes a comparison false.
    """
    if condition.calculated or condition.than:
        return _of_numbers(condition, table)
    if condition.question is not None:
        question = definition.questions[condition.question]
        return _of_one(condition, question, table)
    if condition.negated is not None:
        return ~holds(condition.negated, definition, table)
    parts = [holds(part, definition, table) for part in condition.all_of or condition.any_of]
    combine = np.logical_and if condition.all_of else np.logical_or
    return np.asarray(combine.reduce(parts))


def _of_numbers(condition: Condition, table: pd.DataFrame) -> Marks:
    """Of whom a rule about numbers is true that are worked out, or compared with others."""
    number = _number(condition.number, table)
    found = ~np.isnan(number)
    if condition.at_least is not None:
        found &= number >= condition.at_least
    if condition.at_most is not None:
        found &= number <= condition.at_most
    for than in condition.than:
        found &= _COMPARED[than.sign](number, _number(than.number, table))
    return np.asarray(found, dtype=bool)


_COMPARED = {
    Sign.AT_LEAST: np.greater_equal,
    Sign.AT_MOST: np.less_equal,
    Sign.MORE_THAN: np.greater,
    Sign.LESS_THAN: np.less,
}


def _number(source: str | Calculated | None, table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The numbers that people gave, or that were worked out; none where there is none."""
    name = source.id if isinstance(source, Calculated) else source
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _of_one(condition: Condition, question: Question, table: pd.DataFrame) -> Marks:
    """Of whom a rule about one question is true."""
    if condition.answered:
        return _given(question, table)
    if condition.compares:
        low = -np.inf if condition.at_least is None else condition.at_least
        high = np.inf if condition.at_most is None else condition.at_most
        return np.asarray(table[question.id].between(low, high).to_numpy(), dtype=bool)
    if condition.none_of:
        return _given(question, table) & ~_chose(question, condition.none_of, table)
    return _chose(question, condition.codes, table)


def _given(question: Question, table: pd.DataFrame) -> Marks:
    if question.kind in NUMBER_KINDS:
        return np.asarray(table[question.id].notna().to_numpy(), dtype=bool)
    if question.kind in LIST_KINDS:
        return _chose(question, frozenset(option.code for option in question.options), table)
    return np.asarray(~table[question.id].isin(MISSING).to_numpy(), dtype=bool)


def _chose(question: Question, codes: frozenset[str], table: pd.DataFrame) -> Marks:
    if question.kind in LIST_KINDS:
        none = [*MISSING, UNPLACED]  # "0" is also a box that was not ticked
        boxes = [~table[f"{question.id}_{code}"].isin(none).to_numpy() for code in sorted(codes)]
        return np.asarray(np.logical_or.reduce(boxes), dtype=bool)
    if question.kind in NUMBER_KINDS:
        numbers = [float(code) for code in codes if code.isdigit()]
        return np.asarray(table[question.id].isin(numbers).to_numpy(), dtype=bool)
    return np.asarray(table[question.id].isin(list(codes)).to_numpy(), dtype=bool)
