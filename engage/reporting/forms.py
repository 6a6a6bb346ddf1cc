"""The forms around a report, beside its questions."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from engage.web.forms import Form


class StartForm(Form):
    """Start, carry on with what is there, or begin anew."""

    carry_on = StringField()


class SendForm(Form):
    """Send a report; `seen` is the version that was checked."""

    seen = HiddenField()


class ReceiptForm(Form):
    """What to do with the code: go on with it, or have none."""

    go = StringField()


class CodeForm(Form):
    """Come back with a code."""

    code = StringField(validators=[InputRequired(_("Write your code: it has 16 digits"))])


class MessageForm(Form):
    """Write to the caseworkers; `seen` is the version of the report that was read."""

    text = StringField(
        validators=[
            InputRequired(_("Write something, then send it")),
            Length(max=4000, message=_("Write 4,000 characters or fewer")),
        ]
    )
    seen = HiddenField()


class NameForm(Form):
    """Add a name later."""

    victim_name = StringField(
        validators=[
            InputRequired(_("Write a name")),
            Length(max=200, message=_("Write 200 characters or fewer")),
        ]
    )
    link_agreed = StringField()
    seen = HiddenField()


class SeenForm(Form):
    """Change something of what was read; `seen` is the version that was."""

    seen = HiddenField()
