"""The base of hand-written forms: Flask-WTF's, with types, and its faults as a page shows them."""

from collections.abc import Iterable
from functools import lru_cache

from babel.support import NullTranslations, Translations
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.i18n import messages_path
from wtforms.validators import Regexp, StopValidation

from engage.web.language import language


class Form(FlaskForm):
    """A form for one page; its fields are class attributes, in the order of the page."""

    class Meta(FlaskForm.Meta):
        """How the library makes the form."""

        def get_translations(self, _form: FlaskForm) -> NullTranslations:
            """The library's own texts; it would read their file again for every request."""
            return _texts(language().tag)

    def __init__(self, **given: object) -> None:
        """Bind what was sent; `given` are the values shown before anything is."""
        super().__init__(**given)  # type: ignore[no-untyped-call]  # it has no types

    def sent_and_valid(self) -> bool:
        """Whether the form was sent and every field passes its checks."""
        return bool(super().validate_on_submit())  # type: ignore[no-untyped-call]  # nor has this

    @property
    def summary(self) -> list[dict[str, str]]:
        """Each fault with a link to its field, for the error summary at the top of the page."""
        return [
            {"text": str(field.errors[0]), "href": f"#{field.id}"} for field in self if field.errors
        ]

    def blame(self, name: str, message: str) -> None:
        """Hold a fault that was found later against a field."""
        field = self[name]
        field.errors = [*field.errors, message]


class SeenForm(Form):
    """A form on what others change too; `seen` is the version that the person had before them."""

    seen = HiddenField("Seen", [Regexp(r"[0-9]{1,9}\Z", message="Open the page again")])

    @property
    def seen_version(self) -> int:
        """The version that was seen; call it on a valid form."""
        return int(self.seen.data or 0)


class PressForm(Form):
    """A button and nothing to fill in; the token shows that it was pressed on our page."""


@lru_cache
def _texts(tag: str) -> NullTranslations:
    return Translations.load(messages_path(), [tag], domain="wtforms")


def one_line(_form: FlaskForm, field: Field) -> None:
    """Check a short text: no line breaks, and nothing that cannot be seen or stored."""
    if field.data and not field.data.isprintable():
        raise StopValidation(gettext("Remove line breaks and characters that cannot be printed"))


def choices_of(named: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """The choices of a field: each value with its label."""
    return [SelectChoice(value=value, label=label) for value, label in named]
