"""The forms of the gates: what a person signs, and what a second one decides."""

from datetime import date
from typing import Any

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from engage.approvals.store import LONGEST_REASON
from engage.web.day_field import DayField
from engage.web.forms import Form, one_line
from engage.web.whole_number import whole_number

TOO_LONG = f"Shorten the reason to {LONGEST_REASON} characters"


class GateForm(Form):
    """What every gate's form has: which version of what is signed the page showed."""

    seen = HiddenField()

    @property
    def version_seen(self) -> int:
        """The version that the page showed; -1, which none has, where it does not say."""
        return whole_number(self.seen.data, -1)

    def facts(self) -> dict[str, Any]:
        """What is signed; ask only when the form is valid."""
        raise NotImplementedError

    def fits(self, _today: date) -> bool:
        """Whether its valid fields fit together and with today; blames those that do not."""
        return True


class PointsForm(GateForm):
    """The points that were done, by their names."""

    points = SelectMultipleField(
        "What was done",
        [DataRequired("Tick what was done. Nothing is ticked, so there is nothing to sign")],
        choices=[],
        validate_choice=False,
    )

    def facts(self) -> dict[str, Any]:
        """The points, in no order of their own."""
        return {"points": sorted(set(self.points.data or ()))}


class ReasonForm(GateForm):
    """Why hard words have to stay."""

    reason = TextAreaField(
        "Why the words have to stay as they are",
        [DataRequired("Say why"), Length(max=LONGEST_REASON, message=TOO_LONG)],
    )

    def facts(self) -> dict[str, Any]:
        """The reason in one line."""
        return {"reason": " ".join((self.reason.data or "").split())}


class ImpactForm(GateForm):
    """Where a data protection impact assessment lies, who agreed to it, and when."""

    reference = StringField(
        "Reference",
        [
            DataRequired("Enter its reference, such as DPIA 2027-03"),
            one_line,
            Length(max=60, message="The reference has more than 60 characters: shorten it"),
        ],
    )
    agreed_by = StringField(
        "Who agreed to it",
        [
            DataRequired("Enter the post or the body that agreed to it"),
            one_line,
            Length(max=80, message="This has more than 80 characters: shorten it"),
        ],
    )
    agreed_on = DayField("When it was agreed", missing="Enter the day on which it was agreed")
    review_on = DayField("When it is to be reviewed", missing="Enter the day of its review")

    def fits(self, today: date) -> bool:
        """Whether it was agreed by now, and is reviewed after that."""
        if self.agreed_on.data > today:
            said = "This day is yet to come: enter the day on which it was agreed"
            self.blame("agreed_on", said)
        if self.review_on.data <= self.agreed_on.data:
            self.blame("review_on", "Enter a day of review after the day on which it was agreed")
        return not self.errors

    def facts(self) -> dict[str, Any]:
        """Reference, body and both days."""
        return {
            "reference": " ".join(self.reference.data.split()),
            "agreed_by": " ".join(self.agreed_by.data.split()),
            "agreed_on": self.agreed_on.data.isoformat(),
            "review_on": self.review_on.data.isoformat(),
        }


class DecisionForm(Form):
    """Ask for a second person's yes, give it, refuse it, or go without where there is nobody.

    `digest` is of the state that the page showed.
    """

    digest = HiddenField()
    answer = StringField(validators=[AnyOf(["ask", "agree", "refuse", "waive"])])
    reason = TextAreaField("Reason", [Length(max=LONGEST_REASON, message=TOO_LONG)])
