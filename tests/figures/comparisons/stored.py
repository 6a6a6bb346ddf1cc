"""Runs over waves, stored with figures that are written down by hand."""

import json
import math
from datetime import date

from conftest import NOON
from figures.town import wave_of

from engage.core.cleaning.flow import Flow
from engage.core.statistics.estimate import Estimate
from engage.figures.models import Figure, FigureRun
from engage.figures.weighting import Weighting
from engage.waves.models import WaveState

ALL = ("overall", "all")
WOMEN = ("sex", "female")
MEN = ("sex", "male")
HIDDEN = Estimate(math.nan, math.nan, math.nan, math.nan, None, flag="[c]")
NOBODY = Estimate(math.nan, math.nan, math.nan, math.nan, 0, flag="[x]")


def figure(value, error=0.02, base=400):
    """A figure with its interval, two errors wide either way."""
    return Estimate(value, error, value - 2 * error, value + 2 * error, base)


def wave(session, year, **given):
    """A closed wave of a year."""
    dates = {
        "opens_on": date(year, 2, 1),
        "closes_on": date(year, 4, 1),
        "delete_on": date(2030, 1, 1),
    }
    return wave_of(session, **{"name": str(year), "state": WaveState.CLOSED} | dates | given)


def run_over(session, of_wave, figures, estimator="rake"):
    """A run over a wave with figures by indicator, breakdown and group; not committed."""
    flow, weighting = Flow(0, {}, {}, 0, {}), Weighting(estimator, 0, 0)
    run = FigureRun(
        wave_id=of_wave.id,
        definition_id=of_wave.definition_id,
        made_at=NOON,
        interim=False,
        flow=json.dumps(flow.as_data()),
        weighting=json.dumps(weighting.as_data()),
    )
    session.add(run)
    session.flush()
    for position, ((indicator, breakdown, group), each) in enumerate(figures.items()):
        numbers = {
            name: None if math.isnan(value := getattr(each, name)) else value
            for name in ("standard_error", "lower", "upper", "effective_base", "design_effect")
        }
        session.add(
            Figure(
                run_id=run.id,
                position=position,
                indicator=indicator,
                breakdown=breakdown,
                group=group,
                label=group.title(),
                estimator=estimator,
                method="xlogit",
                estimate=None if math.isnan(each.value) else each.value,
                base=each.base,
                flag=each.flag,
                **numbers,
            )
        )
    session.flush()
    return run
