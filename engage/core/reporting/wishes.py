"""What a victim wishes to be done: per agency, in versions, of which the victim's own prevail.

The part `wishes` of a report is `{"versions": [...]}`, the newest last. A version is
`{"by": "victim", "at": "2026-11-21T...", "police": "anonymous", "support": "full"}`: who gave it,
when, and a level for each wish that they were asked for. What cannot be read counts as “nothing”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engage.core.reporting.policy import Asked


class Level(StrEnum):
    """How much an agency gets, from everything down to nothing."""

    FULL = "full"
    NO_CONTACT = "no_contact"
    ANONYMOUS = "anonymous"
    NOTHING = "nothing"
    LATER = "later"


class Giver(StrEnum):
    """Who gave a wish: the victim, a worker to whom they said it, or somebody else for themselves.

    Only whoever has the victim's own code, or reported as the victim, speaks as the victim.
    """

    VICTIM = "victim"
    WORKER = "worker"
    OTHER = "other"


GIVES = frozenset({Level.FULL, Level.NO_CONTACT, Level.ANONYMOUS})
"""The levels at which an agency gets anything."""
NOT_OFFERED_UNDER_18 = frozenset({Level.LATER})
"""What nobody may choose about a child, as it would be a promise to wait.

That nobody else is told can be wished, and binds until it is overridden, but is never promised.
"""
WISHED = (Asked.POLICE, Asked.SUPPORT)
"""What a victim is asked for."""
UNDER_18 = "under_18"
"""The answer to `victim_age` of somebody who is not grown up."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What binds us towards one kind of agency; `version` counts from 1, 0 if nobody said."""

    level: Level
    by: Giver
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """One time that wishes were given; `at` is written in ISO 8601."""

    by: Giver
    at: str
    levels: Mapping[str, Level]

    def to_dict(self) -> dict[str, Any]:
        """The version as it stands in the part."""
        levels = {str(name): str(level) for name, level in self.levels.items()}
        return {"by": str(self.by), "at": self.at} | levels


def versions_of(part: Mapping[str, Any]) -> tuple[Version, ...]:
    """Every version in a part, the oldest first."""
    given = part.get("versions", ())
    return tuple(_version(each) for each in given) if isinstance(given, list | tuple) else ()


def with_version(part: Mapping[str, Any], version: Version) -> dict[str, Any]:
    """The part with one version more; none that was there is lost."""
    return {**part, "versions": [*part.get("versions", ()), version.to_dict()]}


def wish_of(part: Mapping[str, Any], asked: Asked) -> Wish:
    """What binds us towards the agencies that a wish is about.

    The victim's newest word on it, however much newer a worker's is; without one, the newest of
    anybody. Of agencies that nobody is asked about, and where nobody said anything: nothing.
    """
    said = [
        Wish(each.levels[asked], each.by, number)
        for number, each in enumerate(versions_of(part), 1)
        if asked in each.levels and asked is not Asked.NOBODY
    ]
    own = [each for each in said if each.by is Giver.VICTIM]
    return (own or said or [Wish(Level.NOTHING, Giver.OTHER, 0)])[-1]


def levels_of(part: Mapping[str, Any]) -> dict[str, str]:
    """The level that binds us for each wish, whether or not anybody gave it."""
    return {str(asked): str(wish_of(part, asked).level) for asked in WISHED}


def offered(victim_age: str) -> tuple[Level, ...]:
    """The levels that may be offered, by the answer on the victim's age."""
    child = victim_age == UNDER_18
    return tuple(each for each in Level if not (child and each in NOT_OFFERED_UNDER_18))


def said_of(part: Mapping[str, Any]) -> dict[str, str]:
    """The level for each wish that anybody gave, as the line and the facts of a report hold it."""
    wishes = {str(asked): wish_of(part, asked) for asked in WISHED}
    return {name: str(wish.level) for name, wish in wishes.items() if wish.version}


def _version(given: Any) -> Version:
    given = given if isinstance(given, dict) else {}
    by = given.get("by")
    return Version(
        by=Giver(by) if by in tuple(Giver) else Giver.OTHER,
        at=str(given.get("at", "")),
        levels={name: _level(given[name]) for name in WISHED if name in given},
    )


def _level(given: object) -> Level:
    """The level of that name; what is none counts as nothing, so that nothing leaves."""
    return next((each for each in Level if each == given), Level.NOTHING)
