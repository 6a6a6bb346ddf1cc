"""A figure held to a target, in words."""

from dataclasses import replace

from engage.core.indicators.model import Better, Indicator
from engage.core.statistics.target import Operator, Target, Verdict
from engage.core.words.rounding import exact_percent
from engage.core.words.whom import Whom, those

OPERATORS: dict[Operator, str] = {
    Operator.AT_LEAST: "at least {value}",
    Operator.AT_MOST: "at most {value}",
}
"""A target to hold a figure is one of the two, by what is better: "20% or better" is at most 20%
where less is better."""

VERDICTS: dict[Verdict, str] = {
    Verdict.MET: "met",
    Verdict.MET_WITHIN: (
        "met within sampling error: the figure reaches it, but by so little that chance could "
        "have done that"
    ),
    Verdict.NOT_MET_WITHIN: (
        "not met within sampling error: the figure misses it, but by so little that chance "
        "could have done that"
    ),
    Verdict.NOT_MET: "not met",
}


def aim_words(indicator: Indicator, target: Target) -> str:
    """What a target asks for, such as: at least 72%."""
    share = indicator.kind.is_percentage
    value = exact_percent(target.value) if share else f"{target.value:g}"
    operator = target.operator
    if operator is Operator.HOLD:
        lower = indicator.better is Better.LOWER
        operator = Operator.AT_MOST if lower else Operator.AT_LEAST
    return OPERATORS[operator].format(value=value)


def target_words(
    indicator: Indicator,
    target: Target,
    verdict: Verdict | None,
    whom: Whom,
    *,
    ahead: bool = False,
    says: str = "",
) -> str:
    """Whether a target is met, and among whom, with its year and source.

    `ahead` is for a target of a later year than the wave. Without a verdict, `says` tells why.
    """
    told = f"The target of {aim_words(indicator, target)}"
    if target.year:
        told += f" for {target.year}"
    if target.source:
        told += f" ({target.source})"
    if verdict is None:
        return f"{told} was not looked at: {_within(says or 'there is no figure')}."
    everybody = whom.speaks_of_residents and not whom.group
    among = "" if everybody else f" among {_people(whom)}"
    far = " so far" if ahead else ""
    state, _, why = VERDICTS[verdict].partition(": ")
    return f"{told} is {state}{far}{among}{f': {why}' if why else ''}."


def _people(whom: Whom) -> str:
    """Of whom the figure speaks, without how they were weighted, which stands beside it."""
    return those(whom if whom.speaks_of_residents else replace(whom, margins=()))


def _within(says: str) -> str:
    return f"{says[:1].lower()}{says[1:].removesuffix('.')}"
