"""Every wave of a survey that has figures, and the line of one figure through them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select
from sqlalchemy.orm import Session

from engage.core.indicators.model import Headline, Key
from engage.core.indicators.reasons import Reason
from engage.extensions import table_of
from engage.figures.comparisons.models import FigureChange
from engage.figures.final import published
from engage.figures.indicators import indicator_file_of
from engage.figures.models import Figure, FigureRun
from engage.figures.words import OVERALL
from engage.waves.models import Wave, WaveState

RUNS, FIGURES = table_of(FigureRun), table_of(Figure)
WAVES, CHANGES = table_of(Wave), table_of(FigureChange)


@dataclass(frozen=True, slots=True)
class Made:
    """A wave with the number of its newest run; the wave's `sample` is how people were asked."""

    run_id: int
    wave_id: int
    name: str
    sample: str
    interim: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The waves of a survey that have figures, the oldest first.

    `values` are the shown estimates by run and key, `broken` the figures by run that may not be
    compared with those of the wave before.
    """

    waves: Sequence[Made]
    values: Mapping[int, Mapping[Key, float]]
    broken: Mapping[int, frozenset[Key]]

    @property
    def newest(self) -> Made:
        """The wave that the table is about."""
        return self.waves[-1]

    @property
    def before(self) -> Made | None:
        """The wave before it, if it has figures."""
        return self.waves[-2] if len(self.waves) > 1 else None

    def line(self, key: Key) -> tuple[list[float | None], list[int]]:
        """A figure in every wave, none where it is hidden, and where its series breaks."""
        runs = [each.run_id for each in self.waves]
        values = [self.values.get(run, {}).get(key) for run in runs]
        return values, [at for at, run in enumerate(runs) if key in self.broken.get(run, ())]


def series_of(session: Session, questionnaire: str, *, final: bool) -> Series | None:
    """The newest figures of every wave of a survey, or with `final` the published."""
    waves = made_of(session, questionnaire, final=final)
    if not waves:
        return None
    file = indicator_file_of(questionnaire)
    heads = [each for each in file.headlines if each.breakdown != OVERALL]
    runs = [each.run_id for each in waves]
    values: dict[int, dict[Key, float]] = {}
    shown = select(
        FIGURES.c.run_id, FIGURES.c.indicator, FIGURES.c.breakdown, FIGURES.c.group,
        FIGURES.c.estimate,
    ).where(
        FIGURES.c.run_id.in_(runs), _told(FIGURES, heads), FIGURES.c.estimate.is_not(None),
    )  # fmt: skip
    for run, indicator, breakdown, group, estimate in session.execute(shown):
        values.setdefault(run, {})[indicator, breakdown, group] = estimate
    broken: dict[int, set[Key]] = {}
    breaks = select(
        CHANGES.c.run_id, CHANGES.c.indicator, CHANGES.c.breakdown, CHANGES.c.group
    ).where(
        CHANGES.c.run_id.in_(runs), _told(CHANGES, heads),
        CHANGES.c.reason == Reason.BROKEN.value,
    )  # fmt: skip
    for run, *key in session.execute(breaks):
        broken.setdefault(run, set()).add((key[0], key[1], key[2]))
    return Series(waves, values, {run: frozenset(keys) for run, keys in broken.items()})


def _told(table: Table, heads: Iterable[Headline]) -> ColumnElement[bool]:
    """The rows of everybody, and of groups what the headlines name."""
    named = {(each.breakdown, each.indicator) for each in heads}
    return or_(
        table.c.breakdown == OVERALL,
        *(
            and_(table.c.breakdown == breakdown, table.c.indicator == indicator)
            for breakdown, indicator in sorted(named)
        ),
    )


def made_of(session: Session, questionnaire: str, *, final: bool) -> list[Made]:
    """The waves of a survey that have figures, or with `final` published ones, the oldest first."""
    last = select(RUNS.c.wave_id, func.max(RUNS.c.id).label("run_id")).group_by(RUNS.c.wave_id)
    newest = (published() if final else last).subquery()
    wanted = (
        select(newest.c.run_id, WAVES.c.id, WAVES.c.name, WAVES.c.sample, RUNS.c.interim)
        .join(WAVES, WAVES.c.id == newest.c.wave_id)
        .join(RUNS, and_(RUNS.c.id == newest.c.run_id))
        .where(WAVES.c.questionnaire == questionnaire)
        .order_by(WAVES.c.opens_on, WAVES.c.id)
    )
    if final:
        wanted = wanted.where(WAVES.c.state == WaveState.CLOSED)
    return [Made(*row) for row in session.execute(wanted)]


def surveys(session: Session | Connection) -> list[str]:
    """The questionnaires that have figures, by name."""
    wanted = select(WAVES.c.questionnaire).join(RUNS, RUNS.c.wave_id == WAVES.c.id).distinct()
    return list(session.scalars(wanted.order_by(WAVES.c.questionnaire)))
