"""Finding the ward that people mean: by its name, by a place in it, by a postcode.

What someone types here can be close to where they live. It is never logged, never stored, and
a postcode is never given back.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, or_, select

from engage.areas.models import Place, Postcode, Ward
from engage.areas.postcodes import plain_postcode
from engage.areas.store import Source, ward_names
from engage.areas.text import fold

LONGEST = 100
"""Characters of a search that are looked at: no name is longer than that and a few more."""


@dataclass(frozen=True, slots=True)
class Match:
    """Something that fits the words, and the ward it means.

    `kind` is `ward`, `postcode` or the place's own kind.
    """

    name: str
    kind: str
    ward_code: str
    ward_name: str


def find(source: Source, words: str, limit: int = 10) -> list[Match]:
    """At most `limit` wards and places whose names hold every one of the words, best first.

    Names that begin with the words come before names in which another word does, and these
    before the rest. A single character must begin a word. A postcode that is on record finds
    its ward alone, shown by the ward's name.
    """
    postcode = plain_postcode(words[:LONGEST])
    if postcode and (match := _at_postcode(source, postcode)):
        return [match]
    wanted = fold(words[:LONGEST])
    if not wanted or limit < 1:
        return []
    wards = ward_names(source)
    found = [
        (rank, 0, name, Match(name, "ward", code, name))
        for code, name in wards.items()
        if (rank := _rank(fold(name), wanted)) is not None
    ]
    found += [
        (rank, 1, match.name, match)
        for match, search in _places(source, wanted, limit)
        if (rank := _rank(search, wanted)) is not None
    ]
    return [match for *_order, match in sorted(found, key=lambda each: each[:3])[:limit]]


def _rank(name: str, wanted: str) -> int | None:
    """How well a folded name fits: 0 begins with it, 1 a word does, 2 holds it, None not at all."""
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    if len(wanted) > 1 and all(word in name for word in wanted.split()):
        return 2
    return None


def _places(source: Source, wanted: str, limit: int) -> list[tuple[Match, str]]:
    """The best places for folded words; folding left no character that LIKE reads as its own."""
    holds: ColumnElement[bool]
    begins = Place.search.like(f"{wanted}%")
    word_begins = Place.search.like(f"% {wanted}%")
    holds = and_(*(Place.search.like(f"%{word}%") for word in wanted.split()))
    if len(wanted) == 1:
        holds = or_(begins, word_begins)
    query = (
        select(Place.name, Place.kind, Place.ward_code, Ward.name, Place.search)
        .join(Ward, Ward.code == Place.ward_code)
        .where(holds)
        .order_by(case((begins, 0), (word_begins, 1), else_=2), Place.name, Place.id)
        .limit(limit)
    )
    return [(Match(*columns), search) for *columns, search in source.execute(query)]


def _at_postcode(source: Source, postcode: str) -> Match | None:
    query = (
        select(Ward.code, Ward.name)
        .join(Postcode, Postcode.ward_code == Ward.code)
        .where(Postcode.code == postcode)
    )
    row = source.execute(query).first()
    return Match(row.name, "postcode", row.code, row.name) if row else None
