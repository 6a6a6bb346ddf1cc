"""What a partnership decides about reports: who gets them, what people are told, how long is kept.

Days are given in working days and months in calendar months. Nothing here is decided in code:
it comes from a file (`policy_load`), and local wording has the day from which it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Asked(StrEnum):
    """Which of the victim's wishes decides what an agency gets; of some nobody is asked."""

    POLICE = "police"
    SUPPORT = "support"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Agency:
    """Who a report can be handed to. Of `asked` nobody, it gets one only by an override."""

    id: str
    name: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason(Coded):
    """Why a wish may be overridden; `immediate` reasons let one person disclose at once."""

    immediate: bool = False


@dataclass(frozen=True, slots=True)
class Strand(Coded):
    """A strand that is recorded here; `languages` are its translations, by code."""

    languages: Mapping[str, str] = field(default_factory=dict, hash=False)

    def label(self, language: str = "en") -> str:
        """What it is called in a language; in English, where that has no words for it."""
        return self.languages.get(language, self.words)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text from the day on which it holds; `languages` are its translations, by code."""

    since: date
    words: str
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clocks:
    """By when something is to be done, in working days."""

    first_contact: int
    review: int
    override_review: int
    reply: int
    acknowledgement: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each part is kept after a report is closed, in months.

    `never_closed` is the long stop: a report that nobody closed counts as closed that many months
    after the month in which it came.
    """

    identity: int
    narrative: int
    facts: int
    never_closed: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that the partnership decides about reports."""

    agencies: tuple[Agency, ...]
    texts: Mapping[str, tuple[Wording, ...]]
    clocks: Clocks
    retention: Retention
    reasons: tuple[Reason, ...]
    bases: tuple[Coded, ...]
    not_told: tuple[Coded, ...]
    strands: tuple[Strand, ...]
    contact_rules: Mapping[str, tuple[str, ...]]
    override_days: int
    """Days after which an override that nobody used lapses, from when it was asked for."""

    def agency(self, agency_id: str) -> Agency | None:
        """The agency with that id, if there is one."""
        return next((each for each in self.agencies if each.id == agency_id), None)

    def text(self, name: str, day: date, language: str = "en") -> str:
        """The words of a text that hold on a day; empty before the first of them holds.

        Raises KeyError for a name that no text has.
        """
        holding = [each for each in self.texts[name] if each.since <= day]
        if not holding:
            return ""
        latest = max(holding, key=lambda each: each.since)
        return latest.languages.get(language, latest.words)

    def reason(self, code: str) -> Reason | None:
        """The reason of an override with that code, if there is one."""
        return next((each for each in self.reasons if each.code == code), None)

    def rules_for(self, kinds: frozenset[str]) -> tuple[str, ...]:
        """How a person may be contacted, by the kinds of harm; those for every kind come first."""
        rules = [*self.contact_rules.get("every", ())]
        for kind, said in self.contact_rules.items():
            if kind in kinds:
                rules += said
        return tuple(dict.fromkeys(rules))
