"""Whose number or address somebody gave: a witness's own is not the victim's."""

from collections.abc import Mapping
from typing import Any

NUMBERS = ("contact_phone", "contact_email")
WHOSE, ROLE, VICTIM = "contact_whose", "role", "victim"
SENTENCES = {
    "reporter": "The number or address is that of whoever reported it, not of the victim.",
    "trusted": (
        "The number or address is that of somebody whom the victim trusts, not of the victim. "
        "Make sure who you speak with before you say what it is about."
    ),
}
NOT_SAID = (
    "Nobody said whose number or address it is. It may not be the victim’s: ask before you say "
    "what it is about."
)


def whose_number(answers: Mapping[str, Any]) -> str:
    """What to know of a number or address before it is used; empty where it is the victim's."""
    if not any(answers.get(name) for name in NUMBERS):
        return ""
    said = answers.get(WHOSE)
    if said == VICTIM or (not said and answers.get(ROLE, VICTIM) == VICTIM):
        return ""
    return SENTENCES.get(str(said), NOT_SAID)
