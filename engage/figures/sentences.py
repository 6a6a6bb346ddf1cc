"""What is said of one figure, as pages and files say it."""

from engage.core.indicators.model import Indicator, Key, Kind, at_version
from engage.core.statistics.estimate import Estimate
from engage.core.words.change import change_words, detectable_words
from engage.core.words.figure import ROUGH, capital, of_whom
from engage.core.words.target import target_words
from engage.core.words.unanswered import unanswered_words
from engage.core.words.whom import Whom
from engage.figures.comparisons.store import StoredVerdict
from engage.figures.told import Told, between
from engage.figures.words import OVERALL

HALF_A_POINT = 0.005
BEFORE_ROUNDING = "Figures are held to targets before they are rounded for print."


def sentences(told: Told, indicator: Indicator, key: Key) -> list[str]:
    """What is said of one figure: how many, what changed, its targets, who did not answer.

    Among whom it changed is said once for all, by `among`.
    """
    figure = told.figures[key]
    made = at_version(indicator, told.definition.version)
    whom = told.whom(figure)
    said = [_found(made, figure.estimate, whom), *_change(told, made, key)]
    for each in told.verdicts.get(key, ()):
        said.append(
            target_words(made, each.target, each.verdict, whom, ahead=each.ahead, says=each.says)
        )
        if prints_alike(made, each):
            said.append(BEFORE_ROUNDING)
    if reach := detectable_words(made, told.reach(key)):
        said.append(reach)
    without = told.run.unanswered.get(indicator.id)
    if without and key[1] == OVERALL:
        said.append(unanswered_words(without, len(made.variables) if _several(made) else 1))
    return said


def _found(indicator: Indicator, estimate: Estimate, whom: Whom) -> str:
    """How many and of whom; the figure is named above, and its base stands beside it."""
    told = capital(of_whom(indicator, estimate, whom))
    return f"{told} {ROUGH}" if estimate.low else told


def _change(told: Told, indicator: Indicator, key: Key) -> list[str]:
    change, waves_of = told.changes.get(key), between(told, key)
    if change is None or waves_of is None or told.figures[key].estimate.hidden:
        return []
    return [change_words(indicator, change, waves_of, among=False)]


def prints_alike(indicator: Indicator, verdict: StoredVerdict) -> bool:
    """Whether a percentage, or an end of its interval, may print like its target and is not it."""
    gaps = (verdict.distance, verdict.lower, verdict.upper)
    return indicator.kind.is_percentage and any(0 < abs(gap) < HALF_A_POINT for gap in gaps)


def _several(indicator: Indicator) -> bool:
    """Whether a figure is made of several questions, and not of the boxes of one."""
    return indicator.kind not in {Kind.PROPORTION, Kind.MEAN, Kind.ANY}
