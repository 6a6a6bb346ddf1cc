"""The form that asks for a comparison of wards."""

from engage.web.forms import Form


class CompareForm(Form):
    """Its fields depend on the wards on record; the token shows that it was sent from our page."""
