"""The cleaning rules, each a function: of every row of a coded table, whether it fires.

What a rule does when it fires (remove, mark, set to missing) is not its own affair: see
`engage.core.cleaning.rule_sets`. The rules and their order are those of the usual flow of survey
cleaning: records that are no responses, scope, duplicates, emptiness, haste, straight lines,
contradictions, machines, codes out of range.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.asked import answered, put, subject
from engage.core.cleaning.batteries import batteries, both_ways, flat
from engage.core.cleaning.conflicts import conflicts_of
from engage.core.cleaning.ranges import outside
from engage.core.cleaning.signs import FLAGS, Sign
from engage.core.definition.codebook import variables
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

Marks = npt.NDArray[np.bool_]

UNTIMED = ("paper", "phone")
TESTS = ("test", "preview")
HONEYPOT = "@honeypot"
GIBBERISH = "@gibberish"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the rules go by. Chosen before any result is seen, never after.

    `wards` are the borough's; without them nobody is out of scope for a ward. `opens_on` is the
    wave's first day; without it nothing came before. The limits are shares, counts and seconds.
    """

    least_answered: float = 0.5
    least_identical: int = 10
    share_of_median: float = 1 / 3
    seconds_a_question: float = 2.0
    least_items: int = 5
    least_batteries: int = 2
    least_conflicts: int = 2
    wards: frozenset[str] = frozenset()
    opens_on: date | None = None


Rule = Callable[[Definition, pd.DataFrame, Thresholds], Marks]
"""One mark for each row of the coded table; the table is not changed."""


def trial(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Taken by a link or in a mode that is called `test` or `preview`."""
    return _is(table["@source"], TESTS) | _is(table["@mode"], TESTS)


def before_opening(_definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Sent on a day before the wave opened."""
    if limits.opens_on is None:
        return np.zeros(len(table), dtype=bool)
    return np.asarray((table["@day"] < pd.Timestamp(limits.opens_on)).to_numpy(), dtype=bool)


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

    Only answers typed by the person have a time; the median is over those in the table. Times are
    kept to ten seconds, so who was faster than 2 seconds a question was noted on sending too.
    """
    noted = flagged(table, Sign.FAST)
    timed = ~_is(table["@mode"], UNTIMED) & table["@duration"].notna().to_numpy()
    seconds = table["@duration"].to_numpy(dtype=np.float64)
    if not timed.any():
        return noted
    asked = _sum(put, definition.questions.values(), table)
    usual = limits.share_of_median * float(np.median(seconds[timed]))
    fast = seconds < np.maximum(usual, limits.seconds_a_question * asked)
    return np.asarray(noted | (timed & fast))


def straight_lining(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Gave one answer down all of at least two scales of at least five rows each.

    That alone is no fault: where nothing is a problem, the same answer is true of everything. It
    fires where the answers contradict one another, since rows of those scales are worded the
    other way round, or where the person was speeding too.
    """
    lines = np.zeros(len(table), dtype=np.int64)
    turned = np.zeros(len(table), dtype=np.int64)
    for items in batteries(definition, limits.least_items):
        line = flat(items, table, limits.least_items)
        lines += line
        turned += line & both_ways(items, table, definition.cleaning.reversed_items)
    hasty = speeding(definition, table, limits)
    least = limits.least_batteries
    return np.asarray((turned >= least) | ((lines >= least) & hasty))


def inconsistent(definition: Definition, table: pd.DataFrame, limits: Thresholds) -> Marks:
    """Contradicted themselves at least twice, by the conflicts that the definition declares."""
    found = np.zeros(len(table), dtype=np.int64)
    for _conflict, marks in conflicts_of(definition, table):
        found += marks
    return np.asarray(found >= limits.least_conflicts)


def honeypot(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Filled in the field that people cannot see: noted, or anything in the column `@honeypot`."""
    noted = flagged(table, Sign.HONEYPOT)
    if HONEYPOT not in table:
        return noted
    column = table[HONEYPOT]
    filled = ~column.isna().to_numpy() & ~_is(column, ("", False, 0))
    return np.asarray(noted | filled, dtype=bool)


def odd_start(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Begun by a form that was not given out, or more than a day before, or a moment before."""
    return flagged(table, Sign.NO_STAMP, Sign.OLD_FORM, Sign.AT_ONCE)


def busy_network(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Begun while its network began far more surveys than usual."""
    return flagged(table, Sign.BUSY_NETWORK)


def no_proof(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Begun in an attack, without the proof of work that was asked for."""
    return flagged(table, Sign.NO_PROOF)


def gibberish(_definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Wrote no words: true in the column `@gibberish`, since the table never holds the words."""
    if GIBBERISH not in table:
        return np.zeros(len(table), dtype=bool)
    return _is(table[GIBBERISH], (True,))


def out_of_range(definition: Definition, table: pd.DataFrame, _limits: Thresholds) -> Marks:
    """Holds a code that its question does not have, or a number outside its bounds."""
    fires = np.zeros(len(table), dtype=bool)
    for _column, marks in outside(definition, table):
        fires |= marks
    return fires


def flagged(table: pd.DataFrame, *signs: Sign) -> Marks:
    """Which rows have any of the signs among their flags; none in a table without flags."""
    if FLAGS not in table:
        return np.zeros(len(table), dtype=bool)
    kinds = table[FLAGS].cat.categories
    return _is(table[FLAGS], [each for each in kinds if set(each.split(",")) & set(signs)])


def _is(column: pd.Series, codes: Iterable[object]) -> Marks:
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
