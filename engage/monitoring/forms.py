"""The form below a marked response: what somebody decides about it, and why."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from engage.responses.review_models import Decision
from engage.web.forms import Form, choices_of, one_line

WAYS = {
    Decision.KEEP: "Keep it: the figures use it",
    Decision.LEAVE_OUT: "Leave it out: the figures do not use it",
    Decision.UNDONE: "Undo what was decided",
}


class ReviewForm(Form):
    """A decision with its reason; `seen` is the version of what the person had before them."""

    seen = IntegerField("Seen", [InputRequired(), NumberRange(0, 2**31 - 1)])
    decision = RadioField(
        "What should be done with it?",
        [InputRequired("Choose what should be done with it")],
        choices=choices_of((each.value, said) for each, said in WAYS.items()),
    )
    reason = StringField(
        "Why?",
        [
            DataRequired("Say why, in a few words"),
            one_line,
            Length(max=200, message="Use at most 200 characters"),
        ],
        filters=[lambda text: " ".join(text.split()) if text else text],
    )
