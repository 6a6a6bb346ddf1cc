"""The figures that lead the page of a wave, each with its bar and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from engage.analysis.bars import Bar, bar
from engage.analysis.service import Seen
from engage.core.indicators.model import Headline, Indicator, IndicatorFile, at_version
from engage.figures.sentences import sentences
from engage.figures.store import StoredRun
from engage.figures.told import among, gather
from engage.figures.words import OVERALL


@dataclass(frozen=True, slots=True)
class Finding:
    """One leading figure: `bar` draws it, `said` are its sentences, `href` leads to its groups."""

    title: str
    indicator: str
    href: str
    bar: Bar
    said: Sequence[str]


class Findings(NamedTuple):
    """The leading figures, and among whom they changed, which is said once for all."""

    each: Sequence[Finding]
    among: str


def findings(session: Session, seen: Seen, run: StoredRun, file: IndicatorFile) -> Findings:
    """Every headline of the questionnaire that the run has a figure for, in the file's order."""
    indicators = {each.id: each for each in file.indicators}
    breakdowns = dict.fromkeys(each.breakdown for each in file.headlines)
    told = gather(session, seen.wave, run, breakdowns=[*breakdowns])
    made = []
    for headline in file.headlines:
        figure, indicator = told.figures.get(headline.key), indicators.get(headline.indicator)
        if figure and indicator:
            now = at_version(indicator, seen.definition.version)
            title = _title(headline, indicator, figure.label)
            drawn = bar("", now, figure.estimate)
            by = "" if headline.breakdown == OVERALL else f"&by={headline.breakdown}"
            href = f"?figure={indicator.id}{by}#figures"
            made.append(
                Finding(title, indicator.id, href, drawn, sentences(told, indicator, headline.key))
            )
    return Findings(made, among(told))


def of_indicator(session: Session, seen: Seen, run: StoredRun, indicator: Indicator) -> list[str]:
    """What is said of one figure of everybody."""
    told = gather(session, seen.wave, run, breakdowns=[OVERALL], indicator=indicator.id)
    key = (indicator.id, OVERALL, "all")
    return sentences(told, indicator, key) if key in told.figures else []


def _title(headline: Headline, indicator: Indicator, label: str) -> str:
    if headline.title:
        return headline.title
    return indicator.name if headline.breakdown == OVERALL else f"{indicator.name}: {label}"
