"""The forms to sign in, to sign out and to end a session."""

from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from engage.accounts.passwords import LONGEST
from engage.web.forms import Form, one_line


class SignInForm(Form):
    """E-mail address and password, as a password manager fills them in."""

    email = EmailField(
        "E-mail address",
        [
            InputRequired("Enter your e-mail address"),
            one_line,
            Length(max=254, message="An e-mail address has at most 254 characters"),
        ],
    )
    password = PasswordField(
        "Password",
        [
            InputRequired("Enter your password"),
            Length(max=LONGEST, message=f"A password has at most {LONGEST} characters"),
        ],
    )


class PressForm(Form):
    """A button and nothing to fill in; the token shows that it was pressed on our page."""
