"""The kinds of question there are, and what answers stand for."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of question; `SHAPES` and the tables of the web say how each behaves."""

    SINGLE = "single"
    SCALE = "scale"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    TEXT = "text"
    LONG_TEXT = "long_text"
    AREA = "area"
    POSTCODE = "postcode"
    CONSENT = "consent"
    PLACE = "place"
    PLACES = "places"


class Means(StrEnum):
    """What an option stands for when it is no substantive answer; all of these exclude others."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NONE_OF_THESE = "none_of_these"
    NOT_APPLICABLE = "not_applicable"


class Theme(StrEnum):
    """Subjects that may not be put to everyone; the checks keep them from the young."""

    EQUALITIES = "equalities"
    VICTIMISATION = "victimisation"
    SEXUAL_VIOLENCE = "sexual_violence"
    SEXUAL_ORIENTATION = "sexual_orientation"
    GENDER_IDENTITY = "gender_identity"


HURTING = frozenset({Theme.VICTIMISATION, Theme.SEXUAL_VIOLENCE})
"""Subjects of which a question may hurt, so that help is shown beside it."""


class Shape(StrEnum):
    """What an answer is: by this it is stored, tried by rules, cleaned and exported."""

    CHOICE = "one code"
    AGREEMENT = "one code, or none"
    LIST = "codes, each with a column of its own"
    NUMBER = "a whole number"
    DATE = "a date as a whole number; `engage.core.definition.days` says how"
    WORDS = "words"
    WARD = "a ward, or an option of the question"
    NAMED = "a place of the borough, or several, or an option of the question"


SHAPES: dict[Kind, Shape] = {
    Kind.SINGLE: Shape.CHOICE,
    Kind.SCALE: Shape.CHOICE,
    Kind.MULTIPLE: Shape.LIST,
    Kind.RANKING: Shape.LIST,
    Kind.NUMBER: Shape.NUMBER,
    Kind.DATE: Shape.DATE,
    Kind.MONTH: Shape.DATE,
    Kind.TEXT: Shape.WORDS,
    Kind.LONG_TEXT: Shape.WORDS,
    Kind.AREA: Shape.WARD,
    Kind.POSTCODE: Shape.WARD,
    Kind.PLACE: Shape.NAMED,
    Kind.PLACES: Shape.NAMED,
    Kind.CONSENT: Shape.AGREEMENT,
}
"""The table of kinds. What people see of each is in `engage.web`, in tables by kind as well."""


def _of(*shapes: Shape) -> frozenset[Kind]:
    return frozenset(kind for kind, shape in SHAPES.items() if shape in shapes)


CHOICE_KINDS = _of(Shape.CHOICE)
TEXT_KINDS = _of(Shape.WORDS)
LIST_KINDS = _of(Shape.LIST)
PLACE_KINDS = _of(Shape.WARD)
NAMED_KINDS = _of(Shape.NAMED)
SOUGHT_KINDS = PLACE_KINDS | NAMED_KINDS
"""Kinds whose answers are looked for, on a page of their own."""
DATE_KINDS = _of(Shape.DATE)
NUMBER_KINDS = _of(Shape.NUMBER, Shape.DATE)
