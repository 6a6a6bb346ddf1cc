"""The texts of the interface in other languages, read once a process.

English is in the templates and the code themselves; a text that a catalogue does not have stays
English. A catalogue that cannot be read is as good as none: an error page must not need it.
"""

import logging
from gettext import NullTranslations as Plain
from struct import error as StructError  # noqa: N812  it is an exception

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from flask_babel import Babel, Domain

from engage.config import ROOT
from engage.web.language import ENGLISH, language

FOLDER = ROOT / "translations"
logger = logging.getLogger("engage.languages")


class Catalogues(Domain):
    """What `gettext` of Flask-Babel looks texts up in; it would find out the locale each time."""

    def get_translations(self) -> Plain:
        """The texts in the reader's language."""
        return catalogue()


def prepare_catalogues(app: Flask) -> None:
    """Let `_()`, `ngettext()` and `{% trans %}` speak the reader's language."""
    app.extensions["catalogues"] = {ENGLISH.tag: NullTranslations()}
    babel = Babel(app, locale_selector=lambda: language().tag)
    babel.domain_instance = Catalogues()  # type: ignore[no-untyped-call]  # as its base
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of an extension
        gettext=lambda text: catalogue().gettext(text),
        ngettext=lambda one, many, number: catalogue().ngettext(one, many, number),
        pgettext=lambda context, text: catalogue().pgettext(context, text),
        npgettext=lambda context, one, many, number: catalogue().npgettext(
            context, one, many, number
        ),
        newstyle=True,
    )


def catalogue() -> Plain:
    """The texts in the language of this request."""
    kept: dict[str, Plain] = current_app.extensions["catalogues"]
    tag = language().tag
    found = kept.get(tag)
    if found is None:
        found = kept[tag] = _read(tag)
    return found


def _read(tag: str) -> Plain:
    try:
        found = Translations.load(FOLDER, [tag])
    except (OSError, ValueError, StructError) as error:
        logger.error("translations of %s cannot be read: %s", tag, type(error).__name__)  # noqa: TRY400  the text of the error says no more
        return NullTranslations()
    if not isinstance(found, Translations):
        logger.warning("translations of %s are not there: run `make setup`", tag)
    return found
