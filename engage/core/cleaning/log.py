"""Cleaning: the rules tried in order, and a log of what they did. The raw table is not changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.by_hand import BY_HAND, KEEP, LEAVE_OUT, REVIEWED, said
from engage.core.cleaning.conflicts import contradicted
from engage.core.cleaning.correct import Doubtful, cleared, rows_of
from engage.core.cleaning.flow import Flow
from engage.core.cleaning.gibberish import gibberish_ids
from engage.core.cleaning.ranges import outside
from engage.core.cleaning.rule_sets import NEWEST, RULE_SETS, RULES, Action, RuleSet, can_fire
from engage.core.cleaning.rules import GIBBERISH, Thresholds
from engage.core.definition.model import Definition

Marks = npt.NDArray[np.bool_]

DOUBTS = {"inconsistent": contradicted, "out_of_range": outside}
"""The rules that set answers to missing in what is used, and the cells that each doubts."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left to analyse, and why the rest is not.

    `removed` gives the rule for every response taken out, `flagged` and `cleared` the rules for
    every one that is kept with a mark, or without some of its answers; all by id.
    """

    table: pd.DataFrame
    flow: Flow
    removed: Mapping[str, str]
    flagged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cleared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def clean(
    definition: Definition,
    table: pd.DataFrame,
    thresholds: Thresholds | None = None,
    *,
    rules: RuleSet = NEWEST,
    texts: pd.Series | None = None,
    flags: bool = True,
) -> Cleaned:
    """Take out what the rules remove, mark what they flag, clear what they doubt.

    Rules that remove are tried in their order, each among the responses that are left, so that
    the first which fires counts. Marks are made among those that are kept, and doubtful answers
    cleared last. What people decided about marked ones (`engage.core.cleaning.by_hand`) holds after
    the rules that remove, whatever their version. What the definition says under `cleaning` goes
    before `thresholds` and `rules`.
    Without `flags` no marks are made, which is faster and leaves the same table.
    `texts` are what people wrote, indexed by response id; without them, and without a column
    `@gibberish`, nobody's words are judged.
    """
    limits = rules.limits_for(definition, thresholds)
    left = _with_marks(table, texts)
    acts = {
        name: rules.action(name, definition)
        for name in RULES
        if can_fire(name, definition, left, limits)
    }
    removed: dict[str, str] = {}
    for name in _told(acts, Action.REMOVE):
        fires = RULES[name](definition, left, limits)
        if fires.any():
            removed |= dict.fromkeys(left.loc[fires, "@id"], name)
            left = left.loc[~fires]
    out = said(left, LEAVE_OUT)
    removed |= dict.fromkeys(left.loc[out, "@id"], BY_HAND)
    kept = left.loc[~out].reset_index(drop=True)
    told = _told(acts, Action.FLAG) if flags else ()
    marks = {name: RULES[name](definition, kept, limits) for name in told}
    people = [BY_HAND] if REVIEWED in kept else []
    marks |= {name: said(kept, KEEP) for name in people}
    doubts = {
        name: list(find(definition, kept))
        for name, find in DOUBTS.items()
        if acts.get(name, Action.IGNORE) is not Action.IGNORE
    }
    doubted = {name: rows_of(len(kept), cells) for name, cells in doubts.items()}
    return Cleaned(
        table=_used(definition, kept, [cell for cells in doubts.values() for cell in cells], table),
        flow=Flow(
            received=len(table),
            removed=_counts([*_told(acts, Action.REMOVE), *people], removed),
            flagged={name: int(mark.sum()) for name, mark in marks.items()},
            used=len(kept),
            cleared={name: int(mark.sum()) for name, mark in doubted.items()},
            rules=rules.version,
        ),
        removed=removed,
        flagged=_by_id(kept, marks),
        cleared=_by_id(kept, doubted),
    )


def flows(
    definition: Definition,
    table: pd.DataFrame,
    thresholds: Thresholds | None = None,
    *,
    texts: pd.Series | None = None,
    versions: Iterable[int] = RULE_SETS,
) -> dict[int, Flow]:
    """The flow of the same responses under versions of the rules: all of them, oldest first.

    Each version goes by its own limits; of `thresholds` only what is known of the wave is taken,
    its wards and its first day.
    """
    known = thresholds or Thresholds()
    return {
        version: clean(
            definition,
            table,
            replace(rules.limits, wards=known.wards, opens_on=known.opens_on),
            rules=rules,
            texts=texts,
        ).flow
        for version, rules in ((each, RULE_SETS[each]) for each in versions)
    }


def _told(acts: Mapping[str, Action], action: Action) -> Iterator[str]:
    return (name for name, each in acts.items() if each is action)


def _with_marks(table: pd.DataFrame, texts: pd.Series | None) -> pd.DataFrame:
    """The table with who wrote gibberish, so that no rule sees the words themselves."""
    if texts is None:
        return table
    return table.assign(**{GIBBERISH: table["@id"].isin(gibberish_ids(texts)).to_numpy()})


def _used(
    definition: Definition, kept: pd.DataFrame, doubtful: Doubtful, raw: pd.DataFrame
) -> pd.DataFrame:
    """What is kept without its doubtful answers, with the columns of the raw table."""
    return cleared(definition, kept, doubtful)[list(raw.columns)]


def _counts(names: Iterable[str], removed: Mapping[str, str]) -> dict[str, int]:
    by = list(removed.values())
    return {name: by.count(name) for name in names}


def _by_id(kept: pd.DataFrame, marks: Mapping[str, Marks]) -> dict[str, tuple[str, ...]]:
    ids = kept["@id"].to_numpy(dtype=object)
    found: dict[str, tuple[str, ...]] = {}
    for name, mark in marks.items():
        for each in ids[mark]:
            found[each] = (*found.get(each, ()), name)
    return found
