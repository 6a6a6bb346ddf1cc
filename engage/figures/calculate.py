"""One wave's responses to its suppressed figures: clean, weight, estimate, suppress."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from engage.core.cleaning.by_hand import BY_HAND
from engage.core.cleaning.flow import Flow
from engage.core.cleaning.log import clean, flows
from engage.core.cleaning.rule_sets import NEWEST, RULE_SETS
from engage.core.cleaning.rules import Thresholds
from engage.core.indicators.nonresponse import unanswered
from engage.core.indicators.unanswered import Unanswered
from engage.core.representation.measure import represent
from engage.core.representation.representation import Representation
from engage.figures.breakdowns import cuts, visitors
from engage.figures.inputs import Inputs
from engage.figures.labels import labels
from engage.figures.moved import Moved
from engage.figures.sensitivity import moved
from engage.figures.tables import as_connection, resident_tables, visitor_table
from engage.figures.unanswered import told
from engage.figures.used import digest_of
from engage.figures.weighed import weigh
from engage.figures.weighting import Weighting

PAST = tuple(version for version in RULE_SETS if version != NEWEST.version)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a wave, how many responses went in, and how they were weighted.

    `tidy` is suppressed, with a column `label` that names the group for people. The rest tells of
    nobody either: `past_flows` by version of the rules, `sensitivity` of the headlines,
    `unanswered` by indicator. But `marked`, by response, are the rules that marked it, for those
    who look at them.
    """

    tidy: pd.DataFrame
    flow: Flow
    weighting: Weighting
    past_flows: Mapping[int, Flow]
    sensitivity: tuple[Moved, ...]
    representation: Representation
    unanswered: Mapping[str, Unanswered]
    marked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def calculate(given: Inputs) -> Outcome:
    """The figures of a wave.

    Residents are the overall figures and every breakdown; visitors are one group of their own,
    with equal weights, in the breakdown by connection.
    """
    definition = given.definition
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(definition, given.table, limits)
    away = visitors(definition, cleaned.table)
    home = cleaned.table.loc[~away].reset_index(drop=True)
    made = cuts(definition, home, given.areas, given.united)
    weighed = weigh(given, home, int(away.sum()), [cut.factor for cut in made])
    tables = resident_tables(given, home, weighed)
    if definition.role("connection"):
        guests = visitor_table(given, cleaned.table.loc[away].reset_index(drop=True))
        tables = [tables[0], as_connection(tables[0], "resident"), guests, *tables[1:]]
    filled = [each for each in tables if len(each)] or tables[:1]
    tidy = pd.concat(filled, ignore_index=True)
    tidy["label"] = labels(definition, made, tidy)
    return Outcome(
        tidy,
        replace(cleaned.flow, people=digest_of(home)),
        weighed.weighting,
        past_flows=flows(definition, given.table, limits, versions=PAST),
        sensitivity=moved(given, cleaned, tidy),
        representation=represent(definition, home, given.population, given.borough, private=True),
        unanswered=told(unanswered(home, given.indicators, definition), tidy),
        marked={
            response: rules
            for response, by in cleaned.flagged.items()
            if (rules := tuple(each for each in by if each != BY_HAND))
        },
    )
