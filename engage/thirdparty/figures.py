"""The figures of a centre's own reports, counted in its worker's session and stored nowhere."""

from collections.abc import Mapping, Sequence
from datetime import date

from engage.core.reporting.fields import codes_of
from engage.core.reporting.periods import Period, over
from engage.core.reporting.tables import Row, Tables, tabulate
from engage.reports.labels import labels
from engage.thirdparty.own import Own

TITLES = {
    "kind": "Kind of harm",
    "strand": "Strand",
    "type": "What was done",
    "ward": "Ward",
    "month": "Month",
}
COLUMNS = ("Breakdown", "Group", "Reports")
ANSWERS = {"kind": "kind_of_harm", "strand": "strands", "type": "incident_types", "ward": "ward"}

Named = Mapping[str, Mapping[str, str]]


def named(period: Period, wards: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The codes of every breakdown with what they are called; where nobody said comes last."""
    found = {name: labels(ANSWERS[name]) for name in ("kind", "strand", "type")}
    found["ward"] = dict(wards)
    for single, words in (("kind", "Not said"), ("ward", "Not said, or elsewhere")):
        found[single] = {**found[single], "": words}
    return {**found, "month": {month: month for month in period.months}}


def periods(reports: Sequence[Own], today: date) -> list[Period]:
    """The half-years that are over since the centre's first report, the newest first."""
    first = min((each.report.month for each in reports), default=None)
    return over(first, today) if first else []


def tables(
    reports: Sequence[Own], period: Period, codes: Mapping[str, Mapping[str, str]]
) -> Tables:
    """The centre's tables of a half-year, without small figures."""
    rows = [_row(each, codes) for each in reports if each.report.month in period.months]
    return tabulate(rows, {breakdown: list(each) for breakdown, each in codes.items()})


def _row(own: Own, codes: Named) -> Row:
    row: dict[str, Sequence[str]] = {"month": (own.report.month,)}
    for breakdown, question in ANSWERS.items():
        found = sorted(set(codes_of(own.facts.get(question))) & set(codes[breakdown]))
        row[breakdown] = found or ("",)
    return row
