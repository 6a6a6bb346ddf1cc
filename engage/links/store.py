"""Short links as they are stored: make, find, list, retire."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.letters import random_letters
from engage.links.models import Link

LINKS = table_of(Link)
LENGTH = 6


def new_code() -> str:
    """A code that nobody can guess from another: one of 387 million."""
    return random_letters(LENGTH)


def make(session: Session, wave_id: int, places: Iterable[str], today: date) -> list[Link]:
    """A link for each place of a wave that has none yet; the caller commits.

    A place whose link was retired gets it back: its poster may still be somewhere. Places
    that differ only in capitals are one.
    """
    known = {link.place.casefold(): link.place for link in of_wave(session, wave_id)}
    wanted = dict.fromkeys(known.setdefault(place.casefold(), place) for place in places)
    made = [link for place in wanted if (link := _made(session, wave_id, place, today)) is not None]
    session.flush()
    return made


def _made(session: Session, wave_id: int, place: str, today: date) -> Link | None:
    """The link of a place that had none until now; None where one was there, which is used again.

    Two links with one code would send people to the wrong survey, so one that is taken is not given
    again; and somebody else may be adding the same place at this moment.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    wanted = select(Link).filter_by(wave_id=wave_id, place=place)
    while (link := session.scalar(wanted)) is None:
        code = new_code()
        given = {"code": code, "wave_id": wave_id, "place": place, "made_on": today, "active": True}
        new = insert(Link).values(given).on_conflict_do_nothing().returning(Link)
        if (made := session.scalar(new)) is not None:
            return made
    link.active = True
    return None


def of_wave(session: Session, wave_id: int) -> list[Link]:
    """The links of a wave, by place."""
    return list(session.scalars(select(Link).filter_by(wave_id=wave_id).order_by(Link.place)))


def get(session: Session, wave_id: int, code: str) -> Link | None:
    """The link of a wave with that code."""
    return session.scalar(select(Link).filter_by(wave_id=wave_id, code=code))


def wave_of(connection: Connection, code: str) -> tuple[int, bool] | None:
    """The wave that a code is for, and whether its link is in use; None for an unknown code."""
    found = connection.execute(
        select(LINKS.c.wave_id, LINKS.c.active).where(LINKS.c.code == code)
    ).one_or_none()
    return (found.wave_id, found.active) if found else None


def place_of(connection: Connection, wave_id: int, code: str) -> str | None:
    """The place of a link of that wave."""
    wanted = select(LINKS.c.place).where(LINKS.c.code == code, LINKS.c.wave_id == wave_id)
    return connection.execute(wanted).scalar_one_or_none()
