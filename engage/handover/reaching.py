"""What an agency is told about getting in touch: by the terms, the kind of harm, whose number."""

from collections.abc import Iterable, Mapping
from typing import Any

from engage.core.reporting.fields import FIELDS, FieldClass, codes_of
from engage.core.reporting.minimise import Minimised
from engage.core.reporting.whose import NUMBERS, whose_number
from engage.core.reporting.wishes import Giver, Level
from engage.handover.case import Case, Terms
from engage.handover.words import CONTACT, CONTACT_TOLD, COVERT


def contact_of(case: Case, terms: Terms) -> Mapping[str, Any]:
    """Whether the agency may get in touch, and its rules; that it is secret comes first."""
    reachable = terms.level is Level.FULL
    rules = [] if terms.told else [COVERT]
    told = CONTACT_TOLD if terms.by is Giver.OTHER else CONTACT
    rules.append(told.get(terms.level, CONTACT[terms.level]))
    if reachable:
        kinds = frozenset(codes_of(case.answers.get("kind_of_harm")))
        rules += filter(None, [whose_number(case.answers)])
        rules += case.policy.rules_for(kinds)
    return {"allowed": reachable, "rules": rules}


def lacking(level: Level, chosen: Iterable[Minimised]) -> list[str]:
    """What is not in a package whose terms let an agency get in touch, but which that needs."""
    if level is not Level.FULL:
        return []
    given = {each.id for each in chosen if each.value is not None}
    lacks = []
    if not any(FIELDS[name][1] is FieldClass.NAME for name in given if name in FIELDS):
        lacks.append("There is no name in it.")
    if not given.intersection(NUMBERS):
        lacks.append("There is no phone number or e-mail address in it.")
    return lacks
