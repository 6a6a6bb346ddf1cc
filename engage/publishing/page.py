"""What the pages of publishing show: each wave with its editions, and one being prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engage.approvals import store as approvals
from engage.approvals.models import Approval
from engage.core.definition.model import Definition
from engage.core.indicators.model import Indicator
from engage.figures.indicators import indicators_of
from engage.figures.store import StoredRun, breakdowns_of, figures_of
from engage.figures.words import breakdown_titles
from engage.jobs import store as jobs
from engage.published import service
from engage.published.models import Publication, PublicationState
from engage.published.ready import NotReadyError, final_run
from engage.waves import store as waves
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

STATES: dict[str, str] = {
    PublicationState.CHOSEN: "Being made",
    PublicationState.FROZEN: "Ready to look at",
    PublicationState.SCHEDULED: "Agreed",
    PublicationState.PUBLISHED: "Published",
    PublicationState.REPLACED: "Replaced by a later edition",
    PublicationState.WITHDRAWN: "Taken back",
    PublicationState.DROPPED: "Given up",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A wave that was in the field, with all its editions, the newest first.

    `refused` says why its figures may not be published now. `asked` is the request that nobody
    has decided, and `decided` the newest one that somebody did.
    """

    wave: Wave
    definition: Definition
    run: StoredRun | None
    refused: str
    editions: Sequence[Publication]
    current: Publication | None
    out: Publication | None
    asked: Approval | None
    decided: Approval | None
    pending: bool

    @property
    def corrects(self) -> bool:
        """Whether what is prepared next is not the first that everyone sees."""
        return any(each.published_at is not None for each in self.editions)


def listed(session: Session, now: datetime) -> list[Seen]:
    """Every wave that is or was in the field."""
    return [
        _seen(session, wave, now)
        for wave in waves.all_waves(session)
        if wave.state != WaveState.DRAFT
    ]


def look(session: Session, wave_id: int, now: datetime) -> Seen | None:
    """A wave that is or was in the field; none for any other."""
    wave = waves.get(session, wave_id)
    return None if wave is None or wave.state == WaveState.DRAFT else _seen(session, wave, now)


def offered(session: Session, seen: Seen, run: StoredRun) -> tuple[list[Indicator], dict[str, str]]:
    """The indicators and the breakdowns that a run has figures of, in their order."""
    there = {each.indicator for each in figures_of(session, run.id, breakdowns_of(session, run.id))}
    indicators = [each for each in indicators_of(seen.wave.questionnaire) if each.id in there]
    return indicators, breakdown_titles(seen.definition, breakdowns_of(session, run.id))


def _seen(session: Session, wave: Wave, now: datetime) -> Seen:
    editions = service.history(session, wave.id)
    current = service.preparing(session, wave.id)
    out = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
    try:
        run, refused = final_run(session, wave, now), ""
    except NotReadyError as error:
        run, refused = None, str(error)
    requests = approvals.history(session, service.subject_of(current.id)) if current else []
    asked = approvals.waiting_for(session, service.subject_of(current.id)) if current else None
    return Seen(
        wave=wave,
        definition=definition_of(wave.definition),
        run=run,
        refused=refused,
        editions=editions,
        current=current,
        out=next((each for each in editions if each.state in out), None),
        asked=asked,
        decided=next((each for each in requests if each.decided_by is not None), None),
        pending=current is not None and jobs.pending(session, service.job_key(current.id)),
    )
