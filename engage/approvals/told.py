"""What an approval is about, in words: each room that asks for a second person says it.

In a slice's views::

    tell_of(blueprint, "wave", about_waves, "gates.opening")
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.approvals.models import Approval
from engage.waves.models import Wave
from engage.waves.published import definition_of
from engage.web.access import current_user, permits

KEY = "approval_subjects"
CALLED = {
    "wave": "Opening wave",
    "publication": "Publishing edition",
    "action": "Showing action",
    "quote": "Releasing quote",
    "full_request": "Responses in full, request",
}
"""Of things that are deleted the number alone is known."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked for, in words, and the numbers in the address of its page."""

    words: str
    address: dict[str, Any] = field(default_factory=dict)


Tell = Callable[[Session, Collection[int]], dict[int, Thing]]
"""Things of one kind by number, as far as they are there still."""


@dataclass(frozen=True, slots=True)
class Told:
    """One request in words; `path` is the page of its thing, empty where one may not look."""

    approval: Approval
    about: str
    path: str


def tell_of(blueprint: Blueprint, kind: str, tell: Tell, endpoint: str) -> None:
    """Say how things of a kind are called, and on which page one stands.

    Never with what a respondent wrote: whoever reads what was approved may not read that.
    """

    def add(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(KEY, {})[kind] = (tell, endpoint)

    blueprint.record(add)


def told(session: Session, found: Iterable[Approval]) -> list[Told]:
    """Requests in words, in the same order, for the person who is signed in."""
    listed = list(found)
    rooms: dict[str, tuple[Tell, str]] = current_app.extensions.get(KEY, {})
    numbers: dict[str, set[int]] = {}
    for each in listed:
        kind, number = _parts(each)
        numbers.setdefault(kind, set()).add(number)
    things = {
        f"{kind}:{number}": (thing, rooms[kind][1])
        for kind, asked in numbers.items()
        if kind in rooms
        for number, thing in rooms[kind][0](session, asked).items()
    }
    return [_told(each, *things.get(each.subject, (None, ""))) for each in listed]


def wave_names(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """What waves are called, with their survey."""
    waves = session.scalars(select(Wave).where(Wave.id.in_(numbers)))
    return {each.id: f"{definition_of(each.definition).title}, {each.name}" for each in waves}


def _told(each: Approval, thing: Thing | None, endpoint: str) -> Told:
    if thing is None:
        kind, number = _parts(each)
        return Told(each, f"{CALLED.get(kind, kind)} {number}, which is deleted", "")
    may = permits(current_app.view_functions[endpoint], current_user.role)
    return Told(each, thing.words, url_for(endpoint, **thing.address) if may else "")


def _parts(approval: Approval) -> tuple[str, int]:
    kind, _colon, number = approval.subject.partition(":")
    return kind, int(number)
