"""Results of the demonstration: one survey published and corrected, another one planned."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import day_of
from engage.figures.indicators import indicators_of
from engage.figures.store import breakdowns_of, newest_run
from engage.published import service
from engage.published.freeze import freeze
from engage.published.models import Publication
from engage.published.release import publish
from engage.waves.models import Wave, WaveState

PUBLISHED, PLANNED, WAITING = "fear_of_crime", "women_and_girls", "young_people"
SHORT = ("overall", "area_group")
NOTE = (
    "The first edition had no figures by ward, age or sex. They are here now. No figure that was "
    "there before has changed."
)
AWAY = timedelta(days=30)


def load_results(session: Session, now: datetime, *, council: str) -> None:
    """Publish last year's survey, the year before first, so that it has changes; plan another.

    A third waits for a second person's yes. The caller commits.
    """
    staff = {
        row.role: row.id
        for row in session.scalars(select(StaffMember).order_by(StaffMember.id.desc()))
    }
    asker, second = staff[Role.ANALYST], staff[Role.SURVEY_MANAGER]
    before, last = _closed(session, PUBLISHED)[-2:]
    for wave, breakdowns, note, ago in (
        (before, (), "", 300),
        (last, SHORT, "", 40),
        (last, (), NOTE, 12),
    ):
        edition = _agreed(
            session, wave, breakdowns, note, asker=asker, second=second, now=now, at=now
        )
        publish(session, edition.id, now, council=council)
        session.refresh(edition)
        edition.published_at = now - timedelta(days=ago)
        edition.published_on = day_of(edition.published_at)
        session.flush()
    planned, waiting = (_closed(session, each)[-1] for each in (PLANNED, WAITING))
    away = _morning(now + AWAY)
    _agreed(session, planned, (), "", asker=asker, second=second, now=now, at=away)
    _asked(session, waiting, SHORT, "", asker=asker, now=now, at=away)


def _closed(session: Session, questionnaire: str) -> list[Wave]:
    wanted = select(Wave).filter_by(questionnaire=questionnaire, state=WaveState.CLOSED)
    return list(session.scalars(wanted.order_by(Wave.closes_on)))


def _agreed(
    session: Session,
    wave: Wave,
    breakdowns: Sequence[str],
    note: str,
    *,
    asker: int,
    second: int,
    now: datetime,
    at: datetime,
) -> Publication:
    """An edition that was chosen, frozen, and agreed to by a second person."""
    edition = _asked(session, wave, breakdowns, note, asker=asker, now=now, at=at)
    service.agree(session, edition, edition.digest, by=second, now=now)
    return edition


def _asked(
    session: Session,
    wave: Wave,
    breakdowns: Sequence[str],
    note: str,
    *,
    asker: int,
    now: datetime,
    at: datetime,
) -> Publication:
    """An edition that was chosen and frozen, and waits for a second person."""
    run = newest_run(session, wave.id)
    if run is None:
        raise LookupError(f"Wave {wave.id} has no figures to publish: make them first.")
    edition = service.choose(
        session,
        wave,
        indicators=[each.id for each in indicators_of(wave.questionnaire)],
        breakdowns=breakdowns or breakdowns_of(session, run.id),
        note=note,
        by=asker,
        now=now,
    )
    freeze(session, edition.id, now)
    session.flush()
    service.ask(session, edition, edition.version, at, by=asker, now=now)
    return edition


def _morning(at: datetime) -> datetime:
    """Half past nine of that day in London, in UTC or an hour after."""
    return at.replace(hour=9, minute=30, second=0, microsecond=0)
