"""The language in which a page is shown: chosen by the reader, kept in the session cookie."""

from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request, session

from engage.config import Settings

CHOSEN = "language"
"""What the choice is called in the session cookie."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the public pages. Only the demonstration shows one that is not `reviewed`.

    `reading_of` is the code of the language that this is another reading of, in easier words:
    its questions have words of their own, the pages around them have not.
    """

    code: str
    name: str
    direction: str = "ltr"
    reviewed: bool = False
    reading_of: str = ""

    @property
    def tag(self) -> str:
        """What browsers, dates and catalogues call it."""
        return self.reading_of or self.code


ENGLISH = Language("en", "English", reviewed=True)
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("pl", "Polski"),
    Language("ur", "اردو", direction="rtl"),
)


def prepare_languages(app: Flask) -> None:
    """Let templates know the reader's language, and answers name it."""
    app.jinja_env.globals.update(language=language, languages=languages)
    app.after_request(_name_language)


def offered() -> tuple[Language, ...]:
    """The languages that this site may show."""
    settings: Settings = current_app.extensions["settings"]
    return tuple(each for each in LANGUAGES if each.reviewed or settings.demo)


def languages() -> tuple[Language, ...]:
    """The languages to choose from on a page; other readings of one are chosen where they are."""
    return tuple(each for each in offered() if not each.reading_of) if for_everyone() else ()


def language() -> Language:
    """The language of this request; English on staff pages and where none was chosen."""
    found: Language | None = g.get("language")
    if found is None:
        wanted = session.get(CHOSEN) if for_everyone() else None
        found = next((each for each in offered() if each.code == wanted), ENGLISH)
        g.language = found
    return found


def speak_english() -> None:
    """Go on in English, whatever was chosen."""
    g.language = ENGLISH


def for_everyone() -> bool:
    """Whether the page is for the public, and so in the reader's language."""
    return not f"{request.path}/".startswith("/staff/")


def _name_language(answer: Response) -> Response:
    """Say in which language a page is, where one was asked for while it was made."""
    found: Language | None = g.get("language")
    if found and answer.mimetype == "text/html":
        answer.headers.setdefault("Content-Language", found.tag)
    return answer
