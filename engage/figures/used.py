"""Which responses figures are of, as a digest: two runs with one count may be of other people."""

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd

from engage.core.cleaning.by_hand import LEAVE_OUT, REVIEWED, said
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.figures.breakdowns import visitors
from engage.figures.inputs import Inputs


def digest_of(home: pd.DataFrame) -> str:
    """The same as long as the same residents' responses are used."""
    return digest_of_ids(sorted(home["@id"].astype(str)))


def digest_of_ids(ids: Iterable[str]) -> str:
    """The digest of those whose responses have these numbers, which are in order."""
    return hashlib.sha256("".join(ids).encode()).hexdigest()


def homes_of(given: Inputs) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The residents as if nobody had decided about a response, those used, and `home_of`'s number.

    A decision takes out a response that no rule did, and changes nothing of the others: so they are
    cleaned once, whatever was decided when.
    """
    if REVIEWED not in given.table:
        home, away = home_of(given)
        return home, home, away
    left = set(given.table.loc[said(given.table, LEAVE_OUT), "@id"])
    plain = given.table.drop(columns=REVIEWED)
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    table = clean(given.definition, plain, limits, flags=False).table
    used = np.array([each not in left for each in table["@id"].tolist()], dtype=bool)
    away_too = visitors(given.definition, table)
    every, home = (table.loc[rows].reset_index(drop=True) for rows in (~away_too, ~away_too & used))
    return every, home, int((away_too & used).sum())


def home_of(given: Inputs) -> tuple[pd.DataFrame, int]:
    """The used responses of residents, cleaned without flags; and how many are not theirs."""
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(given.definition, given.table, limits, flags=False)
    away = visitors(given.definition, cleaned.table)
    return cleaned.table.loc[~away].reset_index(drop=True), int(away.sum())
