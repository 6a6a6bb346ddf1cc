"""The forms about accounts: each carries the version of the account that was looked at."""

from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from engage.accounts.passwords import LONGEST
from engage.people.words import CALLED, ON_OFFER
from engage.sessions.break_glass import LONGEST_REASON
from engage.web.forms import Form, choices_of, one_line
from engage.web.whole_number import whole_number

ROLES = choices_of([(role.value, CALLED[role]) for role in ON_OFFER])


def _words(label: str, empty: str) -> TextAreaField:
    longest = Length(max=LONGEST_REASON, message=f"Use at most {LONGEST_REASON} characters")
    # Blanks alone are no reason.
    return TextAreaField(label, [DataRequired(empty), longest])


class StepForm(Form):
    """A button about one account."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that was looked at; none that there is where the form was bent."""
        return whole_number(self.version.data, 0)


class RoleForm(StepForm):
    """Another role."""

    role = RadioField(
        "Role", choices=ROLES, validators=[InputRequired("Choose a role")], validate_choice=True
    )


class InviteForm(Form):
    """Somebody new."""

    name = StringField(
        "Name",
        [
            InputRequired("Enter the person’s name"),
            one_line,
            Length(max=100, message="A name has at most 100 characters"),
        ],
    )
    email = EmailField(
        "E-mail address",
        [
            InputRequired("Enter the person’s e-mail address"),
            one_line,
            Length(max=254, message="An e-mail address has at most 254 characters"),
        ],
    )
    role = RadioField(
        "Role", choices=ROLES, validators=[InputRequired("Choose a role")], validate_choice=True
    )


class JoinForm(Form):
    """A first or new password."""

    password = PasswordField(
        "Password",
        [
            InputRequired("Enter a password"),
            Length(max=LONGEST, message=f"A password has at most {LONGEST} characters"),
        ],
    )


class BreakGlassForm(Form):
    """Why, and both steps of signing in again."""

    reason = _words("Why you need to act as administrator", "Say why")
    password = PasswordField("Your password", [InputRequired("Enter your password")])
    code = StringField(
        "Code",
        [
            InputRequired("Enter the code"),
            one_line,
            Length(max=40, message="A code has 6 digits"),
        ],
    )


class ReviewForm(Form):
    """What somebody else found."""

    review = _words("What you found", "Say what you found")
