"""Where a survey leads on to once its answers are sent, as other parts of the site may say.

A part registers a function that is asked with the id of the questionnaire. Nothing is remembered
in the browser: who answered and what they do next have nothing to do with each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from flask.sansio.app import App

KEY = "led_on"


@dataclass(frozen=True, slots=True)
class Onward:
    """A link in the reader's language: what it says before, its words, and where it leads."""

    text: str
    words: str
    address: str


Finder = Callable[[str], Onward | None]


def lead_on(app: App, find: Finder) -> None:
    """Let a part of the site say where a questionnaire leads on to."""
    app.extensions.setdefault(KEY, []).append(find)
    app.jinja_env.globals["led_on"] = led_on


def led_on(questionnaire: str) -> Onward | None:
    """Where a questionnaire leads on to; None where it ends."""
    finders: list[Finder] = current_app.extensions.get(KEY, [])
    return next((found for find in finders if (found := find(questionnaire))), None)
