"""Requests whose files never touch a disk: the library would put large ones in temporary files."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, TypeVar

from flask import Request, abort, request
from flask_babel import gettext

View = TypeVar("View", bound=Callable[..., object])

EVIDENCE = "evidence"
Known = Callable[[], bool]


class InMemoryRequest(Request):
    """A request that keeps what is sent with it in memory until it has been answered."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002  the library's own signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def takes_evidence(most: int, known: Known) -> Callable[[View], View]:
    """Let those who are `known` send a page files, the whole form of at most `most` bytes.

    Whoever is not known sends no more than any other form: memory is given to those who have
    opened something, not to everybody on the internet.
    """

    def mark(view: View) -> View:
        setattr(view, EVIDENCE, (most, known))
        return view

    return mark


def admit_evidence(view: object) -> bool:
    """Whether this request may carry files to the view; answers 413 to one that is too large.

    It is refused by the length that it says, before any of it is read; one that does not say its
    length is read no further than the limit.
    """
    most, known = getattr(view, EVIDENCE, (0, None))
    if not most or request.mimetype != "multipart/form-data" or not (known and known()):
        return False
    if (request.content_length or 0) > most:
        abort(
            413,
            gettext(
                "These files are too large. Send up to 5 files, each of 10 MB at most. "
                "Go back and choose fewer, or smaller ones. What you had saved is still there."
            ),
        )
    request.max_content_length = most
    return True
