"""The catalogues of the interface: `python -m tools.translations update|compile`.

`update` takes the English texts out of the templates and the code into translations/messages.pot
and brings each language's file up to date; `compile` makes what the site reads.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from engage.config import ROOT
from engage.web.catalogues import FOLDER
from engage.web.interface_texts import fault_of, missing_texts, read_texts, texts_file
from engage.web.language import ENGLISH, LANGUAGES

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "marked": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
ROOMS = ("engage", "templates")
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Files say no day: they change when a text does, and then only."""
HEADERS: dict[str, Any] = {
    "project": "Engage",
    "version": "1",
    "msgid_bugs_address": "see README.md",
    "last_translator": "nobody yet",
    "language_team": "nobody yet",
    "creation_date": NO_DAY,
    "revision_date": NO_DAY,
    "fuzzy": False,
}
HEADER = """\
# The texts of Engage's interface{}.
# Made by `make translations`; see docs/languages.md.
#"""


def english(root: Path = ROOT) -> Catalog:
    """Every text of the interface, as the templates and the code have it now."""
    found = Catalog(
        **HEADERS,
        header_comment=HEADER.format(", in English"),
    )
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for room in ROOMS:
        mapping = [(pattern.removeprefix(f"{room}/"), method) for pattern, method in methods]
        given = {pattern.removeprefix(f"{room}/"): kept for pattern, kept in options.items()}
        within = extract_from_dir(root / room, mapping, given, KEYWORDS)
        for file, _line, text, _comments, context in within:
            found.add(text, locations=[(f"{room}/{file}", 1)], context=context)
    return found


def written(catalog: Catalog) -> bytes:
    """A catalogue as a file: sorted by place, without line numbers, so that little of it moves."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def tags() -> list[str]:
    """What the languages are called that need a catalogue."""
    return sorted({each.tag for each in LANGUAGES} - {ENGLISH.tag})


def update(folder: Path = FOLDER) -> list[str]:
    """Write the English texts, and bring every language up to date; a line for each."""
    source = english()
    folder.mkdir(exist_ok=True)
    (folder / "messages.pot").write_bytes(written(source))
    report = [f"{len(source)} texts"]
    for tag in tags():
        file = texts_file(tag, folder)
        there = read_texts(tag, folder) if file.exists() else _new(tag)
        there.update(source, no_fuzzy_matching=True)
        there.creation_date = NO_DAY
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written(there))
        report.append(f"{tag}: {len(missing_texts(tag, folder))} are missing")
    return report


def compiled(folder: Path = FOLDER) -> list[str]:
    """Make what the site reads, without texts that would break a page; a line for each of those."""
    report = []
    for file in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        tag = file.parent.parent.name
        there = read_texts(tag, folder)
        for message in list(there):
            fault = fault_of(message) if message.id else ""
            if fault:
                there.delete(message.id, message.context)
                report.append(f"{tag}: {message.id!r} stays English: {fault}")
        with file.with_suffix(".mo").open("wb") as made:
            write_mo(made, there)
    return report


def _new(tag: str) -> Catalog:
    name = next(each.name for each in LANGUAGES if each.code == tag)
    return Catalog(
        locale=tag,
        **HEADERS,
        header_comment=HEADER.format(f": {name}"),
    )


def main(arguments: list[str]) -> int:
    """Do what is asked for, and print what was done."""
    work = {"update": update, "compile": compiled}
    if len(arguments) != 1 or arguments[0] not in work:
        print("Say one of: update, compile", file=sys.stderr)
        return 2
    for line in work[arguments[0]]():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
