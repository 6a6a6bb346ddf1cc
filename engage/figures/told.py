"""What is stored about the figures of a run, gathered for sentences: figure, change, target."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.core.definition.model import Definition
from engage.core.indicators.model import Key
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.words.change import AMONG, OTHER_PEOPLE, Between
from engage.core.words.whom import Whom, caveat
from engage.figures.comparisons.store import StoredChange, StoredVerdict, comparisons_of
from engage.figures.store import StoredFigure, StoredRun, figures_of, run_of
from engage.figures.words import OVERALL
from engage.waves import store as waves
from engage.waves.models import Wave
from engage.waves.published import definition_of

STAND_FOR = {"everyone": "residents", "female": "women who live here"}


@dataclass(frozen=True, slots=True)
class Told:
    """Figures by key, with what goes with each; `before` are the figures of the wave before.

    `earlier` is that wave; None where there is none to compare with.
    """

    wave: Wave
    definition: Definition
    run: StoredRun
    figures: Mapping[Key, StoredFigure]
    changes: Mapping[Key, StoredChange]
    verdicts: Mapping[Key, Sequence[StoredVerdict]]
    before: Mapping[Key, Estimate]
    earlier: Wave | None

    @property
    def sample(self) -> SampleType:
        """How the people of the wave were asked."""
        return SampleType(self.wave.sample)

    @property
    def caveat(self) -> str:
        """What a reader must know of the figures, by who could answer."""
        return caveat(self.sample, invited=self.definition.invited)

    def reach(self, key: Key) -> float:
        """The smallest change of a figure that the next wave could show; not a number if unknown.

        That of a figure with a target does not need a wave before.
        """
        verdicts, change = self.verdicts.get(key, ()), self.changes.get(key)
        known = [each.detectable for each in verdicts] or ([change.detectable] if change else [])
        return known[0] if known else math.nan

    def whom(self, figure: StoredFigure, *, alone: bool = False) -> Whom:
        """The people whom a figure is about.

        How their answers are weighted is told once for all figures, except where it lets them
        speak of residents, and of a figure that stands `alone`.
        """
        told = alone or self.sample is SampleType.RANDOM
        return Whom(
            sample=self.sample,
            margins=self.run.weighting.margins if told and figure.estimator != "unweighted" else (),
            group="" if figure.breakdown == OVERALL else figure.label,
            people=STAND_FOR.get(self.definition.population, "residents"),
        )


def gather(
    session: Session,
    wave: Wave,
    run: StoredRun,
    *,
    breakdowns: Sequence[str] | None = None,
    indicator: str | None = None,
) -> Told:
    """All that is stored about a run's figures, or about those of some breakdowns or one indicator.

    `run` is a run of the wave.
    """
    figures = figures_of(session, run.id, breakdowns, indicator)
    compared = comparisons_of(session, run.id, indicator=indicator)
    verdicts: dict[Key, list[StoredVerdict]] = {}
    for verdict in compared.verdicts:
        verdicts.setdefault(_key(verdict), []).append(verdict)
    earlier = run_of(session, compared.changes[0].before_run) if compared.changes else None
    before = figures_of(session, earlier.id, breakdowns, indicator) if earlier else ()
    return Told(
        wave=wave,
        definition=definition_of(wave.definition),
        run=run,
        figures={_key(figure): figure for figure in figures},
        changes={_key(change): change for change in compared.changes},
        verdicts=verdicts,
        before={_key(figure): figure.estimate for figure in before},
        earlier=waves.get(session, earlier.wave_id) if earlier else None,
    )


def among(told: Told) -> str:
    """Of whom a change is; empty for random samples, and without a wave before."""
    if told.earlier is None:
        return ""
    return AMONG[told.sample] if told.earlier.sample == told.wave.sample else OTHER_PEOPLE


def between(told: Told, key: Key) -> Between | None:
    """The two waves of a figure's change; None without a wave before."""
    if told.earlier is None:
        return None
    return Between(
        since=told.earlier.name,
        asked_then=SampleType(told.earlier.sample),
        asked_now=told.sample,
        then=told.before.get(key),
        now=told.figures[key].estimate,
    )


def _key(row: StoredFigure | StoredChange | StoredVerdict) -> Key:
    return row.indicator, row.breakdown, row.group
