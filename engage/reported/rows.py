"""What is counted of each report, and by what: breakdowns, their codes and what those are called.

Where somebody did not say, the code is empty. It comes last, so that it hides with the small ones
before any other figure does.
"""

from collections.abc import Mapping, Sequence

from engage.core.reporting.outcomes import OUTCOMES
from engage.core.reporting.periods import Period
from engage.core.reporting.tables import CENTRE, PUBLIC, Row
from engage.reports.facts import Facts
from engage.reports.labels import labels

TITLES = {
    "kind": "Kind of harm",
    "strand": "Strand",
    "type": "What was done",
    "ward": "Ward",
    "month": "Month",
    CENTRE: "Reported through",
    "wish_police": "What the police may get",
    "wish_support": "What support services may get",
    "outcome": "What came of it",
    "first_contact": "Time to first contact",
}
SEVERAL = frozenset({"strand", "type"})
"""Breakdowns in which a report counts for each that it has."""
CONTACTED = {
    "day": "The same day",
    "two": "1 or 2 days",
    "week": "3 to 7 days",
    "fortnight": "8 to 14 days",
    "longer": "More than 14 days",
}
WITHIN = ((0, "day"), (2, "two"), (7, "week"), (14, "fortnight"))
NOT_SAID = {
    "kind": "Not said",
    "ward": "Not said, or elsewhere",
    "wish_police": "Not asked or not said",
    "wish_support": "Not asked or not said",
    "outcome": "Not closed yet",
    "first_contact": "No contact yet, or no way to reach them",
}

Named = Mapping[str, Mapping[str, str]]
"""By breakdown every code with what it is called, in the order in which they are shown."""


def named(period: Period, wards: Mapping[str, str], centres: Mapping[int, str]) -> Named:
    """The codes of every breakdown. Kinds come so that hate, the most of them, hides last."""
    found: dict[str, dict[str, str]] = {
        "kind": dict(labels("kind_of_harm")),
        "strand": dict(labels("strands")),
        "type": dict(labels("incident_types")),
        "ward": dict(wards),
        "month": {month: month for month in period.months},
        CENTRE: {str(number): name for number, name in centres.items()} | {PUBLIC: "No centre"},
        "wish_police": dict(labels("wish_police")),
        "wish_support": dict(labels("wish_support")),
        "outcome": dict(OUTCOMES),
        "first_contact": dict(CONTACTED),
    }
    for breakdown, words in NOT_SAID.items():
        found[breakdown][""] = words
    return {breakdown: found[breakdown] for breakdown in TITLES}


def row_of(facts: Facts, codes: Named) -> Row:
    """What is counted of one report. A code that nothing is called by counts as not said."""
    centre = str(facts.centre) if str(facts.centre) in codes[CENTRE] else PUBLIC
    single = {
        "kind": facts.kind,
        "ward": facts.ward,
        "month": facts.month,
        CENTRE: centre,
        "wish_police": facts.wishes.get("police", ""),
        "wish_support": facts.wishes.get("support", ""),
        "outcome": facts.outcome,
        "first_contact": _contacted(facts.days_to_first_contact),
    }
    row: dict[str, Sequence[str]] = {
        breakdown: (code if code in codes[breakdown] else "",) for breakdown, code in single.items()
    }
    return row | {"strand": sorted(set(facts.strands)), "type": sorted(set(facts.types))}


def _contacted(days: int | None) -> str:
    if days is None:
        return ""
    return next((code for most, code in WITHIN if days <= most), "longer")
