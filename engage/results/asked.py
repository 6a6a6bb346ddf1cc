"""Which edition an address asks for: the newest of a wave, or one by its number."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import abort, make_response, request
from werkzeug.wrappers import Response

from engage.extensions import db
from engage.published import store
from engage.published.edition import Published
from engage.web.headers import ASKED_AGAIN
from engage.web.language import language

SHOWN_AS = 5
"""Raised when the pages show the same figures in another way, so that browsers ask anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An edition that came out, among all of its wave, the newest first.

    `base` is the address below which its files and pictures are.
    """

    edition: Published
    editions: Sequence[Published]
    base: str

    @property
    def newest(self) -> Published:
        """The edition that stands now."""
        return self.editions[0]

    @property
    def next(self) -> Published | None:
        """The edition that took its place."""
        later = [each for each in self.editions if each.edition > self.edition.edition]
        return later[-1] if later else None

    @property
    def gone(self) -> Published | None:
        """What was taken back, if that hides it: itself, or what stands now."""
        return next((each for each in (self.edition, self.newest) if each.withdrawn), None)

    @property
    def version(self) -> list[str]:
        """What changes when the pages of the edition do."""
        of = (self.edition, self.newest)
        return [f"{each.id} {each.state} {each.digest} {each.said}" for each in of]


def asked(slug: str, wave_id: int, number: int | None) -> Asked:
    """The edition of that number, or without one the newest; 404 where there is none."""
    editions = store.editions(db.session(), wave_id)
    wanted = (each for each in editions if number in {None, each.edition} and each.slug == slug)
    edition = next(wanted, None) or abort(404)
    below = f"/results/{slug}/{wave_id}"
    return Asked(edition, editions, edition.address if number is not None else below)


def standing(slug: str, wave_id: int, number: int | None) -> Asked:
    """The same, of which the figures may be shown."""
    found = asked(slug, wave_id, number)
    return abort(404) if found.gone else found


def word(name: str) -> str:
    """What the address says after `?` by that name."""
    return request.args.get(name, "")


def unless_same(version: Sequence[str], page: Callable[[], str | bytes]) -> Response:
    """The page, or that the browser has it already, told by what it would show."""
    written = "\n".join([str(SHOWN_AS), language().code, *version])
    tag = hashlib.sha256(written.encode()).hexdigest()[:32]
    same = request.if_none_match.contains(tag)
    answer: Response = make_response("", 304) if same else make_response(page())
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Vary"] = "Cookie"
    return answer
