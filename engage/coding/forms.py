"""The forms of coding: looking, giving codes, redacting, proposing and deciding about quotes."""

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional

from engage.web.forms import Form, one_line

STEPS = ("reword", "retire", "merge")
DECISIONS = ("release", "refuse", "take_back")
BIG = 2**31 - 1


def _version() -> IntegerField:
    return IntegerField(validators=[InputRequired(), NumberRange(0, BIG)])


class SearchForm(Form):
    """What is looked for; sent, so that it stands in no address."""

    words = StringField(
        "Words to look for",
        [Length(max=200, message="Use 200 characters or fewer"), one_line],
    )
    page = IntegerField("Page", [Optional(), NumberRange(1, 10_000, "There is no such page")])


class CodesForm(Form):
    """The codes of one text."""

    codes = SelectMultipleField("Codes", coerce=int, validate_choice=False, choices=[])
    version = _version()


class RedactionForm(Form):
    """A text with marks around what has to go."""

    marked = TextAreaField("The text")
    version = _version()


class QuoteForm(Form):
    """Words of a redacted text, and what is said of who wrote them."""

    words = TextAreaField(
        "Words of the quote",
        [
            DataRequired("Copy the words of the quote"),
            Length(max=600, message="Use 600 characters or fewer"),
        ],
    )
    about = RadioField("What is said of who wrote it", choices=[], validate_choice=False)


class CodeForm(Form):
    """A code: what it is called, and what belongs there."""

    label = StringField(
        "Label",
        [
            DataRequired("Enter a label"),
            one_line,
            Length(max=80, message="Use 80 characters or fewer"),
        ],
    )
    belongs = TextAreaField(
        "What belongs there",
        [
            DataRequired("Say what belongs there, so that two people code alike"),
            Length(max=300, message="Use 300 characters or fewer"),
        ],
    )
    version = _version()


class StepForm(Form):
    """A step with one code: another wording, no longer offered, part of another."""

    step = StringField(validators=[AnyOf(STEPS, "Press one of the buttons")])
    label = StringField("Label", [Length(max=80, message="Use 80 characters or fewer"), one_line])
    belongs = TextAreaField(
        "What belongs there", [Length(max=300, message="Use 300 characters or fewer")]
    )
    into = SelectField("Part of", coerce=int, choices=[], validate_choice=False)
    version = _version()


class DecisionForm(Form):
    """What somebody decides about a quote."""

    decision = StringField(validators=[AnyOf(DECISIONS, "Press one of the buttons")])
    digest = HiddenField(default="")
    reason = StringField(
        "Why you refuse", [Length(max=500, message="Use 500 characters or fewer"), one_line]
    )
