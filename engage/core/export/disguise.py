"""Which columns could pick somebody out, and the steps in which each of them is coarsened."""

import re
from collections.abc import Collection, Sequence

from engage.core.definition.codebook import MISSING, variables
from engage.core.definition.kinds import LIST_KINDS, NUMBER_KINDS, TEXT_KINDS, Kind, Means, Theme
from engage.core.definition.model import Definition
from engage.core.definition.question import Option, Question
from engage.core.export.codebook import NOT_KNOWN, heading_of
from engage.core.export.recode import Step

AREA_GROUP = "@area_group"
WITHOUT_CODES = TEXT_KINDS | NUMBER_KINDS
UNKNOWN = frozenset({Means.DONT_KNOW, Means.REFUSED, Means.NOT_APPLICABLE})


def telling_columns(definition: Definition, *, area_group: bool) -> dict[str, Question]:
    """The columns about who somebody is, the most important first, with their questions.

    Age, sex and connection with the borough, then the area group if there is one, then the other
    equalities in the order in which they are asked.
    """
    columns = {
        name: role
        for role in _roles(definition)
        if role.kind not in NUMBER_KINDS
        for name in _names(definition, role)
    }
    area = definition.role("area")
    if area is not None and area_group:
        columns[AREA_GROUP] = area
    for question in definition.questions.values():
        if Theme.EQUALITIES in question.themes and question.kind not in WITHOUT_CODES:
            columns |= dict.fromkeys(_names(definition, question), question)
    return columns


def telling_numbers(definition: Definition) -> tuple[Question, ...]:
    """The questions about who somebody is that are answered with a number: left out of the file.

    A number has too many values for k people to share each, and no groups to be put into.
    """
    roles = [role.id for role in _roles(definition)]
    return tuple(
        question
        for question in definition.questions.values()
        if question.kind in NUMBER_KINDS
        and (Theme.EQUALITIES in question.themes or question.id in roles)
    )


def telling_calculated(definition: Definition, kinds: Collection[Kind]) -> tuple[str, ...]:
    """The numbers worked out from answers about who somebody is, or to questions of these kinds."""
    who = {question.id for question in _roles(definition)}
    return tuple(
        number.id
        for number in definition.calculated
        for sources in [[definition.questions[each] for each in number.questions()]]
        if any(
            each.id in who or Theme.EQUALITIES in each.themes or each.kind in kinds
            for each in sources
        )
    )


def _roles(definition: Definition) -> list[Question]:
    roles = [definition.role(name) for name in ("age", "sex", "connection")]
    return [role for role in roles if role is not None]


def _names(definition: Definition, question: Question) -> list[str]:
    return [each.name for each in variables(definition) if each.question == question.id]


def steps_of(definition: Definition, *, area_group: bool) -> tuple[Step, ...]:
    """The coarsenings of these columns, gentlest first.

    The kinds of missing answers always become one. To be tried: options become the groups that the
    definition names (such as five ethnic groups); neighbouring age bands join, two by two.
    """
    columns = telling_columns(definition, area_group=area_group)
    steps = [_missing_as_one(name, question) for name, question in columns.items()]
    steps += [
        _grouped(name, question)
        for name, question in columns.items()
        if question.kind not in LIST_KINDS and any(option.group for option in question.options)
    ]
    age = definition.role("age")
    return (*steps, *([_bands_joined(age)] if age is not None else []))


def _missing_as_one(name: str, question: Question) -> Step:
    unknown = [option.code for option in question.options if option.means in UNKNOWN]
    into = dict.fromkeys((*MISSING, *unknown), NOT_KNOWN)
    return Step(
        name,
        f"{heading_of(name)}: not asked, not answered and not known are one",
        into,
        always=True,
    )


def _grouped(name: str, question: Question) -> Step:
    groups = {option.code: option.group for option in question.options if option.group}
    codes = {group: re.sub(r"[^a-z0-9]+", "_", group.lower()) for group in groups.values()}
    taken = {option.code for option in question.options} - set(groups)
    codes = {group: f"{code}_group" if code in taken else code for group, code in codes.items()}
    return Step(
        name,
        f"{name}: {len(groups)} answers put into {len(codes)} groups",
        {code: codes[group] for code, group in groups.items()},
        {code: group for group, code in codes.items()},
    )


def _bands_joined(age: Question) -> Step:
    """Neighbouring age bands become one, two by two from the youngest."""
    bands = sorted((each for each in age.options if each.age and each.eligible), key=_youngest)
    into: dict[str, str] = {}
    labels: dict[str, str] = {}
    for start in range(0, len(bands) - 1, 2):
        pair = bands[start : start + 2]
        code, label = _span(pair)
        labels[code] = label
        into |= dict.fromkeys((option.code for option in pair), code)
    left = len(bands) - len(into) + len(labels)
    return Step(age.id, f"{age.id}: {len(bands)} age bands joined to {left}", into, labels)


def _youngest(option: Option) -> int:
    return option.age[0] if option.age else 0


def _span(group: Sequence[Option]) -> tuple[str, str]:
    """The code and the label of age bands that have become one."""
    youngest = _youngest(group[0])
    oldest = group[-1].age[1] if group[-1].age else None
    if oldest is None:
        return f"age_{youngest}_over", f"{youngest} or over"
    return f"age_{youngest}_{oldest}", f"{youngest} to {oldest}"
