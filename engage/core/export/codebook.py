"""The codebook: what every column of a file of responses means, code by code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engage.core.definition.codebook import (
    MISSING,
    NOT_ANSWERED,
    NOT_ASKED,
    SOMEWHERE,
    Storage,
    variables,
)
from engage.core.definition.condition import Calculated
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.export.csv_file import Cell, csv_bytes

NOT_KNOWN = "@not_known"
WITHHELD = "@withheld"

KINDS_OF_MISSING: dict[str, tuple[int, str]] = {
    NOT_ASKED: (-9, "Not asked"),
    NOT_ANSWERED: (-8, "Not answered"),
    NOT_KNOWN: (-7, "Not asked, not answered or not known"),
    WITHHELD: (-6, "Withheld, so that nobody can be picked out"),
}
"""Kind of missing to its code in files and its label; no answer has a negative code."""


KINDS: dict[Kind, str] = {
    **dict.fromkeys((Kind.SINGLE, Kind.SCALE), "one answer"),
    **dict.fromkeys((Kind.AREA, Kind.POSTCODE, Kind.PLACE, Kind.PLACES), "one answer"),
    **dict.fromkeys((Kind.MULTIPLE, Kind.CONSENT), "tick box"),
    **dict.fromkeys((Kind.TEXT, Kind.LONG_TEXT), "text"),
    Kind.RANKING: "place",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.MONTH: "month",
}
"""What the codebook calls the columns of each kind of question."""

HEADER = ("variable", "label", "question", "kind", "code", "meaning", "note")


def heading_of(column: str) -> str:
    """The name of a column in files: the platform's own, such as `@day`, are `response_day`."""
    return f"response_{column[1:]}" if column.startswith("@") else column


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file of responses; `meanings` are its codes with their labels, in order."""

    name: str
    label: str
    kind: str
    question: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def heading(self) -> str:
        """The name in files."""
        return heading_of(self.name)

    def written(self, code: str) -> str | int:
        """A code as files have it: a number for a kind of missing."""
        return KINDS_OF_MISSING[code][0] if code in KINDS_OF_MISSING else code

    def meaning(self, code: str) -> str:
        """What a code means; a code that the column does not explain means itself."""
        known = KINDS_OF_MISSING.get(code, (0, code))[1]
        return self.meanings.get(code, known)


def columns_of(definition: Definition, wards: Mapping[str, str]) -> dict[str, Column]:
    """Every variable of a definition as a column, by name; `wards` are names by code."""
    columns = {}
    worked_out = {each.id: each for each in definition.calculated}
    for variable in variables(definition):
        if variable.name in worked_out:
            columns[variable.name] = _worked_out(worked_out[variable.name])
            continue
        question = definition.questions[variable.question]
        meanings = dict(zip(variable.categories, variable.labels, strict=True))
        if meanings.pop(SOMEWHERE, None):
            own = {code: meanings[code] for code in meanings if code not in MISSING}
            meanings = dict.fromkeys(MISSING, "") | dict(wards) | own
            meanings |= {kind: KINDS_OF_MISSING[kind][1] for kind in MISSING}
        number = variable.storage is Storage.NUMBER
        columns[variable.name] = Column(
            name=variable.name,
            label=variable.label,
            kind=KINDS[question.kind],
            question=question.id,
            meanings=meanings,
            note=f"{_unit(question)}; empty where absent".lstrip("; ") if number else "",
        )
    return columns


def _worked_out(number: Calculated) -> Column:
    made_of = ", ".join(dict.fromkeys(number.questions()))
    note = f"worked out from {made_of}; empty where absent"
    return Column(number.id, number.title, "number", number.id, note=note)


def _unit(question: Question) -> str:
    return {Kind.DATE: "year-month-day", Kind.MONTH: "year-month"}.get(question.kind, question.unit)


def codebook_csv(columns: Sequence[Column]) -> bytes:
    """The codebook as CSV: a row for every code of every column, or one for a column without."""
    rows: list[Sequence[Cell]] = []
    for column in columns:
        about = (column.heading, column.label, column.question, column.kind)
        codes = [(column.written(code), meaning) for code, meaning in column.meanings.items()]
        rows += [(*about, code, meaning, column.note) for code, meaning in codes or [("", "")]]
    return csv_bytes(HEADER, rows)
