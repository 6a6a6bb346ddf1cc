"""Marks that a translator moves about in a sentence, as whole tags: no catalogue holds HTML.

In a template::

    {% trans home=link("/"), end=link_end %}Go to the {{ home }}home page{{ end }}.{% endtrans %}
"""

from flask import Flask
from markupsafe import Markup

from engage.web.language import ENGLISH, LANGUAGES

HIDDEN = Markup('<span class="govuk-visually-hidden">')
HIDDEN_END = Markup("</span>")
LINK_END = Markup("</a>")
GAP = "\ue000"
"""Stands in a text for what is put there later; a character for private use, in no text of ours."""


def prepare_marks(app: Flask) -> None:
    """Give templates the marks."""
    app.jinja_env.globals.update(
        link=link,
        link_end=LINK_END,
        ltr=ltr,
        said_in=said_in,
        words_in=words_in,
        hidden=HIDDEN,
        hidden_end=HIDDEN_END,
        gap=GAP,
    )


def link(address: str) -> Markup:
    """The beginning of a link; a site elsewhere is not told where its reader came from."""
    away = Markup(' rel="noreferrer"') if address.startswith("https:") else ""
    number = Markup(' dir="ltr"') if address.startswith("tel:") else ""
    return Markup('<a class="govuk-link"{}{} href="{}">').format(away, number, address)


def ltr(words: object) -> Markup:
    """Words that read from left to right in any script, such as a telephone number."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(words)


def said_in(code: str) -> Markup:
    """The attributes of an element whose words are in a language, whatever the page's own is."""
    found = next((each for each in LANGUAGES if each.code == code), ENGLISH)
    return Markup('lang="{}" dir="{}"').format(found.tag, found.direction)


def words_in(words: object, code: str) -> Markup:
    """Words in a language among those of the page, such as the title of a pledge in a link."""
    return Markup("<bdi {}>{}</bdi>").format(said_in(code), words)
