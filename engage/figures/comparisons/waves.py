"""Which waves are compared: each with the last before it that has figures."""

from sqlalchemy import Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from engage.figures.models import FigureRun
from engage.waves.models import PublishedDefinition, Wave, WaveState


def wave_before(session: Session, wave: Wave) -> Wave | None:
    """The last wave of the same questionnaire that opened earlier and has figures."""
    earlier = or_(
        Wave.opens_on < wave.opens_on, and_(Wave.opens_on == wave.opens_on, Wave.id < wave.id)
    )
    last_first = (Wave.opens_on.desc(), Wave.id.desc())
    return session.scalars(_with_figures(wave).where(earlier).order_by(*last_first)).first()


def wave_after(session: Session, wave: Wave) -> Wave | None:
    """The first wave of the same questionnaire that opened later and has figures."""
    later = or_(
        Wave.opens_on > wave.opens_on, and_(Wave.opens_on == wave.opens_on, Wave.id > wave.id)
    )
    first_first = (Wave.opens_on, Wave.id)
    return session.scalars(_with_figures(wave).where(later).order_by(*first_first)).first()


def waves_with_figures(session: Session, questionnaire: str) -> list[Wave]:
    """Every wave of a questionnaire that has figures."""
    found = select(Wave).filter_by(questionnaire=questionnaire).where(_has_figures())
    return list(session.scalars(found.order_by(Wave.id)))


def questionnaires(session: Session) -> list[str]:
    """Every questionnaire of which a wave has figures."""
    found = select(Wave.questionnaire).where(_has_figures()).distinct()
    return list(session.scalars(found.order_by(Wave.questionnaire)))


def hold_others_off(session: Session, questionnaire: str) -> None:
    """Let nobody else compare waves of a questionnaire until the caller commits.

    Two waves whose figures are made at once would each miss the new figures of the other. People
    go on answering: what they wait for is not locked.
    """
    definitions = select(PublishedDefinition.id).filter_by(questionnaire=questionnaire)
    ordered = definitions.order_by(PublishedDefinition.id)
    session.execute(ordered.with_for_update(key_share=True))


def _with_figures(wave: Wave) -> Select[Wave]:
    """The waves that a wave may be compared with: made-up answers say nothing of real ones."""
    alike = select(Wave).filter_by(questionnaire=wave.questionnaire, made_up=wave.made_up)
    return alike.where(Wave.state != WaveState.DRAFT, _has_figures()).limit(1)


def _has_figures() -> Exists:
    return exists().where(FigureRun.wave_id == Wave.id)
