"""An event as its pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from engage.clock import end_of_day
from engage.events import service, store, when
from engage.events.programme import Counted


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event with its times in words; `paragraphs` are those of its text."""

    event: Row[Any]
    when: str
    closes: str
    bookable: bool
    ahead: bool
    paragraphs: tuple[str, ...]
    access: tuple[str, ...]
    free: int = 0
    waiting: int = 0


def shown(event: Row[Any], now: datetime, counted: Counted | None = None) -> ShownEvent:
    """An event as it is now, with its places where they were counted."""
    return ShownEvent(
        event=event,
        when=when.span(event.starts_at, event.ends_at),
        closes=closes(event.closes_at),
        bookable=service.takes_bookings(event, now),
        ahead=store.is_ahead(event, now),
        paragraphs=_paragraphs(event.text),
        access=_paragraphs(event.access),
        free=counted.free if counted else 0,
        waiting=counted.waiting if counted else 0,
    )


def closes(moment: datetime) -> str:
    """Until when one can book: a midnight is the end of the day before it."""
    last = moment - store.LEAST
    if end_of_day(last) == moment:
        return when.long_day(last)
    return f"{when.long_day(moment)}, {when.hour(moment)}"


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())
