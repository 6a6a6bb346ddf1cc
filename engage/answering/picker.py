"""Finding one's ward: from the list, or by a place, a landmark or a postcode nearby.

What is searched for travels in the form's body, is looked up and forgotten: it is in no address,
no log and no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy import Connection

from engage.answering.search_form import SearchForm
from engage.areas.postcodes import plain_postcode
from engage.areas.search import find
from engage.areas.store import ward_names
from engage.core.definition.kinds import PLACE_KINDS, Kind
from engage.core.definition.question import Question
from engage.web.answer_fields import PREFIX

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Picker:
    """What an area question offers. `matches` are pairs of ward code and label.

    For a question about places, `wards` and `matches` are places, and `ticked` what was chosen.

    `found` is the ward of a postcode that is known; the postcode itself is kept nowhere.
    """

    wards: Sequence[tuple[str, str]]
    searched: bool = False
    words: str = ""
    matches: Sequence[tuple[str, str]] = ()
    found: str = ""
    ticked: frozenset[str] = frozenset()


def picker_for(
    connection: Connection, questions: Sequence[Question], *, going_back: bool
) -> Picker | None:
    """The picker of a page with an area question; None on every other page."""
    area = next((question for question in questions if question.kind in PLACE_KINDS), None)
    if area is None:
        return None
    wards = tuple(ward_names(connection).items())
    form = SearchForm()
    words = (form.find_words.data or "").strip()[:LONGEST]
    chosen = bool(request.form.get(PREFIX + area.id))
    # Enter presses the first button, Find, even when a place of the last search was chosen; and
    # somebody who found nothing that fits may go on with the words still in the box.
    known = words == (form.found_words.data or "") and bool(words)
    asked = not (known and chosen) if form.find.data else bool(words) and not chosen and not known
    if area.kind is Kind.POSTCODE:  # it goes before the ward that an earlier visit chose
        asked = bool(words) and not known
    if not asked or going_back:
        return Picker(wards)
    if area.kind is Kind.POSTCODE:
        found = _at_postcode(connection, words)
        return Picker(wards, searched=not found, words=words, found=found)
    return Picker(wards, searched=True, words=words, matches=_matches(connection, words))


def _at_postcode(connection: Connection, words: str) -> str:
    """The ward that a postcode lies in; empty when it is not known, or is none."""
    matches = find(connection, words) if plain_postcode(words) else []
    return next((match.ward_code for match in matches if match.kind == "postcode"), "")


def _matches(connection: Connection, words: str) -> list[tuple[str, str]]:
    """One choice a ward, naming the places in it that were found."""
    places: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for match in find(connection, words):
        names[match.ward_code] = match.ward_name
        listed = places.setdefault(match.ward_code, [])
        if match.name != match.ward_name:
            listed.append(match.name)
    return [
        (code, f"{name} ({', '.join(places[code])})" if places[code] else name)
        for code, name in names.items()
    ]
