"""What each place brought, as managers see it: how many, unless they are few; never when or who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.links.models import Link

FEWEST = 5
"""Fewer answers than this are not counted out: somebody may know who stood there."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place with its short address; no address where only paper came from there."""

    name: str
    code: str
    address: str
    active: bool
    answers: str


def in_words(number: int) -> str:
    """How many answers, or that they are few."""
    return f"fewer than {FEWEST}" if number < FEWEST else f"{number:,}"


def places(links: Iterable[Link], counted: Mapping[str, int], public_url: str) -> list[Place]:
    """Every place with a link or an answer, by name."""
    found = [
        Place(
            name=link.place,
            code=link.code,
            address=short_address(public_url, link.code),
            active=link.active,
            answers=in_words(counted.get(link.place, 0)),
        )
        for link in links
    ]
    linked = {place.name for place in found}
    found += [
        Place(name=name, code="", address="", active=False, answers=in_words(number))
        for name, number in counted.items()
        if name not in linked
    ]
    return sorted(found, key=lambda place: place.name.casefold())


def short_address(public_url: str, code: str) -> str:
    """The address that a link is known by."""
    return f"{public_url.rstrip('/')}/go/{code}"
