"""Cleaning: the rules tried in order, and a log of what they did. The raw table is not changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.rules import FLAGGING, REMOVING, Thresholds
from engage.core.definition.model import Definition


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left to analyse, and why the rest is not.

    `removed` gives the rule for every response taken out, `flagged` the rules for every one that
    is kept with a mark; both by id.
    """

    table: pd.DataFrame
    flow: Flow
    removed: Mapping[str, str]
    flagged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def clean(
    definition: Definition, table: pd.DataFrame, thresholds: Thresholds | None = None
) -> Cleaned:
    """Take out what the rules remove, by the first rule that fires; mark what they flag.

    Marks are made among the responses that are kept.
    """
    limits = thresholds or Thresholds()
    rule_of = np.full(len(table), "", dtype=object)
    for name, rule in REMOVING.items():
        rule_of[(rule_of == "") & rule(definition, table, limits)] = name
    out = rule_of != ""
    kept = table.loc[~out].reset_index(drop=True)
    marks = {name: rule(definition, kept, limits) for name, rule in FLAGGING.items()}
    ids = table["@id"].to_numpy(dtype=object)
    return Cleaned(
        table=kept,
        flow=Flow(
            received=len(table),
            removed={name: int((rule_of == name).sum()) for name in REMOVING},
            flagged={name: int(mark.sum()) for name, mark in marks.items()},
            used=len(kept),
        ),
        removed=dict(zip(ids[out], rule_of[out], strict=True)),
        flagged=_by_id(kept["@id"].to_numpy(dtype=object), marks),
    )


def _by_id(
    ids: npt.NDArray[np.object_], marks: Mapping[str, npt.NDArray[np.bool_]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, mark in marks.items():
        for each in ids[mark]:
            found[each] = (*found.get(each, ()), name)
    return found
