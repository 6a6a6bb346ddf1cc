"""The kinds of question there are, and what answers stand for."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of question; `engage.core.definition.codebook` and the web say how each behaves."""

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
CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.SCALE})
TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
LIST_KINDS = frozenset({Kind.MULTIPLE, Kind.RANKING})
"""Kinds with a column for each option."""
PLACE_KINDS = frozenset({Kind.AREA, Kind.POSTCODE})
"""Kinds whose answer is a ward, or an option of their own."""
NAMED_KINDS = frozenset({Kind.PLACE, Kind.PLACES})
"""Kinds whose answer is a place of the borough, or several, or an option of their own."""
SOUGHT_KINDS = PLACE_KINDS | NAMED_KINDS
"""Kinds whose answers are looked for, on a page of their own."""
DATE_KINDS = frozenset({Kind.DATE, Kind.MONTH})
NUMBER_KINDS = DATE_KINDS | {Kind.NUMBER}
"""Kinds whose answer is a whole number; `engage.core.definition.days` says how dates are one."""
