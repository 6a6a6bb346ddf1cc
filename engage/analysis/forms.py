"""The form that asks for new figures: a button."""

from engage.web.forms import Form


class RefreshForm(Form):
    """Nothing to fill in; the token shows that the button was on our page."""
