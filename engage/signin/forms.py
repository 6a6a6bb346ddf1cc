"""The sign-in form."""

from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from engage.accounts.passwords import LONGEST
from engage.web.forms import Form


class SignInForm(Form):
    """E-mail address and password, as a password manager fills them in."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address"), Length(max=254)],
    )
    password = PasswordField(
        "Password",
        [
            InputRequired("Enter your password"),
            Length(max=LONGEST, message=f"A password has at most {LONGEST} characters"),
        ],
    )
