"""Suppression across tables that add up to one another: wards within their area group."""

from collections.abc import Mapping

import pandas as pd

from engage.core.statistics.estimate import HIDDEN
from engage.core.statistics.suppress import Policy, suppress

Place = tuple[str, str]
"""A breakdown and one of its groups."""


def suppress_nested(
    tidy: pd.DataFrame,
    *,
    numerators: pd.Series,
    policy: Policy,
    parents: Mapping[Place, Place],
) -> pd.DataFrame:
    """The tidy table as it may be shown, when groups of one breakdown add up to one of another.

    Hides a second part where the whole would give the only hidden one away, the whole where
    there is no second, and a part where all of them would give a hidden whole away.
    """
    base, yes = tidy["base"].copy(), numerators.astype(float)
    while True:
        shown = suppress(tidy.assign(base=base), numerators=yes, policy=policy)
        more = _giveaways(tidy, shown["flag"] == HIDDEN, parents)
        if not more.any():
            return shown
        # A figure of one person is always hidden, with all that follows from hiding it.
        base, yes = base.mask(more, 1), yes.mask(more, 1.0)


def _giveaways(tidy: pd.DataFrame, hidden: pd.Series, parents: Mapping[Place, Place]) -> pd.Series:
    """The rows to hide beside those that are."""
    rows = tidy[tidy["base"] > 0]
    more = pd.Series(data=False, index=tidy.index)
    for _indicator, some in rows.groupby(["wave", "indicator"], sort=False, observed=True):
        at: dict[Place, list[int]] = {}
        for index, breakdown, group in zip(
            some.index, some["breakdown"], some["group"], strict=True
        ):
            at.setdefault((breakdown, group), []).append(index)
        for whole, parts in _families(at, parents).items():
            for place in _to_hide(whole, parts, at, hidden, tidy["base"]):
                more.loc[at[place]] = True
    return more


def _families(
    at: Mapping[Place, object], parents: Mapping[Place, Place]
) -> dict[Place, list[Place]]:
    families: dict[Place, list[Place]] = {}
    for place in at:
        if (whole := parents.get(place)) in at and whole is not None:
            families.setdefault(whole, []).append(place)
    return families


def _to_hide(
    whole: Place,
    parts: list[Place],
    at: Mapping[Place, list[int]],
    hidden: pd.Series,
    base: pd.Series,
) -> list[Place]:
    shown = [part for part in parts if not hidden[at[part][0]]]
    gone = len(parts) - len(shown)
    whole_hidden = bool(hidden[at[whole][0]])
    if (gone == 1 and not whole_hidden) or (gone == 0 and whole_hidden):
        return [min(shown, key=lambda part: (base[at[part][0]], part))] if shown else [whole]
    return []
