"""Check CSV files against the CSVW descriptions beside them: python -m tools.check_csvw BUNDLE.

BUNDLE is a zip or a folder. By the W3C's recommendations "Metadata Vocabulary for Tabular Data" and
"Model for Tabular Data and Metadata on the Web" of 17 December 2015, as far as our files go: one
table a description, standard datatypes without formats, primary keys. What goes further is a fault
here, so that nothing is passed that was not looked at.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

CONTEXT = "http://www.w3.org/ns/csvw"
END = "-metadata.json"
TABLE = {"@context", "@id", "@type", "url", "dialect", "notes", "tableSchema"}
SCHEMA = {"@id", "@type", "columns", "primaryKey"}
COLUMN = {"@id", "@type", "name", "titles", "datatype", "required", "null", "lang"}
DIALECT = {"encoding": str, "lineTerminators": list, "headerRowCount": int, "delimiter": str}
NAME = re.compile(r"(?:[A-Za-z0-9]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9_.]|%[0-9A-Fa-f]{2})*")
COMMON = re.compile(r"(?:[a-z]+:\S+|https?://\S+)")
NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|-?INF|NaN"
DATATYPES = {
    "string": re.compile(r".*", re.DOTALL),
    "double": re.compile(NUMBER),
    "number": re.compile(NUMBER),
    "integer": re.compile(r"[-+]?\d+"),
    "boolean": re.compile(r"true|false|1|0"),
}


def faults(metadata: bytes, content: bytes, name: str) -> list[str]:
    """Every fault of a description and of the CSV file of that name beside it."""
    try:
        told = json.loads(metadata.decode("utf-8"))
    except ValueError as error:
        return [f"the description is no JSON: {error}"]
    found = [*_of_description(told, name)]
    return found or [*_of_table(told, content)]


def _of_description(told: Mapping[str, object], name: str) -> Iterator[str]:
    if not _is_context(told.get("@context")):
        yield f"@context is {told.get('@context')!r}, not {CONTEXT}"
    yield from _unknown("the table", told, TABLE)
    if told.get("url") != name:
        yield f"url is {told.get('url')!r}, and the file is {name!r}"
    dialect = told.get("dialect", {})
    for key, value in dialect.items():
        if not isinstance(value, DIALECT.get(key, ())):
            yield f"the dialect has {key}: {value!r}"
    schema = told.get("tableSchema", {})
    yield from _unknown("the schema", schema, SCHEMA)
    yield from _of_columns(schema.get("columns", []), _listed(schema.get("primaryKey", [])))


def _of_columns(columns: list[dict[str, object]], keys: list[str]) -> Iterator[str]:
    names = [str(column.get("name", "")) for column in columns]
    for column in columns:
        yield from _unknown(f"the column {column.get('name')}", column, COLUMN)
        if not NAME.fullmatch(str(column.get("name", ""))):
            yield f"{column.get('name')!r} is no name of a column"
        if column.get("datatype", "string") not in DATATYPES:
            yield f"{column.get('name')} has the datatype {column['datatype']!r}"
    if len(set(names)) < len(names):
        yield "two columns have one name"
    for key in keys:
        if key not in names:
            yield f"the primary key names the column {key!r}, which is not there"


def _is_context(context: object) -> bool:
    if not isinstance(context, list):
        return context == CONTEXT
    local = context[1] if len(context) == 2 else None
    known = isinstance(local, dict) and bool(local) and set(local) <= {"@language", "@base"}
    return known and context[0] == CONTEXT


def _unknown(what: str, told: Mapping[str, object], known: set[str]) -> Iterator[str]:
    for key in told:
        if key not in known and not COMMON.fullmatch(key):
            yield f"{what} has the property {key!r}, which CSVW does not know"


def _of_table(told: Mapping[str, object], content: bytes) -> Iterator[str]:
    dialect, schema = told.get("dialect", {}), told["tableSchema"]
    try:
        text = content.decode(dialect.get("encoding", "utf-8")).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError) as error:
        yield f"the encoding is not the one that is told: {error}"
        return
    ends = dialect.get("lineTerminators", ["\r\n", "\n"])
    if text and not text.endswith(tuple(ends)):
        yield f"the last row does not end with one of {ends!r}"
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect.get("delimiter", ","), strict=True
    )
    columns = schema["columns"]
    for _number in range(dialect.get("headerRowCount", 1)):
        heading, titles = next(rows, []), [_listed(column["titles"]) for column in columns]
        matches = [cell in told for cell, told in zip(heading, titles, strict=False)]
        if len(heading) != len(titles) or not all(matches):
            yield f"the heading is {heading!r}, and the titles are {titles!r}"
            return
    yield from _of_rows(rows, columns, _listed(schema.get("primaryKey", [])))


def _of_rows(
    rows: Iterator[list[str]], columns: list[dict[str, object]], key: list[str]
) -> Iterator[str]:
    places = [at for at, column in enumerate(columns) if column["name"] in key]
    kinds = [DATATYPES[str(column.get("datatype", "string"))] for column in columns]
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            yield f"row {number} has {len(row)} cells for {len(columns)} columns"
            continue
        for cell, kind, column in zip(row, kinds, columns, strict=True):
            absent = cell in _listed(column.get("null", [""]))
            if absent and column.get("required"):
                yield f"row {number}: {column['name']} is required"
            if not absent and not kind.fullmatch(cell):
                yield f"row {number}: {column['name']} is {cell!r}, no {column['datatype']}"
        mine = tuple(row[at] for at in places)
        if places and mine in seen:
            yield f"row {number}: there is another row with the key {mine!r}"
        seen.add(mine)


def _listed(value: object) -> list[str]:
    return [*value] if isinstance(value, list) else [str(value)]


def opened(place: Path) -> dict[str, bytes]:
    """The files of a bundle by their paths in it."""
    if place.is_dir():
        return {
            str(file.relative_to(place)): file.read_bytes()
            for file in sorted(place.rglob("*"))
            if file.is_file()
        }
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def checked(bundle: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The faults of every CSV file of a bundle; one without a description is a fault as well."""
    return {
        path: faults(bundle[f"{path}{END}"], content, path.rpartition("/")[2])
        if f"{path}{END}" in bundle
        else ["there is no description beside it"]
        for path, content in bundle.items()
        if path.endswith(".csv")
    }


def main(arguments: list[str]) -> int:
    """Print each file with its faults; how many files have some."""
    found = checked(opened(Path(arguments[0])))
    for path, told in found.items():
        print(f"{path}: {'; '.join(told) if told else 'valid'}")
    return sum(bool(told) for told in found.values()) or int(not found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
