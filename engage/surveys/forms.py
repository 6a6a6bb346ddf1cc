"""The forms of the public path beside the questions themselves."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, StringField
from wtforms.validators import Length, Regexp, ValidationError

from engage.web.forms import Form


def is_address(_form: Form, field: StringField) -> None:
    """Refuse what is no e-mail address; whether it receives mail is not asked of the network.

    The name of a place in letters other than ours becomes what mail servers call it.
    """
    try:
        found = validate_email(
            str(field.data or ""), check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError as error:
        message = gettext("Enter an e-mail address, like name@example.com")
        raise ValidationError(message) from error
    field.data = found.ascii_email


class StartForm(Form):
    """Start, carry on with the answers that are there, or begin anew."""

    carry_on = StringField()
    detail = StringField()  # people cannot see it: `surveys/leave_empty.html`
    shown = HiddenField()
    proof = HiddenField()


class SendForm(Form):
    """Send the answers; `draft` says of which draft the page was, and what it was like."""

    draft = HiddenField()
    detail = StringField()  # as above


class CodeForm(Form):
    """Make a code of words; `seed` makes it the same if the form is sent twice.

    `instead` names the code that there was when the page was shown.
    """

    seed = HiddenField(validators=[Regexp(r"^[\w-]{20,60}$")])
    instead = HiddenField()


class MailForm(CodeForm):
    """Send the code of the page to an address."""

    address = StringField(
        validators=[
            Length(max=254, message=lazy_gettext("This address is too long")),
            is_address,
        ]
    )


class ReturnForm(Form):
    """Come back with a code of words."""

    code = StringField()


class InvitationForm(Form):
    """Come in with a one-time code."""

    invitation = StringField()


class AwayForm(Form):
    """Stop on this device; the answers stay under their code."""
