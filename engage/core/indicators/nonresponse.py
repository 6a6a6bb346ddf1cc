"""Counting who was asked but is in no base: who did not know, and who gave no answer."""

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.codebook import NOT_ANSWERED, NOT_ASKED, variables
from engage.core.definition.kinds import Kind, Means
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.indicators.answers import UnknownVariableError
from engage.core.indicators.model import Indicator, at_version
from engage.core.indicators.unanswered import Unanswered

States = npt.NDArray[np.int8]


class State(IntEnum):
    """What somebody's answer to a question comes to; of several, the greatest counts."""

    NOT_ASKED = 0
    ANSWERED = 1
    DONT_KNOW = 2
    MISSING = 3


_MEANS: dict[Means | None, State] = {
    Means.DONT_KNOW: State.DONT_KNOW,
    Means.REFUSED: State.MISSING,
    Means.NOT_APPLICABLE: State.ANSWERED,
}


def unanswered(
    table: pd.DataFrame, indicators: Iterable[Indicator], definition: Definition
) -> dict[str, Unanswered]:
    """For each indicator by id, of those who were asked, who did not know and who gave no answer.

    `table` is a coded table of a wave of `definition`. A person was asked if at least one of the
    indicator's questions was put to them, and is counted once, by the first that is true: missing,
    if any of those was refused or left empty; did not know, if any was answered so; else answered.
    An answer that the indicator counts in its base is an answer, whatever it means. The rest of
    1 are answers in the base, and those outside it which say something, such as that it does not
    apply. Raises UnknownVariableError for a column that the table does not have.
    """
    questions = {
        each.name: definition.questions.get(each.question) for each in variables(definition)
    }
    seen: dict[tuple[str, frozenset[str]], States] = {}
    shares = {}
    for indicator in indicators:
        made = at_version(indicator, definition.version)
        states = np.zeros(len(table), dtype=np.int8)
        for name in made.variables:
            _require(table, name, made.id)
            key = name, frozenset(made.codes)
            if key not in seen:
                seen[key] = _states(table, questions.get(name), *key)
            np.maximum(states, seen[key], out=states)
        shares[made.id] = _shares(states)
    return shares


def _require(table: pd.DataFrame, name: str, indicator: str) -> None:
    if name not in table.columns:
        raise UnknownVariableError(
            f"The indicator {indicator} needs the column {name}, which the table does not have. "
            "Add the column, or take the indicator out of its file."
        )


def _shares(states: States) -> Unanswered:
    counts = np.bincount(states, minlength=len(State))
    asked = int(counts[State.ANSWERED :].sum())
    shares = counts / max(asked, 1)
    return Unanswered(asked, float(shares[State.DONT_KNOW]), float(shares[State.MISSING]))


def _states(
    table: pd.DataFrame, question: Question | None, name: str, inside: frozenset[str]
) -> States:
    """Each person's state in one variable of a question, whose codes `inside` are in the base."""
    column = table[name]
    if not isinstance(column.dtype, pd.CategoricalDtype):
        # A number does not say whether it was asked for: it counts as asked of who gave one.
        return np.where(column.notna(), State.ANSWERED, State.NOT_ASKED).astype(np.int8)
    options = question.options if question and question.kind is not Kind.MULTIPLE else ()
    codes = {
        NOT_ASKED: State.NOT_ASKED,
        NOT_ANSWERED: State.MISSING,
        **{option.code: _MEANS.get(option.means, State.ANSWERED) for option in options},
        **dict.fromkeys(inside, State.ANSWERED),
    }
    found = [codes.get(str(code), State.ANSWERED) for code in column.cat.categories]
    lookup = np.array([*found, State.MISSING], dtype=np.int8)
    states: States = np.take(lookup, column.cat.codes.to_numpy())
    if question and question.kind is Kind.MULTIPLE:
        _say_why(table, question, states)
    return states


def _say_why(table: pd.DataFrame, question: Question, states: States) -> None:
    """In a list of boxes, who ticked don't know or the like left the other boxes empty."""
    for option in question.options:
        state = _MEANS.get(option.means)
        if state is not None:
            ticked = (table[f"{question.id}_{option.code}"] == "1").to_numpy()
            states[ticked & (states == State.MISSING)] = state
