"""The texts of the interface in other languages, read once a process.

English is in the templates and the code themselves; a text that a catalogue does not have stays
English. A catalogue that cannot be read is as good as none: an error page must not need it.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from gettext import NullTranslations as Plain
from struct import error as StructError  # noqa: N812  it is an exception

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from flask_babel import Babel, Domain
from markupsafe import Markup

from engage.config import ROOT
from engage.web.language import ENGLISH, language

FOLDER = ROOT / "translations"
TEXTS = 4096
"""How many texts are kept ready for a page, in all languages together."""
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
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]  # of an extension
    app.jinja_env.globals.update(_for_templates())


def _for_templates() -> dict[str, Callable[..., Markup]]:
    """What `_()` and `{% trans %}` call: a page says dozens of texts, so each is made once."""

    @lru_cache(TEXTS)
    def marked(_tag: str, text: str) -> Markup:
        return Markup(catalogue().gettext(text))  # noqa: S704  no catalogue holds HTML

    @lru_cache(TEXTS)
    def plain(tag: str, text: str) -> Markup:
        return marked(tag, text) % {}

    def gettext(text: str, /, **given: object) -> Markup:
        tag = language().tag
        return marked(tag, text) % given if given else plain(tag, text)

    def ngettext(one: str, many: str, num: int, /, **given: object) -> Markup:
        said = catalogue().ngettext(one, many, num)
        return Markup(said) % {"num": num, **given}  # noqa: S704  as above

    def pgettext(context: str, text: str, /, **given: object) -> Markup:
        return Markup(catalogue().pgettext(context, text)) % given  # noqa: S704  as above

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


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
