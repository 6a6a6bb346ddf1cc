"""One wave's responses to its suppressed figures: clean, weight, estimate, suppress."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.definition.model import Definition
from engage.core.disclosure.suppress import suppress
from engage.core.indicators.compute import compute
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Indicator
from engage.core.statistics.diagnostics import diagnose
from engage.core.statistics.margins import MarginError
from engage.core.statistics.population import Borough, Frame, frame
from engage.core.statistics.residents import Residents
from engage.core.statistics.sample import Sample, take_sample
from engage.figures.breakdowns import AREA_GROUP, CONNECTION, WARD, Areas, Cut, cuts, visitors
from engage.figures.weighting import Line, Weighting
from engage.figures.words import EVERYBODY, RESIDENTS

METHOD = "xlogit"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a wave's figures are made from; `table` is coded and not yet cleaned."""

    wave: str
    definition: Definition
    table: pd.DataFrame
    indicators: Sequence[Indicator]
    population: Sequence[Residents]
    areas: Areas


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a wave, how many responses went in, and how they were weighted.

    `tidy` is suppressed, with a column `label` that names the group for people.
    """

    tidy: pd.DataFrame
    flow: Flow
    weighting: Weighting


def calculate(given: Inputs) -> Outcome:
    """The figures of a wave.

    Residents are the overall figures and every breakdown; visitors are one group of their own,
    with equal weights, in the breakdown by connection.
    """
    limits = Thresholds(wards=frozenset(given.areas.wards))
    cleaned = clean(given.definition, given.table, limits)
    away = visitors(given.definition, cleaned.table)
    home = cleaned.table.loc[~away].reset_index(drop=True)
    made = cuts(given.definition, home, given.areas)
    tables, weighting = _residents(given, home, made, int(away.sum()))
    if given.definition.role("connection"):
        guests = _visitors(given, cleaned.table.loc[away].reset_index(drop=True))
        tables = [tables[0], _as_connection(tables[0], "resident"), guests, *tables[1:]]
    filled = [each for each in tables if len(each)] or tables[:1]
    tidy = pd.concat(filled, ignore_index=True)
    tidy["label"] = _labels(given.definition, made, tidy)
    return Outcome(tidy, cleaned.flow, weighting)


def _residents(
    given: Inputs, home: pd.DataFrame, made: Sequence[Cut], guests: int
) -> tuple[list[pd.DataFrame], Weighting]:
    """The suppressed tables of the overall figures and of the breakdowns, and the weights."""
    borough = Borough(given.areas.wards, given.areas.group_of)
    framed = frame(given.definition, home, given.population, borough)
    factors = [cut.factor for cut in made]
    try:
        sample = take_sample(
            len(home), margins=framed.margins, labels=framed.labels, breakdowns=factors
        )
        weighting = _weighting(framed, sample, guests)
    except MarginError as problem:
        framed = Frame(reason=f"{problem} Everybody counts once.", refused=framed.refused)
        sample = take_sample(len(home), breakdowns=factors)
        weighting = _weighting(framed, sample, guests)
    counted = compute(
        home,
        given.indicators,
        sample,
        wave=given.wave,
        estimators=[weighting.estimator],
        methods=[METHOD],
    )
    areas = given.areas.group_of.items()
    shown = suppress(
        counted.tidy,
        numerators=counted.numerators,
        policy=disclosure(given.indicators, given.definition),
        within=[((WARD, ward), (AREA_GROUP, group)) for ward, group in areas],
    )
    # A questionnaire without indicators has a table without rows, which is a table all the same.
    return [part for _name, part in shown.groupby("breakdown", sort=False)] or [shown], weighting


def _visitors(given: Inputs, guests: pd.DataFrame) -> pd.DataFrame:
    """The suppressed figures of people who do not live here."""
    counted = compute(
        guests,
        given.indicators,
        take_sample(len(guests)),
        wave=given.wave,
        estimators=["unweighted"],
        methods=[METHOD],
    )
    shown = suppress(
        counted.tidy,
        numerators=counted.numerators,
        policy=disclosure(given.indicators, given.definition),
    )
    return _as_connection(shown, "visitor")


def _as_connection(overall: pd.DataFrame, group: str) -> pd.DataFrame:
    return overall.assign(breakdown=CONNECTION, group=group)


def _weighting(framed: Frame, sample: Sample, guests: int) -> Weighting:
    people = sample.cells.people
    if not framed.margins:
        return Weighting(
            "unweighted",
            people,
            guests,
            reason=framed.reason,
            merged=framed.merged,
            refused=framed.refused,
        )
    made = diagnose(sample)
    return Weighting(
        "rake",
        people,
        guests,
        margins=tuple(margin.name for margin in framed.margins),
        merged=framed.merged,
        refused=framed.refused,
        notes=made.warnings,
        population=made.total,
        smallest=made.smallest,
        largest=made.largest,
        design_effect=made.design_effect,
        effective_base=made.effective_base,
        lines=tuple(
            Line(line.margin, line.category, line.people, line.before, line.residents)
            for line in made.margins
        ),
    )


def _labels(definition: Definition, made: Sequence[Cut], tidy: pd.DataFrame) -> list[str]:
    """The name of each row's group for people."""
    question = definition.role("connection")
    names = {("overall", "all"): RESIDENTS if question else EVERYBODY}
    for option in question.options if question else ():
        if option.connection:
            names[CONNECTION, option.connection] = option.label
    for cut in made:
        names |= {(cut.factor.name, group): label for group, label in cut.labels.items()}
    return [names[pair] for pair in zip(tidy["breakdown"], tidy["group"], strict=True)]
