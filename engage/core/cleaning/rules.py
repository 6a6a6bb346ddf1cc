"""The automatic cleaning rules: each says of every row of a coded table whether it fires.

The rules that remove are safe to run unseen: out of scope, the same form twice, mostly empty.
What may be honest (the same answers as somebody else, great speed) is only flagged.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.asked import answered, put, subject
from engage.core.definition.codebook import variables
from engage.core.definition.model import Definition, Kind, Question

Marks = npt.NDArray[np.bool_]

UNTIMED = ("paper", "phone")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the rules go by. Chosen before any result is seen, never after.

    `wards` are the borough's; without them nobody is out of scope for a ward.
    """

    least_answered: float = 0.5
    least_identical: int = 10
    share_of_median: float = 1 / 3
    seconds_a_question: float = 2.0
    wards: frozenset[str] = frozenset()


Rule = Callable[[Definition, pd.DataFrame, Thresholds], Marks]


def out_of_scope(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Chose an option that the survey is not for (its age among them), or lives elsewhere."""
    fires = np.zeros(len(table), dtype=bool)
    for question in definition.questions.values():
        for option in question.options:
            if option.eligible:
                continue
            multiple = question.kind is Kind.MULTIPLE
            column = f"{question.id}_{option.code}" if multiple else question.id
            fires |= _is(table[column], ["1" if multiple else option.code])
    if limits.wards:
        fires |= table["@ward"].notna().to_numpy() & ~_is(table["@ward"], limits.wards)
    return fires


def same_submission(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """All but the first of one submission: the first by day, then by id.

    The id is random, so among two of one day it only makes the choice the same every time.
    """
    ordered = table[["@day", "@id", "@submission"]].sort_values(["@day", "@id"], kind="stable")
    again = ordered.duplicated("@submission") & (ordered["@submission"] != "")
    return again.reindex(table.index).to_numpy(dtype=bool)


def mostly_empty(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Answered less than half of the questions put about the subject, or no key question.

    Don't know and prefer not to say are answers. Questions that routing skipped do not count.
    """
    about = subject(definition)
    asked, given = _sum(put, about, table), _sum(answered, about, table)
    fires = given < limits.least_answered * asked
    keys = [question for question in about if question.key]
    return np.asarray(fires | ((_sum(put, keys, table) > 0) & (_sum(answered, keys, table) == 0)))


def identical_answers(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Gave exactly the answers that somebody else gave, to more than a few questions."""
    names = [variable.name for variable in variables(definition)]
    vectors = pd.util.hash_pandas_object(table[names], index=False)
    many = _sum(answered, definition.questions.values(), table) >= limits.least_identical
    return np.asarray(vectors.duplicated(keep=False).to_numpy() & many)


def speeding(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Took less than a third of the median time, or 2 seconds a question if that is more.

    Only answers typed by the person have a time; the median is over those in the table.
    """
    timed = ~_is(table["@mode"], UNTIMED) & table["@duration"].notna().to_numpy()
    seconds = table["@duration"].to_numpy(dtype=np.float64)
    if not timed.any():
        return timed
    asked = _sum(put, definition.questions.values(), table)
    usual = limits.share_of_median * float(np.median(seconds[timed]))
    return np.asarray(timed & (seconds < np.maximum(usual, limits.seconds_a_question * asked)))


REMOVING: dict[str, Rule] = {
    "out_of_scope": out_of_scope,
    "same_submission": same_submission,
    "mostly_empty": mostly_empty,
}
FLAGGING: dict[str, Rule] = {"identical_answers": identical_answers, "speeding": speeding}


def _is(column: pd.Series, codes: Iterable[str]) -> Marks:
    return np.asarray(column.isin(list(codes)).to_numpy(), dtype=bool)


def _sum(
    mark: Callable[[Question, pd.DataFrame], Marks],
    questions: Iterable[Question],
    table: pd.DataFrame,
) -> npt.NDArray[np.int64]:
    """For how many of the questions the mark is set, person by person."""
    total = np.zeros(len(table), dtype=np.int64)
    for question in questions:
        total += mark(question, table)
    return total
