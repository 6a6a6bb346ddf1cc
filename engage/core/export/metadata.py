"""The description of a tidy CSV as CSV on the Web: what each column is, and the file's origin."""

import json
from collections.abc import Mapping

from engage.core.export.about import About
from engage.core.statistics.estimate import TIDY_COLUMNS

COLUMNS: dict[str, tuple[str, str]] = {
    "wave": ("string", "The wave of the survey."),
    "indicator": ("string", "What is counted."),
    "breakdown": ("string", "By what people are divided; overall is everyone."),
    "group": ("string", "The group of the breakdown; all is everyone."),
    "estimator": ("string", "How answers are weighted."),
    "method": ("string", "The kind of 95% interval."),
    "estimate": ("double", "A proportion from 0 to 1, or a mean score. Empty where hidden."),
    "standard_error": ("double", "Standard error of the estimate."),
    "lower": ("double", "Lower limit of the 95% interval."),
    "upper": ("double", "Upper limit of the 95% interval."),
    "base": ("integer", "How many people are behind the estimate, unweighted."),
    "effective_base": ("double", "How many equally weighted people would tell as much."),
    "design_effect": ("double", "How much the weights widen the variance."),
    "flag": (
        "string",
        "[c] hidden to keep people private, [low] 30 to 99 people, [x] nobody, exact: 0% or 100%.",
    ),
}


Labels = Mapping[str, Mapping[str, str | Mapping[str, str]]]
"""For a column, what its codes mean; for `group`, what they mean in each breakdown."""


def csv_metadata(about: About, csv_name: str, labels: Labels) -> bytes:
    """The `-metadata.json` that stands beside a tidy CSV of that name; `notes` are its labels."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": csv_name,
        "dc:title": f"{about.title} {about.wave}: figures",
        "dc:creator": about.council,
        "dc:created": f"{about.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "dc:description": " ".join(_ended(line) for line in about.lines()),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "headerRowCount": 1},
        "tableSchema": {"columns": [_column(name) for name in TIDY_COLUMNS]},
        "notes": [{"labels": labels}],
    }
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _ended(line: str) -> str:
    """The line as a sentence: with a full stop, unless it ends already."""
    return line if line.endswith((".", "?", "!")) else f"{line}."


def _column(name: str) -> dict[str, object]:
    datatype, said = COLUMNS[name]
    return {"name": name, "titles": name, "datatype": datatype, "dc:description": said}
