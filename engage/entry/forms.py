"""The form that opens a batch, and the one that confirms a step."""

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from engage.entry.models import LONGEST_LABEL
from engage.links.models import LONGEST_PLACE
from engage.responses.models import Mode
from engage.web.forms import Form, one_line

MODES = {
    Mode.PAPER: "On paper",
    Mode.PHONE: "By phone: you read the questions out",
    Mode.KIOSK: "At a stall: you type for somebody beside you",
}


class BatchForm(Form):
    """A pile of forms of one wave, filled in in the same way at the same place."""

    wave = RadioField(
        "Wave", [InputRequired("Choose a wave")], choices=[], coerce=str, validate_choice=True
    )
    mode = RadioField(
        "How the forms were filled in",
        [AnyOf([*MODES], "Choose one of the ways listed")],
        choices=[SelectChoice(value=mode.value, label=label) for mode, label in MODES.items()],
        default=Mode.PAPER.value,
        validate_choice=False,
    )
    label = StringField(
        "What you call this pile",
        [
            DataRequired("Enter a name, such as Saturday market"),
            one_line,
            Length(max=LONGEST_LABEL, message=f"Use {LONGEST_LABEL} characters or fewer"),
        ],
    )
    source = StringField(
        "Place that the forms came from (optional)",
        [
            Optional(),
            one_line,
            Length(max=LONGEST_PLACE, message=f"Use {LONGEST_PLACE} characters or fewer"),
        ],
    )
    language = SelectField("Language of the forms", choices=[], default="en")
