"""The forms to sign in, to sign out and to end a session."""

from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from engage.accounts.passwords import LONGEST
from engage.web.forms import Form, one_line


def known_password(label: str, empty: str) -> PasswordField:
    """The box for a password that somebody has; `empty` is said when nothing is in it."""
    longest = Length(max=LONGEST, message=f"A password has at most {LONGEST} characters")
    return PasswordField(label, [InputRequired(empty), longest])


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
    password = known_password("Password", "Enter your password")


class CodeForm(Form):
    """The code of the generator, or a spare one."""

    code = StringField(
        "Code",
        [
            InputRequired("Enter the code"),
            one_line,
            Length(max=40, message="A code has 6 digits, or 16 letters and digits"),
        ],
    )


class UnlockForm(Form):
    """The password again; `kept` is what was written before, locked."""

    kept = HiddenField()
    password = known_password("Password", "Enter your password")


class PasswordForm(Form):
    """The password as it is and as it shall be."""

    password = known_password("Your password now", "Enter your password as it is now")
    new = PasswordField("New password", [InputRequired("Enter a new password")])


class SpareCodesForm(Form):
    """The password, without which nobody at an open session gets codes to sign in with."""

    password = known_password("Your password", "Enter your password")
