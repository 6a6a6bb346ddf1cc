"""What a page of charts shows of one figure: the picture, its sentence and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.charts.table import Table
from engage.core.definition.model import Definition
from engage.core.indicators.model import Indicator, at_version
from engage.figures.indicators import indicators_of
from engage.figures.store import StoredRun, figures_of, newest_run
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with all that belongs to it; `key` are the marks that occur, with their meaning."""

    svg: str
    sentence: str
    table: Table
    key: Sequence[tuple[str, str]]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Charted:
    """A wave that has figures, and how it was asked."""

    wave: Wave
    run: StoredRun
    definition: Definition

    @property
    def name(self) -> str:
        """The wave's name; while it is open its figures are interim."""
        return f"{self.wave.name} (interim)" if self.run.interim else self.wave.name

    def indicator(self, indicator: Indicator) -> Indicator:
        """An indicator as this wave asked it."""
        return at_version(indicator, self.definition.version)


def charted(session: Session, wave_id: int, *, final: bool = False) -> Charted | None:
    """A wave with its newest figures; None where it has none, or with `final` none that are out."""
    wave = session.get(Wave, wave_id)
    run = newest_run(session, wave_id, final=final)
    if wave is None or run is None or wave.state == WaveState.DRAFT:
        return None
    if final and wave.state != WaveState.CLOSED:
        return None
    return Charted(wave, run, definition_of(wave.definition))


def all_charted(session: Session, questionnaire: str, *, final: bool = False) -> list[Charted]:
    """The waves of a questionnaire that have figures, oldest first; made-up ones by themselves.

    Made-up answers say nothing of real ones: those of the newest wave's sort are given.
    """
    waves = session.scalars(
        select(Wave)
        .filter_by(questionnaire=questionnaire)
        .where(Wave.state != WaveState.DRAFT)
        .order_by(Wave.opens_on, Wave.id)
    )
    found = [each for wave in waves if (each := charted(session, wave.id, final=final))]
    return [each for each in found if each.wave.made_up == found[-1].wave.made_up]


def indicators_by_id(questionnaire: str) -> dict[str, Indicator]:
    """The indicators of a questionnaire by their id, in the order of its file."""
    return {each.id: each for each in indicators_of(questionnaire)}


def breakdowns(session: Session, seen: Charted, indicator: Indicator) -> list[str]:
    """The breakdowns by which a wave has an indicator, in their order."""
    found = figures_of(session, seen.run.id, indicator=indicator.id)
    return list(dict.fromkeys(each.breakdown for each in found))
