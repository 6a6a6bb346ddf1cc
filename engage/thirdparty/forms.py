"""The form of a worker's message to casework."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from engage.web.forms import Form

LONGEST = 4000
"""Characters."""


class MessageForm(Form):
    """What a worker writes to casework."""

    words = TextAreaField(
        "Your message",
        [
            InputRequired(message="Write your message"),
            Length(max=LONGEST, message=f"Use {LONGEST} characters or fewer"),
        ],
    )
