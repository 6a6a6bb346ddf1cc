"""The texts of the interface in another language: which are missing, and which would break a page.

They are in `translations/`: `messages.pot` has the English ones, and each language has a folder.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from engage.web.catalogues import FOLDER

PLACEHOLDER = re.compile(r"%(?:\(([a-z0-9_]+)\)[sd]|(%)|(.?))")
MARKUP = frozenset('<>&"')
"""Texts go into pages as they are: a tag or a quotation mark of HTML would end up in one."""


def texts_file(tag: str, folder: Path = FOLDER) -> Path:
    """The file of a language's texts."""
    return folder / tag / "LC_MESSAGES" / "messages.po"


def read_texts(tag: str, folder: Path = FOLDER) -> Catalog:
    """The texts of a language as translators have them; none where there is no file."""
    file = texts_file(tag, folder)
    if not file.exists():
        return Catalog(locale=tag)
    with file.open("rb") as opened:
        return read_po(opened, locale=tag)


def read_english(folder: Path = FOLDER) -> Catalog:
    """The English texts, which every other language translates."""
    with (folder / "messages.pot").open("rb") as file:
        return read_po(file)


def missing_texts(tag: str, folder: Path = FOLDER) -> list[str]:
    """The English texts that a language does not have, and so shows in English."""
    there = read_texts(tag, folder)
    missing = []
    for message in _texts(read_english(folder)):
        found = there.get(message.id, message.context)
        if found is None or found.fuzzy or not all(_forms(found.string)):
            missing.append(_forms(message.id)[0])
    return missing


def faulty_texts(tag: str, folder: Path = FOLDER) -> list[str]:
    """What is wrong with a language's texts: a line each, naming the text and the fault."""
    return [
        f"{_forms(message.id)[0]!r}: {fault}"
        for message in _texts(read_texts(tag, folder))
        if (fault := fault_of(message))
    ]


def fault_of(message: Message) -> str:
    """Why a translated text would break a page or say less than the English; empty for none."""
    source, forms = _forms(message.id), _forms(message.string)
    wanted = set().union(*map(_placeholders, source))
    for form in filter(None, forms):
        found = _placeholders(form)
        if "" in found:
            return "it has a % that is neither of a placeholder nor doubled."
        # One of several forms may leave a number out: “one answer”.
        if found != wanted and (len(source) == 1 or not found <= wanted):
            said = ", ".join(sorted(found ^ wanted))
            return f"the placeholders differ from the English ones: {said}."
        if MARKUP & set(form) - set().union(*source):
            return 'it has one of < > & ", which a page would take for markup.'
    return ""


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _forms(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a text: one, or one for each kind of number."""
    return (texts or "",) if texts is None or isinstance(texts, str) else tuple(texts)


def _placeholders(text: str) -> set[str]:
    """The names in a text; an empty one for a % that stands alone."""
    return {found.group(1) or "" for found in PLACEHOLDER.finditer(text) if found.group(2) is None}
