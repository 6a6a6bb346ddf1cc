"""The boxes in which a place is looked for."""

from wtforms import HiddenField, StringField

from engage.web.forms import Form


class SearchForm(Form):
    """Look for a ward by a place; `found_words` are those of the search before."""

    find = StringField()
    find_words = StringField()
    found_words = HiddenField()
