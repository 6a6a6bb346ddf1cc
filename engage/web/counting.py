"""What counts down below a text box, for the design system's script, in the reader's language.

The script knows its English words itself. It puts the number into a text, by the rules that the
language has for numbers: Polish has words of its own for 2, 3 and 4.
"""

from collections.abc import Callable
from functools import lru_cache

from babel import Locale
from flask import Flask
from flask_babel import gettext, ngettext

from engage.web.language import ENGLISH, language

COUNT = "%{count}"
"""Where the script puts the number."""
ENOUGH = 200
"""Every kind of whole number that a language knows comes before this one."""


def prepare_counting(app: Flask) -> None:
    """Let templates say the words."""
    app.jinja_env.globals.update(counting=counting)


def counting() -> dict[str, str | dict[str, str]]:
    """The texts as the macro of the design system takes them; none for English."""
    if language().tag == ENGLISH.tag:
        return {}
    return {
        "textareaDescriptionText": gettext("You can enter up to %(count)s characters", count=COUNT),
        "charactersUnderLimitText": _by_number(
            lambda number: ngettext(
                "You have %(count)s character remaining",
                "You have %(count)s characters remaining",
                number,
                count=COUNT,
            )
        ),
        "charactersAtLimitText": gettext("You have 0 characters remaining"),
        "charactersOverLimitText": _by_number(
            lambda number: ngettext(
                "You have %(count)s character too many",
                "You have %(count)s characters too many",
                number,
                count=COUNT,
            )
        ),
    }


def _by_number(text: Callable[[int], str]) -> dict[str, str]:
    return {kind: text(number) for kind, number in _kinds(language().tag).items()}


@lru_cache
def _kinds(tag: str) -> dict[str, int]:
    """A number of each kind that a language knows; `other` is needed even where none is."""
    kind_of = Locale.parse(tag).plural_form
    kinds: dict[str, int] = {}
    for number in range(ENOUGH):
        kinds.setdefault(kind_of(number), number)
    kinds.setdefault("other", ENOUGH)
    return kinds
