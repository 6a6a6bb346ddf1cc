"""The form beside each text: what somebody decides about it."""

from enum import StrEnum

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf

from engage.responses.screened import Reason, ScreeningState
from engage.web.forms import Form

REASONS = {
    Reason.AT_RISK: "Somebody may be at risk",
    Reason.CHILD: "A child may be at risk",
    Reason.THREAT: "It threatens somebody",
    Reason.NAMES: "It names a person, or tells who or where somebody is",
}


class Decision(StrEnum):
    """What can be done to a text."""

    PASS = "pass"  # noqa: S105  no password
    FLAG = "flag"
    HANDLE = "handle"
    BACK = "back"


WAITING, PASSED = ScreeningState.WAITING, ScreeningState.PASSED
FLAGGED, HANDLED = ScreeningState.FLAGGED, ScreeningState.HANDLED

STEPS: dict[Decision, dict[ScreeningState, ScreeningState]] = {
    Decision.PASS: {WAITING: PASSED},
    Decision.FLAG: {WAITING: FLAGGED},
    Decision.HANDLE: {FLAGGED: HANDLED},
    Decision.BACK: {PASSED: WAITING, FLAGGED: WAITING, HANDLED: FLAGGED},
}
"""A decision to the state that a text goes to, by the one that it is in."""

DONE = {
    PASSED: "You found nothing to worry about.",
    FLAGGED: "You flagged a text to the safeguarding lead.",
    HANDLED: "You marked a flagged text as dealt with.",
}
"""What is told at the top of the page of a text that is now in that state."""


class DecisionForm(Form):
    """One press of a button, and for a flag its reason."""

    decision = StringField("Decision", [AnyOf(list(Decision), "Press one of the buttons")])
    reason = RadioField(
        "Why do you flag it?",
        choices=[],  # the page has them
        validate_choice=False,
    )

    def told(self) -> Reason | None:
        """The reason that was given, if it is one of those there are."""
        known: list[str] = list(Reason)
        return Reason(self.reason.data) if self.reason.data in known else None
