"""Codes that a question does not have, and numbers outside its bounds."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.check_numbers import CALENDAR
from engage.core.definition.codebook import variables_of
from engage.core.definition.kinds import NUMBER_KINDS, PLACE_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

Marks = npt.NDArray[np.bool_]


def outside(definition: Definition, table: pd.DataFrame) -> Iterator[tuple[str, Marks]]:
    """Each column with values that its question does not allow, and the rows that hold them.

    The forms of the site allow none: they come with paper, imported files and damaged codes. The
    area question is left to the rule on scope, since its wards are not the definition's to list.
    """
    # A survey that keeps no day cannot say which dates were to come: its form did.
    sent = table["@day"] if definition.keeps_day else None
    for question in definition.questions.values():
        if question.kind in PLACE_KINDS:
            continue
        for variable in variables_of(question):
            column = table[variable.name]
            marks = (
                _beyond(question, column, sent)
                if question.kind in NUMBER_KINDS
                else _unlisted(column, variable.categories)
            )
            if marks.any():
                yield variable.name, marks


def _beyond(question: Question, column: pd.Series, sent: pd.Series | None) -> Marks:
    """Numbers below the least or above the most, infinite ones, and what is no number at all.

    Of dates, also those that no calendar has, and where a date must not be in the future those
    after the day on which the response was `sent`.
    """
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    given = column.notna().to_numpy()
    low = -np.inf if question.minimum is None else question.minimum
    high = np.inf if question.maximum is None else question.maximum
    within = (numbers >= low) & (numbers <= high) & np.isfinite(numbers)
    if question.kind in CALENDAR:
        real = {each for each in np.unique(numbers[within]) if CALENDAR[question.kind](int(each))}
        within &= np.isin(numbers, list(real))
    if question.until_today and sent is not None:
        within &= numbers <= _numbers(sent, question.kind)
    return np.asarray(given & ~within)


def _numbers(days: pd.Series, kind: Kind) -> npt.NDArray[np.float64]:
    """Days as the numbers that dates of a kind are, see `engage.core.definition.days`."""
    months = days.dt.year * 100 + days.dt.month
    whole = months if kind is Kind.MONTH else months * 100 + days.dt.day
    return np.asarray(whole, dtype=np.float64)


def _unlisted(column: pd.Series, categories: tuple[str, ...]) -> Marks:
    if isinstance(column.dtype, pd.CategoricalDtype):
        known = [str(code) in categories for code in column.cat.categories]
        if all(known):
            return np.zeros(len(column), dtype=bool)
        # The last place is that of an empty cell, which holds no code.
        return ~np.array([*known, True], dtype=bool)[column.cat.codes.to_numpy()]
    return np.asarray(column.notna().to_numpy() & ~column.isin(categories).to_numpy())
