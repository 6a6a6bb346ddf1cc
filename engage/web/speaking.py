"""Writing in the language of somebody who is not the reader of this page: for messages."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from engage.web.language import ENGLISH, choice_of


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Let `gettext` and dates speak a language, in a request or in the worker.

    `code` is that of a language; one that this site may not show is English.
    """
    before = g.get("language")
    g.language = choice_of(code) or ENGLISH
    try:
        yield
    finally:
        g.language = before
