"""The form that asks for a file, and the one that asks for the responses in full."""

from datetime import date, timedelta

from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from engage.downloads.kinds import OFFERS, FileKind
from engage.web.forms import Form, choices_of, one_line
from engage.web.templating import in_words


class FileForm(Form):
    """Which file shall be made."""

    kind = RadioField("Which file?", [InputRequired("Choose a file")], choices=[])

    def offer(self, kinds: list[FileKind]) -> None:
        """Let these kinds be chosen."""
        self.kind.choices = [(kind.value, OFFERS[kind].title) for kind in kinds]


class DayField(DateField):
    """A day as browsers send it, with a message that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, if one was sent; raises ValueError, which the form shows."""
        if not any(valuelist):
            return
        try:
            super().process_formdata(valuelist)  # type: ignore[no-untyped-call]  # no types
        except ValueError as error:
            raise ValueError("Enter a day that exists, such as 2026-03-31") from error


class FullForm(Form):
    """What the responses in full are needed for, and until when."""

    purpose = TextAreaField(
        "What do you need them for?",
        [
            InputRequired("Enter what you need them for"),
            one_line,
            Length(min=10, message="Say what you need them for in at least 10 characters"),
            Length(max=500, message="Use at most 500 characters"),
        ],
        filters=[lambda text: " ".join(text.split()) if text else text],
    )
    delete_on = DayField(  # type: ignore[no-untyped-call]  # nor has this
        "When will you have deleted every copy?"
    )

    def limit(self, today: date, last: date) -> None:
        """Take only days after today, up to the last."""
        self.first, self.last = today + timedelta(days=1), last

    def validate_delete_on(self, field: Field) -> None:
        """Check that the day is within the limits."""
        if field.errors:
            return
        if field.data is None:
            raise ValidationError("Enter the day by which you will have deleted every copy")
        if not self.first <= field.data <= self.last:
            raise ValidationError(
                f"Choose a day from {in_words(self.first)} to {in_words(self.last)}"
            )


class AnswerForm(Form):
    """What a second person says to a request that they saw as `digest` says."""

    digest = StringField("What you saw", [InputRequired(), one_line, Length(max=64)])
    answer = RadioField(
        "Do you agree?",
        [InputRequired("Choose yes or no")],
        choices=choices_of([("yes", "Yes, make this file"), ("no", "No")]),
    )
    reason = StringField(
        "Why not?",
        [one_line, Length(max=500, message="Use at most 500 characters")],
    )

    def validate_reason(self, field: Field) -> None:
        """Check that a no says why."""
        if self.answer.data == "no" and not (field.data or "").strip():
            raise ValidationError("Say why not, so that it can be put right")
