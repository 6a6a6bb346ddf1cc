"""Which questions each person was asked and answered, read off a coded table."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.codebook import MISSING, NOT_ASKED
from engage.core.definition.kinds import LIST_KINDS, NUMBER_KINDS, TEXT_KINDS, Kind, Theme
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

Marks = npt.NDArray[np.bool_]


def subject(definition: Definition) -> list[Question]:
    """The substantive questions: none on who people are, no text boxes, which most leave empty.

    To agree to something is no answer about the subject.
    """
    who = set((definition.roles or {}).values())
    return [
        question
        for question in definition.questions.values()
        if question.id not in who
        and question.kind not in TEXT_KINDS | {Kind.CONSENT}
        and Theme.EQUALITIES not in question.themes
    ]


def put(question: Question, table: pd.DataFrame) -> Marks:
    """Who was asked the question. A number does not say, so it counts as asked of who gave one."""
    if question.kind in NUMBER_KINDS:
        return answered(question, table)
    return np.asarray(table[_columns(question)[0]] != NOT_ASKED)


def answered(question: Question, table: pd.DataFrame) -> Marks:
    """Who gave any answer, don't know and prefer not to say among them."""
    columns = [table[name] for name in _columns(question)]
    if question.kind in NUMBER_KINDS:
        return np.asarray(columns[0].notna())
    # Who ticks only "don't know" leaves the other boxes of the question unanswered.
    given = [~column.isin(MISSING).to_numpy() for column in columns]
    return np.asarray(np.logical_or.reduce(given))


def _columns(question: Question) -> list[str]:
    if question.kind in LIST_KINDS:
        return [f"{question.id}_{option.code}" for option in question.options]
    return [question.id]
