"""A translation as a table for a translator: CSV that spreadsheets open, out and in again."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.texts import texts_of
from engage.core.definition.translation import Translation, fits
from engage.core.export.csv_file import FORMULA, REPLACEMENT, harmless

COLUMNS = ("key", "english", "translation", "note")
ABOUT = "about"
"""The key of the first row, which says what is translated into what."""

_ABOUT = re.compile(r"([a-z][a-z0-9_]*) version ([1-9][0-9]*)")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_LOST = re.compile(r"\?\?\?|" + REPLACEMENT)


class Row(NamedTuple):
    """A text as the table has it; `number` is that of its row in a spreadsheet."""

    number: int
    key: str
    english: str
    translation: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that came back: of which questionnaire, in which language, and its rows."""

    questionnaire: str
    version: int
    language: str
    rows: Sequence[Row]


def csv_of(raw: Mapping[str, Any], translation: Translation) -> bytes:
    """The table of a questionnaire's texts, with what there is of a translation.

    A text whose English has changed is left empty, for the translator to say anew; what it was is
    in the note beside it.
    """
    english = texts_of(raw)
    added = {key: "" for key in translation.texts if key not in english}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    about = f"{translation.questionnaire} version {translation.version}"
    writer.writerow([ABOUT, about, translation.language, "Leave this row as it is."])
    for key, said in {**english, **added}.items():
        made = translation.texts.get(key)
        if made is None or fits(said, made):
            cells = [key, said, made.text if made else "", ""]
        else:
            cells = [key, said, "", f"The English has changed. It was translated: {made.text}"]
        writer.writerow([harmless(_on_lines(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def read_sheet(data: bytes, file: str) -> Sheet:
    """The table in a CSV file; raises DefinitionError with every fault in its form."""
    faults: list[Fault] = []
    rows = list(_rows(_text(data, file), file, faults))
    first = rows[0] if rows else Row(2, "", "", "")
    said = _ABOUT.fullmatch(first.english)
    if first.key != ABOUT or not said:
        problem = f"its first row should have the key {ABOUT!r} and say what is translated."
        faults.append(_fault(file, first.number, problem, "Export it again, and copy that row."))
    if faults or not said:
        raise DefinitionError(faults)
    return Sheet(said[1], int(said[2]), first.translation, rows[1:])


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "In the spreadsheet, save it as “CSV UTF-8”."
        raise DefinitionError(
            [Fault(file, "the whole file", "it is not UTF-8.", remedy)]
        ) from error


def _rows(text: str, file: str, faults: list[Fault]) -> Iterator[Row]:
    heading, _, _ = text.partition("\n")
    # Spreadsheets of some countries write semicolons.
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        needed = COLUMNS[:3]
        if [name for name in names if name in needed] != list(needed):
            problem = f"its headings are not {', '.join(COLUMNS)}."
            remedy = "Leave the first row as it was exported, and open the file as UTF-8."
            faults.append(_fault(file, 1, problem, remedy))
            return
        places = [names.index(name) for name in needed]
        for number, cells in enumerate(reader, 2):
            if any(cell.strip() for cell in cells):
                full = [*cells, *[""] * (len(names) - len(cells))]
                key, english, translation = (_plainly(full[place]) for place in places)
                yield from _sound(Row(number, key, english, translation), file, faults)
    except csv.Error as error:
        where = f"row {reader.line_num}"
        faults.append(Fault(file, where, f"it is not CSV: {error}.", "Save it as CSV again."))


def _sound(row: Row, file: str, faults: list[Fault]) -> Iterator[Row]:
    """The row, if every letter of it can be read."""
    if _LOST.search(row.translation) and not _LOST.search(row.english):
        problem = "letters of the translation were lost on the way."
        remedy = "Save the spreadsheet as “CSV UTF-8”, from a file that still has them."
        faults.append(_fault(file, row.number, problem, remedy))
    elif any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in row.translation):
        problem = "the translation holds signs that cannot be shown."
        faults.append(_fault(file, row.number, problem, "Write it again."))
    else:
        yield row


def _plainly(cell: str) -> str:
    """A cell as it was meant: its own line ends, without the sign that kept it from running."""
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    text = "\n".join(line.rstrip() for line in lines)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _on_lines(text: str) -> str:
    """Each paragraph on one line, whatever its width in the file was."""
    return "\n\n".join(" ".join(each.split()) for each in _PARAGRAPHS.split(text.strip()))


def _fault(file: str, number: int, problem: str, remedy: str) -> Fault:
    return Fault(file, f"row {number}", problem, remedy)
