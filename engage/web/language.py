"""The language in which a page is shown: chosen by the reader, kept in the session cookie."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, session
from flask_babel import Babel

from engage.config import ROOT, Settings

CHOSEN = "language"
"""What the choice is called in the session cookie."""
FOLDER = ROOT / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the public pages. Only the demonstration shows one that is not `reviewed`."""

    code: str
    name: str
    direction: str = "ltr"
    reviewed: bool = False


ENGLISH = Language("en", "English", reviewed=True)
LANGUAGES: tuple[Language, ...] = (ENGLISH,)


def prepare_languages(app: Flask) -> None:
    """Let templates and messages speak the reader's language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(FOLDER)
    Babel(app, locale_selector=lambda: language().code)
    app.jinja_env.globals.update(language=language)


def offered() -> tuple[Language, ...]:
    """The languages that this site may show."""
    settings: Settings = current_app.extensions["settings"]
    return tuple(each for each in LANGUAGES if each.reviewed or settings.demo)


def language() -> Language:
    """The language of this request; English on staff pages and where none was chosen."""
    found: Language | None = g.get("language")
    if found is None:
        wanted = session.get(CHOSEN) if _for_everyone() else None
        found = next((each for each in offered() if each.code == wanted), ENGLISH)
        g.language = found
    return found


def _for_everyone() -> bool:
    """Whether the page is for the public, and so in the reader's language."""
    return not request.path.startswith("/staff")
