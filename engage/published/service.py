"""Preparing an edition: choosing, asking for a yes and a time, agreeing, withdrawing. No pandas."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.accounts.models import Role
from engage.approvals import store as approvals
from engage.audit.log import record
from engage.jobs import store as jobs
from engage.published.digest import digest_of
from engage.published.models import PREPARING, Publication, PublicationState
from engage.published.ready import final_run
from engage.versions import count_up
from engage.waves.models import Wave

JOB = "freeze_publication"
AGREE = (Role.ADMINISTRATOR, Role.SURVEY_MANAGER, Role.ANALYST)
"""Who may agree to what somebody else chose."""


class PublishingError(ValueError):
    """A step that cannot be taken; the message says why and what to do."""


class ChangedError(PublishingError):
    """Somebody else changed the edition after it was shown."""


def subject_of(publication_id: int) -> str:
    """What an edition is called in approvals and in the audit log."""
    return f"publication:{publication_id}"


def job_key(publication_id: int) -> str:
    """The key by which an edition's figures are frozen once."""
    return f"publication-{publication_id}"


def preparing(session: Session, wave_id: int) -> Publication | None:
    """The edition of a wave that is being prepared."""
    wanted = select(Publication).where(
        Publication.wave_id == wave_id, Publication.state.in_(PREPARING)
    )
    return session.scalars(wanted).one_or_none()


def history(session: Session, wave_id: int) -> list[Publication]:
    """Every edition of a wave that was ever prepared, the newest first."""
    wanted = select(Publication).filter_by(wave_id=wave_id).order_by(Publication.id.desc())
    return list(session.scalars(wanted))


def choose(
    session: Session,
    wave: Wave,
    *,
    indicators: Sequence[str],
    breakdowns: Sequence[str],
    note: str,
    by: int,
    now: datetime,
) -> Publication:
    """A new edition of these figures, to be frozen by the worker; raises PublishingError.

    Raises NotReadyError where the wave's figures may not be published.
    """
    final_run(session, wave, now)
    editions = select(func.max(Publication.edition)).where(
        Publication.wave_id == wave.id, Publication.published_at.is_not(None)
    )
    edition = (session.scalar(editions) or 0) + 1
    if edition > 1 and not note:
        raise PublishingError("Say what this edition changes: everyone who reads it is told.")
    made = Publication(
        wave_id=wave.id,
        questionnaire=wave.questionnaire,
        edition=edition,
        state=PublicationState.CHOSEN,
        chosen=json.dumps({"indicators": [*indicators], "breakdowns": [*breakdowns]}),
        note=note,
        made_by=by,
        made_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise PublishingError(
            "Somebody is preparing results of this wave already. Go on with those, or drop them."
        ) from None
    jobs.enqueue(session, JOB, {"publication_id": made.id}, due_at=now, key=job_key(made.id))
    _note(session, made, "publication.chosen", by, now)
    return made


def ask(
    session: Session, edition: Publication, version: int, publish_at: datetime, *, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Ask a second person to agree to a frozen edition and its time; raises PublishingError."""
    _take(session, edition, version, PublicationState.FROZEN)
    edition.publish_at, edition.said = publish_at, ""
    session.flush()
    edition.digest = digest_of(session, edition)
    session.flush()
    approvals.ask(session, subject_of(edition.id), edition.digest, by=by, now=now)


def agree(session: Session, edition: Publication, digest: str, *, by: int, now: datetime) -> None:
    """Agree to what somebody else asked: it is published at its time; raises ApprovalError."""
    approvals.give(session, subject_of(edition.id), digest, by=by, now=now)
    _schedule(session, edition)


def waive(
    session: Session, edition: Publication, digest: str, *, by: int, now: datetime, reason: str
) -> None:
    """Go without a second person where there is none; raises ApprovalError."""
    approvals.waive(
        session, subject_of(edition.id), digest, by=by, now=now, reason=reason, roles=AGREE
    )
    _schedule(session, edition)


def drop(session: Session, edition: Publication, version: int, *, by: int, now: datetime) -> None:
    """Give up an edition that did not come out; raises PublishingError."""
    _take(session, edition, version, *PREPARING)
    edition.state = PublicationState.DROPPED
    _note(session, edition, "publication.dropped", by, now)


def withdraw(
    session: Session, edition: Publication, version: int, why: str, *, by: int, now: datetime
) -> None:
    """Take back what is published; everyone is told why. Raises PublishingError."""
    _take(session, edition, version, PublicationState.PUBLISHED)
    edition.state, edition.said = PublicationState.WITHDRAWN, why
    edition.withdrawn_at = now
    _note(session, edition, "publication.withdrawn", by, now)


def _schedule(session: Session, edition: Publication) -> None:
    _take(session, edition, edition.version, PublicationState.FROZEN)
    edition.state = PublicationState.SCHEDULED
    session.flush()


def _take(session: Session, edition: Publication, version: int, *states: PublicationState) -> None:
    """Raise the version of an edition in one of these states, once for each version."""
    taken = count_up(session, Publication, edition.id, version, Publication.state.in_(states))
    session.refresh(edition)
    if not taken:
        raise ChangedError(
            "Somebody changed this edition after you opened the page. Look at it as it is now, "
            "then decide."
        )


def _note(session: Session, edition: Publication, action: str, by: int, now: datetime) -> None:
    session.flush()
    record(
        session,
        at=now,
        staff_id=by,
        action=action,
        subject=subject_of(edition.id),
        detail={"wave": edition.wave_id, "edition": edition.edition},
    )
