"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from engage.accounts.passwords import LONGEST


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
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
