"""How published figures were made, for the sheet of notes in the published files."""

from engage.core.indicators.rounding import counts_told
from engage.published.about import About

ESTIMATORS: dict[str, str] = {
    "rake": "weighted to the residents",
    "unweighted": "everybody counts once",
}
METHODS: dict[str, str] = {
    "xlogit": "95% interval on the scale of log-odds",
    "mean": "95% interval by Student's t",
}
INTERVAL = (
    "If surveys like this one were held over and over, and nothing but chance made them differ, 95 "
    "of 100 such intervals would hold the true figure."
)
HIDDEN = (
    "A figure is not shown where fewer than 30 people are behind it, where it could tell what a "
    "few of them said, or where it would give away another one that is not shown."
)


def told(about: About) -> list[tuple[str, str]]:
    """What each note is about, and the note."""
    notes = [("Who answered", about.caveat), ("Answers received", about.received)]
    notes += [(f"Not used: {label}", f"{many}. {why}") for label, many, why in about.removed]
    notes += [("Answers used", about.used)]
    notes += [("Weights", said) for said in about.weighting]
    notes += [("95% interval", INTERVAL), ("What is not shown", HIDDEN)]
    rounded = counts_told(about.counts_rounded_to)
    return [*notes, *([("Numbers of people", rounded)] if rounded else [])]
