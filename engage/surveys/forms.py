"""The forms of the public path beside the questions themselves."""

from wtforms import HiddenField, StringField

from engage.web.forms import Form


class StartForm(Form):
    """Start, carry on with the answers that are there, or begin anew."""

    carry_on = StringField()


class SendForm(Form):
    """Send the answers; `draft` says of which draft the page was."""

    draft = HiddenField()


class DeleteForm(Form):
    """Delete the answers that were not sent."""


class SearchForm(Form):
    """Look for a ward by a place; `found_words` are those of the search before."""

    find = StringField()
    find_words = StringField()
    found_words = HiddenField()
