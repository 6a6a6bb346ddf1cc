"""Headline figures with and without what cleaning took out, told only where it tells of nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from engage.core.cleaning.log import Cleaned
from engage.core.cleaning.sensitivity import Moved as Change
from engage.core.indicators.model import Indicator, Key
from engage.core.statistics.estimate import HIDDEN
from engage.figures.breakdowns import CONNECTION
from engage.figures.inputs import Inputs
from engage.figures.moved import Moved, Unsaid
from engage.figures.taken import places, taken_out


def moved(given: Inputs, cleaned: Cleaned, shown: pd.DataFrame) -> tuple[Moved, ...]:
    """Each headline figure over what is used, and over all that came, raw, weighted alike.

    `shown` is the suppressed table of what is used, with labels. What cleaning took out is the
    difference of the two, so it goes through suppression as a table of its own: a figure is told
    where that which was taken out of it could be shown too. Where it could not, a percentage is
    told to have moved by so many whole points, if that leaves open how they answered. Headlines of
    groups that the table does not have, and of visitors, are left out.
    """
    flags = dict(zip(places(shown), shown["flag"].astype(str), strict=True))
    wanted = [
        each for each in given.headlines if each.key in flags and each.breakdown != CONNECTION
    ]
    if not wanted:
        return ()
    taken = taken_out(given, cleaned, wanted)
    hidden = {place for place, flag in flags.items() if HIDDEN in flag}
    coarse = {place: taken.coarse[place] for place in taken.coarse.keys() - hidden}
    hidden |= taken.few - coarse.keys()
    titles = _titles(given.indicators, shown)
    return tuple(
        _told(
            Moved(*place, title=headline.title or titles[place]),
            taken.changes[place],
            hidden=place in hidden,
            coarse=coarse.get(place),
            alike=taken.alike,
        )
        for headline, place in ((each, each.key) for each in wanted)
    )


def _told(
    plain: Moved, change: Change, *, hidden: bool, coarse: float | None, alike: bool
) -> Moved:
    """The figure with its numbers, or with the reason why they are not told."""
    if hidden:
        return replace(plain, reason=Unsaid.HIDDEN)
    if change.difference is None:
        return replace(plain, reason=Unsaid.NOBODY)
    if not alike:
        return replace(plain, reason=Unsaid.UNLIKE)
    if coarse is not None:
        return replace(plain, used=change.used, difference=coarse, reason=Unsaid.ROUNDED)
    return replace(plain, used=change.used, received=change.received, difference=change.difference)


def _titles(indicators: Sequence[Indicator], shown: pd.DataFrame) -> Mapping[Key, str]:
    """What figures without a title are called: by the indicator, and by the group if not all."""
    names = {each.id: each.name for each in indicators}
    return {
        place: names[place[0]] if place[1] == "overall" else f"{names[place[0]]}: {label}"
        for place, label in zip(places(shown), shown["label"], strict=True)
    }
