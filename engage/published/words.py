"""Published figures in plain words, in the reader's language."""

import math

from flask_babel import gettext as _, ngettext

from engage.core.charts.wording import ChartWords
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.target import Operator, Verdict
from engage.core.words.rounding import exact_percent, places_of, points, printed, rounded
from engage.published.about import Named
from engage.published.figure import Aim, Change
from engage.published.numerals import in_language, number_of


def shown(indicator: Named, estimate: Estimate) -> str:
    """A figure as it is printed, by the rounding rule; its mark where it is not shown."""
    if estimate.hidden or estimate.empty:
        return estimate.flag
    return written(indicator, estimate.value, estimate)


def written(indicator: Named, value: float, estimate: Estimate) -> str:
    """A value of a figure, or a limit of its interval, as it is printed for the reader."""
    percentage = indicator.unit == "percent"
    return in_language(printed(value, estimate.effective_base, percentage=percentage))


def plain(value: float) -> str:
    """A number as somebody gave it, such as the end of a scale."""
    return in_language(f"{value:g}")


def found(indicator: Named, estimate: Estimate) -> list[str]:
    """What a figure says, how far chance could move it, and of how many people it is."""
    if estimate.hidden:
        return [_("This is not shown, so that nobody can be recognised.")]
    if estimate.empty:
        return [_("Nobody answered.")]
    figure = shown(indicator, estimate)
    if indicator.unit == "score":
        said = _(
            "The mean score is %(figure)s, on a scale from %(low)s to %(high)s.",
            figure=figure,
            low=plain(indicator.low),
            high=plain(indicator.high),
        )
    elif indicator.share:
        said = _("%(figure)s of the people who answered.", figure=figure)
    else:
        said = _(
            "The average over %(number)s questions is %(figure)s.",
            figure=figure,
            number=indicator.several,
        )
    told = [said]
    if not (math.isnan(estimate.lower) or math.isnan(estimate.upper)):
        low = written(indicator, estimate.lower, estimate)
        high = written(indicator, estimate.upper, estimate)
        told.append(_("Chance alone could make it %(low)s to %(high)s.", low=low, high=high))
    if estimate.low:
        told.append(_("Few people answered, so this is a rough guide."))
    return told


def people(estimate: Estimate) -> str:
    """How many people answered; empty where that is not shown."""
    if estimate.base is None or estimate.hidden or estimate.empty:
        return ""
    number = estimate.base
    return ngettext("%(told)s person", "%(told)s people", number, told=in_language(f"{number:,}"))


def changed(indicator: Named, change: Change, estimate: Estimate) -> str:
    """What a figure did since the wave before, if chance does not explain it."""
    if change.way == "none":
        return _("No clear change since %(wave)s.", wave=change.since)
    size = abs(change.value)
    places = places_of(estimate.effective_base, percentage=indicator.unit == "percent")
    if indicator.unit == "percent":
        told = in_language(points(size, places))
        if change.way == "up":
            return _("Up %(size)s percentage points since %(wave)s.", size=told, wave=change.since)
        return _("Down %(size)s percentage points since %(wave)s.", size=told, wave=change.since)
    told = in_language(rounded(size, places))
    if change.way == "up":
        return _("Up %(size)s since %(wave)s.", size=told, wave=change.since)
    return _("Down %(size)s since %(wave)s.", size=told, wave=change.since)


def held(indicator: Named, aim: Aim, estimate: Estimate) -> str:
    """A target and whether it is met, which is told before rounding: so is what rounding hides."""
    exact = exact_percent(aim.value) if indicator.unit == "percent" else f"{aim.value:g}"
    value = in_language(exact)
    goals = {
        Operator.AT_LEAST: _("Target: at least %(value)s.", value=value),
        Operator.AT_MOST: _("Target: at most %(value)s.", value=value),
        Operator.HOLD: _("Target: %(value)s or better.", value=value),
    }
    verdicts = {
        Verdict.MET: _("It is met."),
        Verdict.MET_WITHIN: _("It seems to be met, but that may be chance."),
        Verdict.NOT_MET_WITHIN: _("It seems to be missed, but that may be chance."),
        Verdict.NOT_MET: _("It is not met."),
    }
    goal = goals[Operator(aim.operator)]
    year = _("It is for %(year)s.", year=aim.year) if aim.year else ""
    verdict = Verdict(aim.verdict)
    missed = verdict in {Verdict.NOT_MET, Verdict.NOT_MET_WITHIN}
    close = _("Before rounding, the figure is just on the wrong side of it.")
    told = shown(indicator, estimate)
    alike = missed and told != estimate.flag and number_of(told) == number_of(value)
    return " ".join(filter(None, [goal, year, verdicts[verdict], close if alike else ""]))


def better(indicator: Named) -> str:
    """Which way is an improvement."""
    ways = {
        "higher": _("Higher is better."),
        "lower": _("Lower is better."),
    }
    return ways.get(indicator.better, "")


def of_charts() -> ChartWords:
    """What charts say by themselves, in the reader's language."""
    return ChartWords(
        hidden=_("not shown, to keep people private"),
        empty=_("nobody answered"),
        low=_("few people answered"),
        no_figure=_("no figure"),
        target=_("Target"),
        interval=_("%(low)s to %(high)s", low="%(low)s", high="%(high)s"),
        bars=_("Bar chart. The line at the end of each bar is what chance allows."),
        map=_("Map. Darker areas have higher figures."),
        number=in_language,
        below=_("%(low)s to under %(high)s", low="%(low)s", high="%(high)s"),
    )
