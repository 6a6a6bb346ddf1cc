"""A wave's figures once more: which of them may stand beside what was published of it before.

Runs in the worker. Who has two states of a wave can subtract one from the other; the rules are in
`engage.core.disclosure.successive`, and are kept against every state that was ever published.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.successive import Again, successive
from engage.core.disclosure.ties import Ties, ties
from engage.core.indicators.disclosure import disclosure
from engage.figures.breakdowns import CONNECTION, cuts, linked, visitors
from engage.figures.inputs import Inputs
from engage.figures.weighed import weigh
from engage.figures.words import OVERALL

RESIDENT = "resident"


def shown_again(
    given: Inputs, published: Sequence[pd.DataFrame], now: pd.DataFrame
) -> dict[tuple[str, str, str], Again]:
    """What to show of each row of `now`, by indicator, breakdown and group.

    `published` are the tables of the editions that came out, the oldest first; all have the columns
    of the tidy table. A row is shown anew only where that is safe beside each of them. An indicator
    that was not in an edition is hidden where one that gives it away was in it, of other people.
    """
    policy = disclosure(given.indicators, given.definition, counts=given.counts_rounded_to)
    tied, areas = _tied(given), tuple(linked(given.areas, given.united))
    guests = (now["breakdown"] == CONNECTION) & (now["group"] != RESIDENT)
    home = now[now["breakdown"] != CONNECTION]
    fates: dict[tuple[str, str, str], Again] = {}
    for before in published:
        parts: tuple[tuple[pd.DataFrame, dict[str, Any]], ...] = (
            (home, {"within": (*areas, *tied.within), "rests": tied.rests}),
            (now[guests], {}),
        )
        for rows, links in parts:
            told = successive(before, rows, policy=policy, **links)
            for key, fate in zip(_keys(rows), told, strict=True):
                strange = _given_away(key[0], before, policy)
                fates[key] = _worse(fates.get(key), Again.HIDDEN if strange else fate)
    for name in dict.fromkeys(now["indicator"]):
        if (same := fates.get((name, OVERALL, "all"))) is not None:
            fates[name, CONNECTION, RESIDENT] = same
    return {key: fates.get(key, Again.HIDDEN) for key in _keys(now)}


def _worse(one: Again | None, other: Again) -> Again:
    order = (Again.ANEW, Again.FORMER, Again.HIDDEN)
    return other if one is None else max(one, other, key=order.index)


def _given_away(indicator: str, before: pd.DataFrame, policy: Policy) -> bool:
    """Whether an indicator was not in an edition, and one that goes with it was."""
    there = {*before["indicator"]}
    return indicator not in there and bool(_kin(indicator, policy) & there)


def _kin(indicator: str, policy: Policy) -> set[str]:
    """All that could be reckoned from an indicator, or it from them, itself included."""
    groups: list[set[str]] = [set(pair) for pair in policy.complements]
    groups += [{name, *parts} for name, parts in policy.unions.items()]
    groups += [{name, *led} for name, led in policy.goes_with.items()]
    asked = {share.variable for share in policy.shares.values()}
    groups += [{n for n, s in policy.shares.items() if s.variable == each} for each in asked]
    kin = {indicator}
    while more := [group for group in groups if group & kin and not group <= kin]:
        kin = kin.union(*more)
    return kin


def _tied(given: Inputs) -> Ties:
    """The ties of the groups of those who are used, as in `engage.figures.calculate`."""
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(given.definition, given.table, limits)
    away = visitors(given.definition, cleaned.table)
    home = cleaned.table.loc[~away].reset_index(drop=True)
    made = cuts(given.definition, home, given.areas, given.united)
    weighed = weigh(given, home, int(away.sum()), [cut.factor for cut in made])
    return ties(weighed.sample.joint())


def _keys(rows: pd.DataFrame) -> Iterable[tuple[str, str, str]]:
    return zip(rows["indicator"], rows["breakdown"], rows["group"], strict=True)
