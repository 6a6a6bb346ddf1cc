"""The language in which a page is shown: chosen by the reader, kept in the session cookie."""

from collections.abc import Container
from dataclasses import dataclass

from flask import Flask, Response, g, has_request_context, request, session

from engage.extensions import site_settings

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
    Language("easy", "Easy Read", reviewed=True, reading_of="en"),
)


def prepare_languages(app: Flask) -> None:
    """Let templates know the reader's language, and answers name it."""
    app.jinja_env.globals.update(
        language=language, languages=languages, other_reading=other_reading
    )
    app.after_request(_name_language)


def offered() -> tuple[Language, ...]:
    """The languages that this site may show."""
    settings = site_settings()
    return tuple(each for each in LANGUAGES if each.reviewed or settings.demo)


def languages() -> tuple[Language, ...]:
    """The languages to choose from on a page, and the other readings that its survey has."""
    if not for_everyone():
        return ()
    spoken: Container[str] | None = g.get("spoken")
    return tuple(
        each
        for each in offered()
        if (not each.reading_of if spoken is None else each.code in spoken)
    )


def other_reading() -> Language | None:
    """What a page can be read as instead: easier words than these, or the usual ones again."""
    now, spoken = language(), g.get("spoken", ())
    if now.reading_of:
        return next(each for each in LANGUAGES if each.code == now.reading_of)
    easier = (each for each in offered() if each.reading_of == now.code and each.code in spoken)
    return next(easier, None)


def language() -> Language:
    """The language of this request; English on staff pages and where none was chosen."""
    found: Language | None = g.get("language")
    if found is None:
        wanted = session.get(CHOSEN) if for_everyone() else None
        found = next((each for each in offered() if each.code == wanted), ENGLISH)
        g.language = found
    return found


def keep_to(spoken: Container[str]) -> None:
    """Make a page whose words are in some languages only: English, if the chosen one is not."""
    g.spoken = spoken
    if language().code not in spoken:
        speak_english()


def choice_of(code: str) -> Language | None:
    """The language of that code, if this site may show it."""
    return next((each for each in offered() if each.code == code), None)


def choose(code: str) -> bool:
    """Remember a language for this browser; False when this site may not show it."""
    found = choice_of(code)
    if found is None:
        return False
    if found is ENGLISH:
        session.pop(CHOSEN, None)
    else:
        session[CHOSEN] = found.code
    g.language = found
    return True


def speak_english() -> None:
    """Go on in English, whatever was chosen."""
    g.language = ENGLISH


def for_everyone() -> bool:
    """Whether the page is for the public, and so in the reader's language.

    Where there is no page, as in the worker, there is no reader either.
    """
    return has_request_context() and not f"{request.path}/".startswith("/staff/")


def _name_language(answer: Response) -> Response:
    """Say in which language a page is, where one was asked for while it was made."""
    found: Language | None = g.get("language")
    if found and answer.mimetype == "text/html" and "Content-Language" not in answer.headers:
        answer.headers.add("Content-Language", found.tag)
    return answer
