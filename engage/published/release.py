"""Publishing at the set time, in the worker: each edition once, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engage.approvals import store as approvals
from engage.audit.log import record
from engage.clock import day_of
from engage.published import store
from engage.published.digest import digest_of
from engage.published.files import files
from engage.published.models import Publication, PublicationState
from engage.waves.models import Wave, WaveState

CHANGED = (
    "It was not published: it is not what was agreed to any more. Look at it and ask for a new yes."
)
FAILED = (
    "It was not published: its files could not be made. Ask for a new yes. If that happens again, "
    "tell whoever looks after the server."
)
OPEN = "It was not published: the wave takes answers again."
OUT = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)


def subject_of(publication_id: int) -> str:
    """What an edition is called in approvals and in the audit log."""
    return f"publication:{publication_id}"


def publish_due(session: Session, now: datetime, *, council: str) -> int:
    """Publish every edition whose time has come; how many. Commits after each.

    An edition that is not what was agreed to, or cannot be made, goes back to be looked at and says
    why; the others come out. What made one fail is raised at the end, so that the job says it.
    """
    due = select(Publication.id).where(
        Publication.state == PublicationState.SCHEDULED, Publication.publish_at <= now
    )
    ids: Sequence[int] = session.scalars(due.order_by(Publication.publish_at)).all()
    done, failed = 0, None
    for number in ids:
        try:
            done += publish(session, number, now, council=council)
        except Exception as error:  # noqa: BLE001  one that cannot be made must not hold up the others
            session.rollback()
            _stop(session, session.get_one(Publication, number), FAILED, now)
            failed = error
        session.commit()
    if failed is not None:
        raise failed
    return done


def publish(session: Session, publication_id: int, now: datetime, *, council: str) -> bool:
    """Publish an edition that was agreed to; whether that happened here. The caller commits.

    Of two workers one publishes: the edition is taken by a conditional change of its state.
    """
    publication = session.get(
        Publication, publication_id, with_for_update=True, populate_existing=True
    )
    if publication is None or publication.state != PublicationState.SCHEDULED:
        return False
    why = _refused(session, publication)
    if why:
        _stop(session, publication, why, now)
        return False
    former = (
        update(Publication)
        .where(Publication.wave_id == publication.wave_id, Publication.state.in_(OUT))
        .values(state=PublicationState.REPLACED, version=Publication.version + 1)
    )
    session.execute(former, execution_options={"synchronize_session": "fetch"})
    mine = Publication.id == publication.id, Publication.state == PublicationState.SCHEDULED
    taken = session.execute(
        update(Publication)
        .where(*mine)
        .values(
            state=PublicationState.PUBLISHED,
            published_at=now,
            published_on=day_of(now),
            said="",
            version=Publication.version + 1,
        )
        .returning(Publication.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        session.rollback()
        return False
    session.expire(publication)
    made = files(store.editions(session, publication.wave_id)[0], session, council)
    session.execute(insert(store.FILES), made)
    _note(session, publication, "publication.published", now)
    return True


def _refused(session: Session, publication: Publication) -> str:
    digest, wave = digest_of(session, publication), session.get_one(Wave, publication.wave_id)
    if wave.state != WaveState.CLOSED:
        return OPEN
    agreed = approvals.standing(session, subject_of(publication.id), digest)
    return "" if agreed is not None and digest == publication.digest else CHANGED


def _stop(session: Session, publication: Publication, why: str, now: datetime) -> None:
    """Hand an edition back to those who prepare it."""
    publication.state, publication.said = PublicationState.FROZEN, why
    publication.version += 1
    _note(session, publication, "publication.stopped", now)


def _note(session: Session, publication: Publication, action: str, now: datetime) -> None:
    session.flush()
    record(
        session,
        at=now,
        staff_id=None,
        action=action,
        subject=subject_of(publication.id),
        detail={"wave": publication.wave_id, "edition": publication.edition},
    )
