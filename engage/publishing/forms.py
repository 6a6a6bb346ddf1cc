"""The forms of publishing: what to publish, when, and why not."""

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from engage.web.day_field import DayField
from engage.web.forms import Form, one_line

LONGEST = 500
TOO_LONG = f"This has more than {LONGEST} characters: shorten it"


class ChooseForm(Form):
    """What of a wave's figures is to come out; a note is needed from the second edition on."""

    indicators = SelectMultipleField("Figures", [InputRequired("Choose at least one figure")])
    breakdowns = SelectMultipleField("Groups", [InputRequired("Choose at least one way to group")])
    note = TextAreaField("What this edition changes", [Length(max=LONGEST, message=TOO_LONG)])


class AskForm(Form):
    """When it is to come out; the version is that of the page which was looked at."""

    version = HiddenField()
    day = DayField("Day", missing="Enter the day on which it is to come out")
    time = StringField("Time in the UK", [DataRequired("Enter a time, such as 9:30"), one_line])


class DecideForm(Form):
    """A second person's yes, which is to what they were shown, or why not."""

    digest = HiddenField()
    looked = BooleanField("I have looked at the preview", [InputRequired("Look at the preview")])


class WhyForm(Form):
    """A reason, of a version or of a digest."""

    version = HiddenField()
    digest = HiddenField()
    why = TextAreaField("Reason", [DataRequired("Say why"), Length(max=LONGEST, message=TOO_LONG)])


class ConfirmForm(Form):
    """A step on one version."""

    version = HiddenField()
