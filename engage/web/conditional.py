"""A page that a browser keeps, and asks about each time it is opened."""

import hashlib
from collections.abc import Callable, Iterable

from flask import make_response, request
from werkzeug.wrappers import Response

from engage.web.headers import ASKED_AGAIN
from engage.web.language import language


def unless_same(version: Iterable[str], page: Callable[[], str]) -> Response:
    """The page, or 304 where the browser has it: `version` tells all that the page would show.

    The language is told with it. Never for what tells of one person.
    """
    written = "\n".join([language().code, *version])
    tag = hashlib.sha256(written.encode()).hexdigest()[:32]
    same = request.if_none_match.contains(tag)
    answer: Response = make_response("", 304) if same else make_response(page())
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Vary"] = "Cookie"
    return answer
