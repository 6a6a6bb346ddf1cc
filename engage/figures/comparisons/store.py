"""Stored comparisons for pages and files: changes since the wave before, verdicts on targets."""

from dataclasses import dataclass

from sqlalchemy import select

from engage.core.indicators.reasons import Reason
from engage.core.statistics.target import Operator, Target, Verdict
from engage.figures.comparisons.models import FigureChange, FigureVerdict
from engage.figures.models import FigureRun
from engage.figures.store import Source, number_of
from engage.waves.models import Wave


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A figure less that of the wave before; a proportion from -1 to 1, or points of a score.

    `before_run` is the run over that wave, whose name is `before_wave`. `p_adjusted` is among the
    `tests` of its family that had one; what is absent is not a number. `detectable` is the
    smallest change that a next wave as precise as this one would show. With a `reason` there
    are no numbers, and `says` tells why; `break_kind` is what broke a series.
    """

    indicator: str
    breakdown: str
    group: str
    label: str
    before_wave: str
    before_run: int
    value: float
    standard_error: float
    lower: float
    upper: float
    p: float
    p_adjusted: float
    tests: int
    detectable: float
    reason: Reason | None
    break_kind: str
    says: str


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """A figure held to a target: a `verdict`, or the `reason` why there is none, which it `says`.

    `distance` is the figure less the target, and `lower` and `upper` are the limits of the figure
    less it; `detectable` is as in a change. `ahead` tells that the target is for a later year than
    the wave.
    """

    indicator: str
    breakdown: str
    group: str
    label: str
    target: Target
    ahead: bool
    verdict: Verdict | None
    distance: float
    lower: float
    upper: float
    detectable: float
    reason: Reason | None
    says: str


@dataclass(frozen=True, slots=True)
class StoredComparisons:
    """The comparisons of a run, or some of them, in the order of its figures.

    Without a wave before there are no changes.
    """

    changes: tuple[StoredChange, ...]
    verdicts: tuple[StoredVerdict, ...]


def comparisons_of(
    session: Source, run_id: int, breakdown: str | None = None, indicator: str | None = None
) -> StoredComparisons:
    """The changes and verdicts of a run: all, or those of one breakdown, one indicator, or both."""
    only = {
        name: value
        for name, value in (("breakdown", breakdown), ("indicator", indicator))
        if value is not None
    }
    changes = (
        select(FigureChange, Wave.name)
        .join(FigureRun, FigureRun.id == FigureChange.before_run_id)
        .join(Wave, Wave.id == FigureRun.wave_id)
        .where(FigureChange.run_id == run_id)
        .filter_by(**only)
        .order_by(FigureChange.position)
    )
    verdicts = (
        select(FigureVerdict).filter_by(run_id=run_id, **only).order_by(FigureVerdict.position)
    )
    return StoredComparisons(
        tuple(_change(row, wave) for row, wave in session.execute(changes)),
        tuple(_verdict(row) for row in session.scalars(verdicts)),
    )


def _change(row: FigureChange, wave: str) -> StoredChange:
    return StoredChange(
        indicator=row.indicator,
        breakdown=row.breakdown,
        group=row.group,
        label=row.label,
        before_wave=wave,
        before_run=row.before_run_id,
        value=number_of(row.value),
        standard_error=number_of(row.standard_error),
        lower=number_of(row.lower),
        upper=number_of(row.upper),
        p=number_of(row.p),
        p_adjusted=number_of(row.p_adjusted),
        tests=row.tests,
        detectable=number_of(row.detectable),
        reason=Reason(row.reason) if row.reason else None,
        break_kind=row.break_kind,
        says=row.says,
    )


def _verdict(row: FigureVerdict) -> StoredVerdict:
    return StoredVerdict(
        indicator=row.indicator,
        breakdown=row.breakdown,
        group=row.group,
        label=row.label,
        target=Target(Operator(row.operator), row.target, row.year, row.source),
        ahead=row.ahead,
        verdict=Verdict(row.verdict) if row.verdict else None,
        distance=number_of(row.distance),
        lower=number_of(row.lower),
        upper=number_of(row.upper),
        detectable=number_of(row.detectable),
        reason=Reason(row.reason) if row.reason else None,
        says=row.says,
    )
