"""Waves as they are stored: which are open, and each by its number."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, bindparam, or_, select
from sqlalchemy.orm import Session

from engage.core.statistics.sampling import SampleType
from engage.waves.models import Wave, WaveGate, WaveState


@dataclass(frozen=True, slots=True)
class OpenWave:
    """A wave that takes answers today, as the public pages need it.

    `slug` is the part of the address by which it was asked for: the survey's name or the number.
    """

    id: int
    questionnaire: str
    slug: str
    name: str
    definition_id: int
    closes_on: date
    delete_on: date
    made_up: bool


def slug_of(questionnaire: str) -> str:
    """The part of an address that stands for a questionnaire."""
    return questionnaire.replace("_", "-")


LONGEST_NUMBER = 9
"""Digits of the number of a wave that an address may have; the databases take no more than ten."""

# Dates decide beside the state, so that a wave ends on its day even if the worker is late.
_FIELDS = select(
    Wave.id,
    Wave.questionnaire,
    Wave.name,
    Wave.definition_id,
    Wave.closes_on,
    Wave.delete_on,
    Wave.made_up,
)
_OPEN = _FIELDS.where(
    Wave.state == WaveState.OPEN,
    Wave.opens_on <= bindparam("today"),
    Wave.closes_on >= bindparam("today"),
)
_OPEN_NUMBER = _OPEN.where(Wave.id == bindparam("number"))
_OPEN_OF = _OPEN.where(Wave.questionnaire == bindparam("questionnaire"))
_ALL_OPEN = _OPEN.order_by(Wave.questionnaire)
# A panel and the people drawn at random are sent the address; others must not wander in.
_OFFERED = _ALL_OPEN.where(Wave.sample == SampleType.OPEN_LINK)


def takes_answers(connection: Connection, wave_id: int, today: date) -> bool:
    """Whether a wave takes answers today; until the caller ends, nobody can close it."""
    held = select(Wave.state, Wave.opens_on, Wave.closes_on).where(Wave.id == wave_id)
    wave = connection.execute(held.with_for_update(read=True)).one_or_none()
    return (
        wave is not None
        and wave.state == WaveState.OPEN
        and wave.opens_on <= today <= wave.closes_on
    )


def first_day(connection: Connection, wave_id: int) -> date:
    """The day on which a wave opened."""
    day: date = connection.execute(select(Wave.opens_on).where(Wave.id == wave_id)).scalar_one()
    return day


def over(session: Session, today: date) -> list[int]:
    """The numbers of the waves that take no answers any more, whatever happens."""
    ended = or_(Wave.state == WaveState.CLOSED, Wave.closes_on < today)
    return list(session.scalars(select(Wave.id).where(ended).order_by(Wave.id)))


def newest_wave(connection: Connection, slug: str) -> OpenWave | None:
    """The newest wave of the survey at that address, whether or not it takes answers."""
    number = _number_in(slug)
    at = Wave.questionnaire == slug.replace("-", "_") if number is None else Wave.id == number
    row = connection.execute(
        _FIELDS.where(at, Wave.state != WaveState.DRAFT)
        .order_by(Wave.opens_on.desc(), Wave.id.desc())
        .limit(1)
    ).one_or_none()
    return _open_wave(row, number) if row else None


def open_wave(session: Session | Connection, slug: str, today: date) -> OpenWave | None:
    """The open wave of the survey at that address; none if it takes no answers today.

    Its address may be its number too, which tells who looks into a browser's history nothing.
    """
    if "_" in slug:
        return None  # one address a survey, not two
    number = _number_in(slug)
    if number is not None:
        row = session.execute(_OPEN_NUMBER, {"number": number, "today": today}).one_or_none()
    else:
        given = {"questionnaire": slug.replace("-", "_"), "today": today}
        row = session.execute(_OPEN_OF, given).one_or_none()
    return _open_wave(row, number) if row else None


def _number_in(slug: str) -> int | None:
    """The number of a wave, where an address has that in place of a survey's name."""
    plain = slug.isascii() and slug.isdecimal() and len(slug) <= LONGEST_NUMBER
    return int(slug) if plain and slug[0] != "0" else None


def open_waves(session: Session | Connection, today: date) -> list[OpenWave]:
    """Every wave that takes answers today, by questionnaire."""
    return [_open_wave(row) for row in session.execute(_ALL_OPEN, {"today": today})]


def offered_waves(connection: Connection, today: date) -> list[OpenWave]:
    """Every wave that takes answers today from anyone who comes along, by questionnaire."""
    return [_open_wave(row) for row in connection.execute(_OFFERED, {"today": today})]


def get(session: Session, wave_id: int) -> Wave | None:
    """A wave by its number, in whatever state."""
    return session.get(Wave, wave_id)


def signed_of(session: Session, wave_id: int) -> dict[str, WaveGate]:
    """What was signed at the gates of a wave, by gate."""
    rows = select(WaveGate).filter_by(wave_id=wave_id).execution_options(populate_existing=True)
    return {row.gate: row for row in session.scalars(rows)}


def all_waves(session: Session) -> list[Wave]:
    """Every wave: those of one questionnaire together, the newest first."""
    newest_first = (Wave.questionnaire, Wave.opens_on.desc(), Wave.id.desc())
    return list(session.scalars(select(Wave).order_by(*newest_first)))


def _open_wave(
    row: Row[int, str, str, int, date, date, bool], number: int | None = None
) -> OpenWave:
    return OpenWave(
        id=row.id,
        questionnaire=row.questionnaire,
        slug=slug_of(row.questionnaire) if number is None else str(number),
        name=row.name,
        definition_id=row.definition_id,
        closes_on=row.closes_on,
        delete_on=row.delete_on,
        made_up=row.made_up,
    )
