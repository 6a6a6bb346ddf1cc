"""Two states of one wave: what may be shown anew without telling of the few who came in between.

Whoever has both states can subtract. Where one to nine people came in between, the difference of
a sensitive figure is what those people said; so the former figure stays. People who came in are
protected as those of a table are: a sum of parts must not give away how many came into one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from engage.core.disclosure.counts import KEYS, Counts, with_rests
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.sums import Group, Place, Rest, Sum, sums_of
from engage.core.disclosure.suppress import NUMBERS, protect
from engage.core.statistics.estimate import HIDDEN

Known = Mapping[Place, int]
"""The base of every place of which a table shows the figure."""


class Again(StrEnum):
    """What to show of a row when a wave's figures were made anew."""

    ANEW = "anew"
    FORMER = "former"
    HIDDEN = "hidden"


def successive(
    before: pd.DataFrame,
    now: pd.DataFrame,
    *,
    policy: Policy,
    within: Iterable[tuple[Group, Group]] = (),
    rests: Iterable[Rest] = (),
) -> pd.Series:
    """For each row of the suppressed table `now`, what to show of it after `before` was shown.

    `before` is what was shown of the same waves, `policy` and the ties those of `now`. Where
    fewer than `smallest_side` people came into a sensitive figure, or fewer than
    `smallest_count` into another, or nobody, the former figure stays, and as many more as it
    takes for sums not to tell. What was hidden stays so unless every figure of its indicator may
    be shown. Where people left, or bases are rounded, an indicator is shown anew as a whole or
    not at all. A wave or an indicator that was not shown before is free.
    """
    links, strict = (tuple(within), tuple(rests)), _strict(policy)
    fates: dict[tuple[str, str, str, str], Again] = {}
    for (wave, indicator), rows in now.groupby(KEYS[:2], sort=False):
        former = before[(before["wave"] == wave) & (before["indicator"] == indicator)]
        least = policy.smallest_side if indicator in strict else policy.smallest_count
        fate = _fates(former, rows, least, policy.round_counts_to, links)
        name = str(indicator)
        fates |= {(place[0], name, *place[1:]): told for place, told in fate.items()}
    keys = zip(*(now[name] for name in KEYS), strict=True)
    return pd.Series([fates[key] for key in keys], index=now.index, dtype=object)


def carried(before: pd.DataFrame, now: pd.DataFrame, again: pd.Series) -> pd.DataFrame:
    """The table to show: the rows of `now`, with former figures and hidden ones where so told."""
    keys = [*KEYS, "estimator", "method"]
    former = before.set_index(keys)[[*NUMBERS, "flag"]]
    shown = now.copy()
    stays = (again == Again.FORMER).to_numpy(dtype=bool)
    same = pd.MultiIndex.from_frame(now.loc[stays, keys])
    for name in former.columns:
        shown.loc[stays, name] = former[name].reindex(same).to_numpy()
    gone = (again == Again.HIDDEN).to_numpy(dtype=bool)
    shown.loc[gone, NUMBERS] = pd.NA
    shown.loc[gone, "flag"] = HIDDEN
    return shown.astype(now.dtypes)


def _strict(policy: Policy) -> frozenset[str]:
    """The sensitive indicators and all that would give one of them away."""
    groups = [set(pair) for pair in policy.complements]
    groups += [{name, *parts} for name, parts in (*policy.unions.items(),)]
    groups += [{name, *led} for name, led in policy.goes_with.items()]
    variables = {share.variable for share in policy.shares.values()}
    groups += [{n for n, s in policy.shares.items() if s.variable == each} for each in variables]
    strict = set(policy.sensitive)
    while more := [group for group in groups if group & strict and not group <= strict]:
        strict = strict.union(*more)
    return frozenset(strict)


def _fates(
    former: pd.DataFrame,
    rows: pd.DataFrame,
    least: int,
    to: int,
    links: tuple[Sequence[tuple[Group, Group]], Sequence[Rest]],
) -> dict[Place, Again]:
    """What becomes of every place of one indicator in one wave."""
    places = list(dict.fromkeys(_places(rows)))
    new, old = _known(rows), _known(former)
    if former.empty:
        return {place: Again.ANEW if place in new else Again.HIDDEN for place in places}
    came = {place: new[place] - old[place] for place in places if place in new and place in old}
    if to > 1 or any(people < 0 for people in came.values()):
        blur = to if to > 1 else 0
        few = any(abs(people) < least + blur for people in came.values())
        kept: Collection[Place] = came if few else ()
    else:
        kept = _kept(places, came, least, links)
    free = not kept and len(new) == len(places)
    return {
        place: Again.HIDDEN
        if place not in new or (place not in came and not free)
        else Again.FORMER
        if place in kept or came.get(place) == 0
        else Again.ANEW
        for place in places
    }


def _places(rows: pd.DataFrame) -> Iterable[Place]:
    return zip(rows["wave"], rows["breakdown"], rows["group"], strict=True)


def _known(rows: pd.DataFrame) -> dict[Place, int]:
    shown = rows[~rows["flag"].astype(str).str.contains(HIDDEN, regex=False)]
    return dict(zip(_places(shown), shown["base"].astype(int).tolist(), strict=True))


def _kept(
    places: Sequence[Place],
    came: Known,
    least: int,
    links: tuple[Sequence[tuple[Group, Group]], Sequence[Rest]],
) -> set[Place]:
    """The places whose former figures stay, so that none tells of the few who came in."""
    within, rests = links
    base = np.array([[came.get(place, 0) for place in places]], dtype=np.int64)
    rows = np.zeros(0, dtype=np.int64)
    alone = Counts(("",), tuple(places), base, np.full(base.shape, np.nan), rows)
    counts = with_rests(alone, rests)
    unknown = np.array([place in places and place not in came for place in counts.places])
    counts, sums = _lumped(counts, sums_of(counts.places, within, None, rests), unknown)
    start = (counts.base > 0) & (counts.base < least)
    hidden = protect(counts, sums, start, Policy(smallest_base=least))
    return {place for place, gone in zip(places, hidden[0], strict=False) if gone and place in came}


def _lumped(counts: Counts, sums: Sequence[Sum], unknown: np.ndarray) -> tuple[Counts, list[Sum]]:
    """Of each sum the parts of which one state is hidden as one part: only together are they told.

    A sum of which the whole is hidden tells nothing.
    """
    more: list[int] = []
    made: list[Sum] = []
    for each in sums:
        if each.whole is not None and unknown[each.whole]:
            continue
        parts = each.parts[~unknown[each.parts]]
        if each.whole is not None and len(parts) < len(each.parts):
            together = int(counts.base[0, each.whole] - counts.base[0, parts].sum())
            parts = np.append(parts, len(counts.places) + len(more))
            more.append(max(together, 0))
        made.append(Sum(each.whole, parts))
    lumps = tuple(("", "@lump", str(number)) for number in range(len(more)))
    base = np.hstack([counts.base, np.array([more], dtype=np.int64)])
    yes = np.full(base.shape, np.nan)
    return Counts(counts.indicators, (*counts.places, *lumps), base, yes, counts.rows), made
