"""Short links as they are stored: make, find, list, retire."""

import secrets
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.links.models import Link

LINKS = table_of(Link)
LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""No vowels, so that a code is no word; nothing that looks like something else."""
LENGTH = 6


def new_code() -> str:
    """A code that nobody can guess from another: one of 387 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def make(session: Session, wave_id: int, places: Iterable[str], today: date) -> list[Link]:
    """A link for each place of a wave that has none yet; the caller commits.

    A place whose link was retired gets it back: its poster may still be somewhere.
    """
    known = {link.place: link for link in of_wave(session, wave_id)}
    made = []
    for place in dict.fromkeys(places):
        link = known.get(place)
        if link is None:
            link = Link(code=_free_code(session), wave_id=wave_id, place=place, made_on=today)
            session.add(link)
            made.append(link)
        link.active = True
    session.flush()
    return made


def _free_code(session: Session) -> str:
    """A code that no link has; two links with one would send people to the wrong survey."""
    while session.get(Link, code := new_code()) is not None:
        continue
    return code


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
