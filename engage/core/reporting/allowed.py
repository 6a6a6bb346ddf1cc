"""What may be given of a report: by the class of an answer, the level of the wish, the agency.

Whatever stands in no table is withheld.
"""

from collections.abc import Mapping
from enum import StrEnum

from engage.core.reporting.fields import FIELDS, FieldClass as Class, Part
from engage.core.reporting.policy import Asked
from engage.core.reporting.wishes import Giver, Level


class Treatment(StrEnum):
    """What happens to an answer."""

    GIVEN = "given"
    MONTH = "month"  # a day is reduced to its month
    LOOKED = "looked"  # given as somebody has left it after looking through it
    WITHHELD = "withheld"


class Why(StrEnum):
    """Why an answer is withheld."""

    INTERNAL = "It stays with us."
    LEVEL = "The victim’s wish does not allow it."
    NEED = "This agency does not need it."
    OTHER = "The victim has not agreed to it themselves."
    LOOK = "Somebody has to look through it first."
    LEAK = "It holds something that is withheld elsewhere. Take that out first."
    MONTH = "Only a month is given."


GIVEN, MONTH, LOOKED, WITHHELD = Treatment
REACHING = frozenset({Class.CONTACT, Class.NEED})
INTERNAL = frozenset({Class.WISH})
"""What is between the reporter and us; the package says the level in a word of its own."""
WITHOUT_CONTACT: Mapping[Class, Treatment] = dict.fromkeys(
    (each for each in Class if each not in REACHING | INTERNAL), GIVEN
)
TABLE: Mapping[Level, Mapping[Class, Treatment]] = {
    Level.FULL: {**WITHOUT_CONTACT, **dict.fromkeys(REACHING, GIVEN)},
    Level.NO_CONTACT: WITHOUT_CONTACT,
    Level.ANONYMOUS: {
        Class.INCIDENT: GIVEN,
        Class.AREA: GIVEN,
        Class.CHARACTERISTIC: GIVEN,
        Class.TIME: MONTH,
        Class.WORDS: LOOKED,
        Class.SUSPECT: LOOKED,
    },
    Level.NOTHING: {},
    Level.LATER: {},
}
"""What a level gives; a class that is not there is withheld."""
NOT_NEEDED: Mapping[Asked, frozenset[Class]] = {
    Asked.POLICE: frozenset(),
    Asked.SUPPORT: frozenset({Class.SUSPECT, Class.WITNESS}),
    Asked.NOBODY: frozenset(),
}
"""What an agency does not need for its work, whatever was wished: the least that is necessary."""
CODES_ONLY = frozenset({Class.INCIDENT, Class.TIME, Class.AREA, Class.CHARACTERISTIC})
"""Classes of codes and days alone, in which no word of a person stands."""


def treatment(name: str, level: Level, asked: Asked, by: Giver) -> tuple[Treatment, str]:
    """What the tables say of the answer to a question, and why if it is withheld.

    The name of a victim that a witness gave is the victim's to agree to, so it is withheld unless
    the wish is the victim's own or was told to a worker.
    """
    part, kind = FIELDS.get(name, (Part.WISHES, Class.WISH))
    if kind in INTERNAL:
        return WITHHELD, Why.INTERNAL
    found = TABLE[level].get(kind, WITHHELD)
    if found is WITHHELD or (level is Level.ANONYMOUS and part is Part.RISK):
        return WITHHELD, Why.LEVEL
    if kind in NOT_NEEDED[asked]:
        return WITHHELD, Why.NEED
    if name == "victim_name" and by is Giver.OTHER:
        return WITHHELD, Why.OTHER
    return found, ""


def gives_files(level: Level, asked: Asked) -> bool:
    """Whether an agency may have evidence: a picture shows who somebody is."""
    return level in {Level.FULL, Level.NO_CONTACT} and asked is Asked.POLICE


def withheld(level: Level, asked: Asked, by: Giver) -> dict[str, str]:
    """Each question whose answer would be withheld, and why, whether or not there is one.

    A list of the answers that are withheld would tell that somebody gave them.
    """
    found = {name: treatment(name, level, asked, by) for name in FIELDS}
    return {name: why for name, (what, why) in found.items() if what is WITHHELD}
