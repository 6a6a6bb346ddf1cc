"""What a table can be made of: questions, groups and indicators, each with its categories."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.core.definition.codebook import Storage, variables_of
from engage.core.definition.kinds import HURTING, PLACE_KINDS, TEXT_KINDS, Kind, Theme
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.indicators.model import Indicator, United

MOST_CATEGORIES = 40
NO_YES = (("0", "No"), ("1", "Yes"))
PRIVATE = HURTING | {Theme.SEXUAL_ORIENTATION, Theme.GENDER_IDENTITY}
"""Subjects of which a table shows no count below ten, as it does for sensitive figures."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to make a table of; `categories` are codes with labels.

    `about` are the variables it depends on; it is `strict` where what few people say is sensitive.
    """

    name: str
    title: str
    kind: str
    categories: tuple[tuple[str, str], ...]
    about: frozenset[str]
    strict: bool = False

    def label(self, code: str) -> str:
        """What a category is called."""
        return dict(self.categories).get(code, code)


def choices(
    definition: Definition,
    indicators: Sequence[Indicator],
    united: Sequence[United],
    areas: tuple[Mapping[str, str], Mapping[str, str]],
) -> dict[str, Choice]:
    """Everything a table of a wave can be made of, by name, groups of people first.

    `areas` are the wards and the area groups with their names.
    """
    told = [
        *_groups(definition, united, areas),
        *_indicators(indicators),
        *_questions(definition, indicators),
    ]
    return {each.name: each for each in told if 2 <= len(each.categories) <= MOST_CATEGORIES}


def _groups(
    definition: Definition,
    united: Sequence[United],
    areas: tuple[Mapping[str, str], Mapping[str, str]],
) -> Iterator[Choice]:
    area = definition.role("area")
    if area:
        about = frozenset({area.id})
        yield Choice("b:area_group", "Area group", "People", tuple(areas[1].items()), about)
        yield Choice("b:ward", "Ward", "People", tuple(areas[0].items()), about)
    of: dict[str, frozenset[str]] = {}
    for each in definition.breakdowns:
        if each.id == "connection":
            continue
        of[each.id] = frozenset(name for group in each.groups for name in group.when.questions())
        strict = any(
            definition.questions[name].themes & PRIVATE
            for name in of[each.id]
            if name in definition.questions
        )
        codes = tuple((group.code, group.label) for group in each.groups)
        yield Choice(f"b:{each.id}", each.title, "People", codes, of[each.id], strict)
    for one in united:
        if one.of in of:
            codes = tuple((group.code, group.label) for group in one.groups)
            yield Choice(f"b:{one.id}", one.title, "People", codes, of[one.of])


def _indicators(indicators: Sequence[Indicator]) -> Iterator[Choice]:
    for each in indicators:
        if each.kind.is_share:
            about = frozenset(each.variables)
            yield Choice(f"i:{each.id}", each.name, "Figures", NO_YES, about, each.sensitive)


def _questions(definition: Definition, indicators: Sequence[Indicator]) -> Iterator[Choice]:
    private = {name for each in indicators if each.sensitive for name in each.variables}
    for question in definition.questions.values():
        if question.kind in TEXT_KINDS or question.kind in PLACE_KINDS or not question.options:
            continue
        strict = question.may_hurt or bool(question.themes & PRIVATE)
        for variable in variables_of(question):
            if variable.storage is not Storage.CATEGORY or question.kind is Kind.RANKING:
                continue
            codes, title = _codes(question, variable.option), variable.label
            yield Choice(
                f"q:{variable.name}", title, "Questions", codes, frozenset({variable.name}),
                strict or variable.name in private,
            )  # fmt: skip


def _codes(question: Question, option: str | None) -> tuple[tuple[str, str], ...]:
    """The answers that say something; a box that was ticked or not."""
    if option is not None:
        return NO_YES
    return tuple((each.code, each.label) for each in question.options if each.substantive)
