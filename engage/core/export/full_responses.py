"""The file with everything that is stored of every response, used or not."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from engage.core.cleaning.log import Cleaned
from engage.core.cleaning.signs import FLAGS as SIGNS
from engage.core.cleaning.words import FLAGS, REMOVES
from engage.core.definition.days import iso
from engage.core.definition.kinds import DATE_KINDS, NAMED_KINDS, TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.export.codebook import Column, columns_of
from engage.core.export.coded_csv import Said
from engage.core.export.responses import Areas, ResponsesFile

Words = Callable[[Sequence[str]], Mapping[str, Mapping[str, str]]]
"""What these responses say in words, by response and question; asked for some at a time."""
SCREENED = {
    "waiting": "Nobody has looked at some of them: quote none",
    "passed": "Somebody looked and found nothing to worry about",
    "flagged": "Somebody was worried: quote none",
    "handled": "Somebody was worried, and it was dealt with: quote none",
}
"""What became of the words of a response in screening."""


def full_responses(
    definition: Definition,
    table: pd.DataFrame,
    cleaned: Cleaned,
    areas: Areas,
    words: Words,
    *,
    screened: Mapping[str, str] | None = None,
) -> ResponsesFile:
    """Every response with its day, time, ward and words, and what cleaning made of it.

    `table` is the coded table of all responses of a wave; `words` reads what people wrote while
    the file is written, and `screened` is what became of them in screening, by response.
    """
    full = table.copy()
    ids = [str(each) for each in full["@id"]]
    full["@signs"] = [flags.replace(",", " ") for flags in full[SIGNS].astype(object)]
    full["@removed"] = [cleaned.removed.get(each, "") for each in ids]
    full["@flags"] = [" ".join(cleaned.flagged.get(each, ())) for each in ids]
    full["@cleared"] = [" ".join(cleaned.cleared.get(each, ())) for each in ids]
    full["@screened"] = [(screened or {}).get(each, "") for each in ids]
    full["@used"] = ["no" if each in cleaned.removed else "yes" for each in ids]
    full["@day"] = full["@day"].dt.strftime("%Y-%m-%d")
    full["@area_group"] = full["@ward"].astype(object).map(dict(areas.group_of))
    columns = columns_of(definition, areas.wards)
    for question in definition.questions.values():
        if question.kind in DATE_KINDS:
            dates = [None if np.isnan(each) else iso(int(each)) for each in full[question.id]]
            full[question.id] = pd.Series(dates, index=full.index, dtype=object)
    written = [
        (each.id, columns[each.id].heading)
        for each in definition.questions.values()
        if each.kind in TEXT_KINDS | NAMED_KINDS
    ]
    everything = (*_about_responses(areas), *columns.values())
    return ResponsesFile(everything, full, said=_said(ids, words, written))


def _said(ids: Sequence[str], words: Words, written: Sequence[tuple[str, str]]) -> Said:
    """The words of some rows, by the heading of each question that is answered in words."""

    def said(span: slice) -> dict[str, list[str | None]]:
        some = ids[span]
        found = words(some) if written else {}
        return {
            heading: [found.get(each, {}).get(question) for each in some]
            for question, heading in written
        }

    return said


def _about_responses(areas: Areas) -> tuple[Column, ...]:
    """The columns about a response rather than in it, in their order."""
    rules = {name: told.reason for name, told in REMOVES.items()}
    flags = {name: told.reason for name, told in FLAGS.items()}
    marks = "The rules that marked it, with a space between"
    cleared = "The rules by which some of its answers are not used, with a space between"
    used = {"yes": "Yes", "no": "No"}
    return (
        Column("@id", "Random number of the response", "text"),
        Column("@used", "Whether the figures use it", "one answer", meanings=used),
        Column("@removed", "The rule that took it out", "one answer", meanings=rules),
        Column("@flags", marks, "text", meanings=flags),
        Column("@cleared", cleared, "text", meanings=rules),
        Column("@signs", "What was odd as it was begun and sent, with a space between", "text"),
        Column("@screened", "Whether somebody looked at its words", "text", meanings=SCREENED),
        Column("@submission", "One-way mark of the form that it came from", "text"),
        Column("@day", "Day on which it was sent", "date"),
        Column("@duration", "How long it took, in seconds", "number"),
        Column("@mode", "How it was taken", "text"),
        Column("@language", "Language of the form", "text"),
        Column("@source", "Where the link to the form was", "text"),
        Column("@ward", "Ward", "one answer", meanings=dict(areas.wards)),
        Column("@area_group", "Group of wards", "one answer", meanings=dict(areas.groups)),
    )
