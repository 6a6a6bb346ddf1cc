"""Which responses figures are of, as a digest: two runs with one count may be of other people."""

import hashlib

import pandas as pd

from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.figures.breakdowns import visitors
from engage.figures.inputs import Inputs


def digest_of(home: pd.DataFrame) -> str:
    """The same as long as the same residents' responses are used."""
    return hashlib.sha256("".join(sorted(home["@id"].astype(str))).encode()).hexdigest()


def home_of(given: Inputs) -> tuple[pd.DataFrame, int]:
    """The used responses of residents, cleaned without flags; and how many are not theirs."""
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(given.definition, given.table, limits, flags=False)
    away = visitors(given.definition, cleaned.table)
    return cleaned.table.loc[~away].reset_index(drop=True), int(away.sum())
