"""The file of responses that may be passed on in the council: nobody stands out in it."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from engage.core.definition.codebook import MISSING
from engage.core.definition.kinds import DATE_KINDS, NAMED_KINDS, PLACE_KINDS, TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.export.codebook import KINDS_OF_MISSING, NOT_KNOWN, Column, columns_of
from engage.core.export.disguise import (
    AREA_GROUP,
    steps_of,
    telling_calculated,
    telling_columns,
    telling_numbers,
)
from engage.core.export.recode import Recoding, recode_until_k
from engage.core.export.responses import WEIGHT, Areas, ResponsesFile, recoded
from engage.core.export.shared_weights import alike
from engage.core.statistics.arrays import FloatArray

NOT_IN_IT = frozenset({*TEXT_KINDS, *DATE_KINDS, *PLACE_KINDS, *NAMED_KINDS})


def safe_responses(
    definition: Definition,
    used: pd.DataFrame,
    areas: Areas,
    k: int = 5,
    *,
    weights: FloatArray | None = None,
) -> ResponsesFile:
    """The used responses without dates, times, words and wards, recoded until nobody is rare.

    The columns about who somebody is are recoded until k people share every combination; those
    that hold numbers are left out. Where routing looks at one of them, `not asked` would tell its
    answer, so there it becomes one with `not answered`. Rows are in the order of their answers,
    before the recoding and again after it, so that neither their order nor who was recoded tells
    which response came first.

    `weights`, one for each response, become the mean of those who are alike in the columns about
    who somebody is, to two figures: a weight of its own would tell the ward and the age.
    """
    numbers = [
        *(question.id for question in telling_numbers(definition)),
        *telling_calculated(definition, NOT_IN_IT),
    ]
    without = {each.id for each in definition.questions.values() if each.kind in NOT_IN_IT}
    columns = {
        name: column
        for name, column in columns_of(definition, {}).items()
        if column.question not in without and column.question not in numbers
    }
    table = used[list(columns)].copy()
    area = definition.role("area")
    if area is not None and areas.groups:
        table[AREA_GROUP] = _groups(used[area.id], area, areas)
        columns = {AREA_GROUP: _area_group(area, areas), **columns}
    telling = telling_columns(definition, area_group=AREA_GROUP in columns)
    steps = steps_of(definition, area_group=AREA_GROUP in columns)
    if weights is not None:
        table[WEIGHT] = weights
    table = table.sort_values(list(columns), ignore_index=True)
    table, recoding = recode_until_k(table, list(telling), steps, k)
    for name in telling:
        columns[name] = _described(columns[name], table[name], recoding)
    who = {*numbers, *(question.id for question in telling.values())}
    for name in _routed(definition, columns, who) - set(telling):
        table[name] = recoded(table[name], dict.fromkeys(MISSING, NOT_KNOWN))
        columns[name] = _one_missing(columns[name])
    held = list(columns)
    if weights is not None:
        table[WEIGHT] = alike(table, list(telling))
        columns[WEIGHT] = Column(WEIGHT, "How many residents the answers stand for", "number")
    table = table[list(columns)].sort_values(held, ignore_index=True)
    dates = [each.id for each in definition.questions.values() if each.kind in DATE_KINDS]
    left_out = [
        f"{name}: left out, for a {'date' if name in dates else 'number'} can pick somebody out"
        for name in dict.fromkeys((*numbers, *dates))
    ]
    return ResponsesFile(tuple(columns.values()), table, (*left_out, *recoding.sentences()))


def _area_group(area: Question, areas: Areas) -> Column:
    own = {option.code: option.label for option in area.options}
    meanings = {**areas.groups, **own}
    return Column(AREA_GROUP, "The group of wards that they chose", "one answer", area.id, meanings)


def _groups(wards: pd.Series, area: Question, areas: Areas) -> pd.Series:
    """The area question with the group of each ward in its place; a ward without one is unknown."""
    own = {*MISSING, *(option.code for option in area.options)}
    codes = [str(code) for code in wards.cat.categories if code not in own]
    return recoded(wards, {code: areas.group_of.get(code, NOT_KNOWN) for code in codes})


def _described(column: Column, made: pd.Series, recoding: Recoding) -> Column:
    """The column with the codes that it has now, and a note of what was done to it."""
    labels: dict[str, str] = dict(column.meanings)
    for step in recoding.steps:
        labels |= step.labels if step.column == column.name else {}
    meanings = {str(code): labels.get(code, column.meaning(code)) for code in made.cat.categories}
    return replace(column, meanings=meanings, note="; ".join(recoding.told_of(column.name)))


def _routed(
    definition: Definition, columns: Mapping[str, Column], who: Collection[str]
) -> set[str]:
    """The columns whose question is put or not by an answer about who somebody is."""
    reached: set[str] = set(who)
    for question in definition.questions.values():  # a rule looks at earlier questions only
        if question.show_if is not None and reached & set(question.show_if.questions()):
            reached.add(question.id)
    return {
        name
        for name, column in columns.items()
        if column.question in reached and column.kind != "number"
    }


def _one_missing(column: Column) -> Column:
    meanings = {code: said for code, said in column.meanings.items() if code not in MISSING}
    return replace(column, meanings={NOT_KNOWN: KINDS_OF_MISSING[NOT_KNOWN][1], **meanings})
