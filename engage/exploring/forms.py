"""The form of this slice: its fields are as many as a wave has questions, so only its token is."""

from engage.web.forms import Form


class AskForm(Form):
    """Shows that the button was on our page; what is asked is checked against the wave."""
