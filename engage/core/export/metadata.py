"""The description of a tidy CSV as CSV on the Web: what each column is, and the file's origin."""

import json
from collections.abc import Mapping, Sequence

from engage.core.export.about import About

Columns = Mapping[str, tuple[str, str]]
"""The columns of a table in their order: the kind of value, and what it is."""

WAVE = ("string", "The wave of the survey.")
FIGURE: dict[str, tuple[str, str]] = {
    "indicator": ("string", "What is counted."),
    "breakdown": ("string", "By what people are divided; overall is everyone."),
    "group": ("string", "The group of the breakdown; all is everyone."),
}
COLUMNS: dict[str, tuple[str, str]] = {
    "wave": WAVE,
    **FIGURE,
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
        "[c] hidden to keep people private, [u] under 100 people, [x] nobody, exact: 0% or 100%.",
    ),
}
CHANGES: dict[str, tuple[str, str]] = {
    **FIGURE,
    "wave": WAVE,
    "before_wave": ("string", "The wave that it is compared with."),
    "change": (
        "double",
        "The figure less that of the wave before, in the figure's unit; empty with a reason.",
    ),
    "standard_error": ("double", "Standard error of the change."),
    "lower": ("double", "Lower limit of the 95% interval of the change."),
    "upper": ("double", "Upper limit of the 95% interval of the change."),
    "p": ("double", "The p-value of the change by itself (Student's t)."),
    "p_adjusted": ("double", "The same, adjusted for all the tests of its family. Quote this one."),
    "tests": ("integer", "How many tests are in that family."),
    "detectable": ("double", "The smallest change that a next wave as precise would show."),
    "reason": ("string", "Why there is no change; empty where there is one."),
    "note": ("string", "The same in words."),
}
TARGETS: dict[str, tuple[str, str]] = {
    **FIGURE,
    "wave": WAVE,
    "operator": ("string", "How the target is set: >= at least, <= at most, = that or better."),
    "target": ("double", "The target, in the unit of the figure: a proportion or a mean score."),
    "year": ("string", "For when it is set; empty if nobody said."),
    "ahead": ("boolean", "Whether that is a later year than that of the wave."),
    "source": ("string", "Where it is written down."),
    "verdict": ("string", "What the figure and its 95% interval say; empty with a reason."),
    "distance": ("double", "The figure less the target."),
    "lower": ("double", "Lower limit of the figure's 95% interval, less the target."),
    "upper": ("double", "Upper limit of the figure's 95% interval, less the target."),
    "detectable": ("double", "The smallest change that a next wave as precise would show."),
    "reason": ("string", "Why there is no verdict; empty where there is one."),
    "note": ("string", "The same in words."),
}

FIGURE_KEY = ("wave", "indicator", "breakdown", "group", "estimator", "method")
CHANGE_KEY = ("indicator", "breakdown", "group", "wave")

Labels = Mapping[str, Mapping[str, str | Mapping[str, str]]]
"""For a column, what its codes mean; for `group`, what they mean in each breakdown."""


def csv_metadata(
    about: About,
    csv_name: str,
    labels: Labels,
    *,
    columns: Columns = COLUMNS,
    what: str = "figures",
    said: Sequence[str] = (),
    key: Sequence[str] = (),
) -> bytes:
    """The `-metadata.json` that stands beside a tidy CSV of that name; `notes` are its labels.

    `what` names the content, `said` is what to know of it besides its origin, and no two rows
    share what is in the columns of `key`.
    """
    primary = {"primaryKey": list(key)} if key else {}
    terms = {"@id": about.licence.address}
    licence: dict[str, object] = {"dc:license": terms} if about.licence.name else {}
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": csv_name,
        "dc:title": f"{about.title} {about.wave}: {what}",
        "dc:creator": about.council,
        **licence,
        "dc:created": f"{about.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "dc:description": " ".join(_ended(line) for line in (*about.lines(), *said)),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "headerRowCount": 1},
        "tableSchema": {
            "columns": [_column(name, *told) for name, told in columns.items()],
            **primary,
        },
        "notes": [{"labels": labels}],
    }
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _ended(line: str) -> str:
    """The line as a sentence: with a full stop, unless it ends already."""
    return line if line.endswith((".", "?", "!")) else f"{line}."


def _column(name: str, datatype: str, said: str) -> dict[str, object]:
    return {"name": name, "titles": name, "datatype": datatype, "dc:description": said}
