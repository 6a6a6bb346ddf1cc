"""What a translator's table makes of a translation: checked row by row, all or nothing."""

from collections.abc import Mapping
from typing import Any

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.texts import keys_of, may_be_added, texts_of
from engage.core.definition.translation import Text, Translation, mark_of, piped_in
from engage.core.definition.translation_csv import Row, Sheet


def merged(
    sheet: Sheet, raw: Mapping[str, Any], before: Translation, file: str, *, reviewed: bool
) -> Translation:
    """The translation with the texts of a table; raises DefinitionError with every bad row.

    A text that the table leaves empty is taken out; one that it does not name stays as it was.
    """
    english, added = texts_of(raw), may_be_added(raw)
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    texts = dict(before.texts)
    for row in sheet.rows:
        said = english.get(row.key, "")
        for problem, remedy in _problems(row, said, known=row.key in english or row.key in added):
            faults.append(Fault(file, f"row {row.number}", problem, remedy))
        first = seen.setdefault(row.key, row.number)
        if first != row.number:
            problem = f"the key {row.key!r} stands in row {first} too."
            faults.append(Fault(file, f"row {row.number}", problem, "Keep one of them."))
        texts.pop(row.key, None)
        if row.translation:
            texts[row.key] = Text(mark_of(said), row.translation)
    if faults:
        raise DefinitionError(faults)
    return Translation(
        questionnaire=before.questionnaire,
        version=before.version,
        language=before.language,
        reviewed=reviewed,
        texts={key: texts[key] for key in keys_of(raw) if key in texts},
    )


def _problems(row: Row, said: str, *, known: bool) -> list[tuple[str, str]]:
    if not known:
        problem = f"the questionnaire has no text with the key {row.key!r}."
        return [(problem, "Leave the keys as they were exported.")]
    if mark_of(row.english) != mark_of(said):
        problem = f"the English of {row.key} is not what it is now."
        return [(problem, "Leave the English as it was exported; if it changed, export again.")]
    wanted, found = piped_in(said), piped_in(row.translation)
    if row.translation and wanted != found:
        named = ", ".join(f"{{{each}|…}}" for each in sorted(wanted)) or "nothing in braces"
        return [(f"the translation of {row.key} must have {named}.", "Keep the names in braces.")]
    return []
