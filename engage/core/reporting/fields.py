"""Where each answer of a report is kept, and what kind of thing it tells.

The part decides who can open an answer and how long it is kept; the class decides what an agency
may be given of it. Every question of `safe_report` is here; a test compares.

A part holds its answers by the ids of their questions, codes and tuples of codes as they were
given: `parts["facts"]["strands"] == ["race", "religion"]`. The wishes are a history of their own
(`engage.core.reporting.wishes`).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from engage.core.definition.routing import Answer


class Part(StrEnum):
    """A part of a report into which answers go."""

    FACTS = "facts"
    NARRATIVE = "narrative"
    SUSPECTS = "suspects"
    RISK = "risk"
    IDENTITY = "identity"
    CONTACT = "contact"
    WISHES = "wishes"


class FieldClass(StrEnum):
    """What kind of thing an answer tells; words may tell anything, even who somebody is."""

    INCIDENT = "incident"
    TIME = "time"
    AREA = "area"
    CHARACTERISTIC = "characteristic"
    WORDS = "words"
    EXACT_PLACE = "exact_place"
    WITNESS = "witness"
    SUSPECT = "suspect"
    RISK = "risk"
    NAME = "name"
    CONTACT = "contact"
    NEED = "need"
    WISH = "wish"


Place = tuple[Part, FieldClass]

FIELDS: Mapping[str, Place] = {
    "danger_now": (Part.RISK, FieldClass.RISK),
    "injured_now": (Part.RISK, FieldClass.RISK),
    "offender_there": (Part.RISK, FieldClass.RISK),
    "kind_of_harm": (Part.FACTS, FieldClass.INCIDENT),
    "role": (Part.FACTS, FieldClass.INCIDENT),
    "victim_age": (Part.FACTS, FieldClass.CHARACTERISTIC),
    "strands": (Part.FACTS, FieldClass.CHARACTERISTIC),
    "strands_other_text": (Part.NARRATIVE, FieldClass.WORDS),
    "perception": (Part.FACTS, FieldClass.INCIDENT),
    "how_known": (Part.NARRATIVE, FieldClass.WORDS),
    "what_happened": (Part.NARRATIVE, FieldClass.WORDS),
    "incident_types": (Part.FACTS, FieldClass.INCIDENT),
    "incident_types_other_text": (Part.NARRATIVE, FieldClass.WORDS),
    "when_day": (Part.FACTS, FieldClass.TIME),
    "when_sure": (Part.FACTS, FieldClass.TIME),
    "when_time": (Part.FACTS, FieldClass.TIME),
    "how_often": (Part.FACTS, FieldClass.INCIDENT),
    "place_type": (Part.FACTS, FieldClass.INCIDENT),
    "ward": (Part.FACTS, FieldClass.AREA),
    "exact_place": (Part.NARRATIVE, FieldClass.EXACT_PLACE),
    "transport": (Part.NARRATIVE, FieldClass.EXACT_PLACE),
    "online_where": (Part.NARRATIVE, FieldClass.WORDS),
    "injury": (Part.FACTS, FieldClass.INCIDENT),
    "damage": (Part.FACTS, FieldClass.INCIDENT),
    "loss": (Part.FACTS, FieldClass.INCIDENT),
    "witnesses": (Part.NARRATIVE, FieldClass.WITNESS),
    "has_evidence": (Part.FACTS, FieldClass.INCIDENT),
    "suspect_known": (Part.SUSPECTS, FieldClass.SUSPECT),
    "suspect_under_18": (Part.SUSPECTS, FieldClass.SUSPECT),
    "suspect_words": (Part.SUSPECTS, FieldClass.SUSPECT),
    "afraid": (Part.RISK, FieldClass.RISK),
    "repeat": (Part.RISK, FieldClass.RISK),
    "escalating": (Part.RISK, FieldClass.RISK),
    "lives_with": (Part.RISK, FieldClass.RISK),
    "vulnerable": (Part.RISK, FieldClass.CHARACTERISTIC),
    "wish_police": (Part.WISHES, FieldClass.WISH),
    "wish_police_under_18": (Part.WISHES, FieldClass.WISH),
    "wish_support": (Part.WISHES, FieldClass.WISH),
    "wish_support_under_18": (Part.WISHES, FieldClass.WISH),
    "victim_name": (Part.IDENTITY, FieldClass.NAME),
    "reporter_name": (Part.IDENTITY, FieldClass.NAME),
    "link_agreed": (Part.IDENTITY, FieldClass.WISH),
    "contact_how": (Part.CONTACT, FieldClass.CONTACT),
    "contact_whose": (Part.CONTACT, FieldClass.CONTACT),
    "contact_phone": (Part.CONTACT, FieldClass.CONTACT),
    "contact_email": (Part.CONTACT, FieldClass.CONTACT),
    "contact_when": (Part.CONTACT, FieldClass.CONTACT),
    "who_may_answer": (Part.CONTACT, FieldClass.CONTACT),
    "leave_message": (Part.CONTACT, FieldClass.CONTACT),
    "code_word": (Part.CONTACT, FieldClass.CONTACT),
    "contact_rules": (Part.CONTACT, FieldClass.CONTACT),
    "interpreter": (Part.CONTACT, FieldClass.NEED),
    "interpreter_language": (Part.CONTACT, FieldClass.NEED),
    "interpreter_choice": (Part.CONTACT, FieldClass.NEED),
    "officer_preference": (Part.CONTACT, FieldClass.NEED),
    "support_wanted": (Part.FACTS, FieldClass.NEED),
}

WISHES: Mapping[str, str] = {
    "wish_police": "police",
    "wish_police_under_18": "police",
    "wish_support": "support",
    "wish_support_under_18": "support",
}
"""Whom each question about the victim's wishes is about."""
NOT_KNOWN = "dont_know"
"""The answer that is no wish: whoever reported does not know what the victim wants."""


def parted(answers: Mapping[str, Answer]) -> dict[str, dict[str, object]]:
    """The answers that count, by part; the wishes go in by the caller."""
    parts: dict[str, dict[str, object]] = {each: {} for each in Part if each is not Part.WISHES}
    for name, answer in answers.items():
        part = FIELDS[name][0]
        if part is not Part.WISHES:
            parts[part][name] = [*answer] if isinstance(answer, tuple) else answer
    return parts


def wishes_in(answers: Mapping[str, Answer]) -> dict[str, str]:
    """The wish for each whom it is about, of answers that count; none where nobody knows it."""
    given = {
        WISHES[name]: str(answer)
        for name, answer in answers.items()
        if name in WISHES and answer != NOT_KNOWN
    }
    return dict(sorted(given.items()))


def codes_of(answer: object) -> tuple[str, ...]:
    """The codes in an answer, however it was kept; none where nothing was answered."""
    if answer is None:
        return ()
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return tuple(str(each) for each in answer)
    return (str(answer),)
