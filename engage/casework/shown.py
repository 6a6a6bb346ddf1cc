"""A report as its page shows it: questions and answers by part, and what was said since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engage.areas.store import ward_names
from engage.core.reporting.fields import FIELDS, Part, codes_of
from engage.extensions import db
from engage.reports.form import report_form
from engage.reports.labels import day_in_words
from engage.reports.opened import Entry, OpenReport

HEADINGS = {
    Part.NARRATIVE: "What happened, in their words",
    Part.FACTS: "What happened",
    Part.RISK: "Safety and risk",
    Part.SUSPECTS: "Who is said to have done it",
    Part.IDENTITY: "Names",
    Part.CONTACT: "Getting in touch",
}
"""The parts on the page, in its order; the wishes stand above all of them."""
SAFE = ("contact_how", "contact_whose", "contact_phone", "contact_email", "contact_when",
        "who_may_answer", "leave_message", "code_word", "contact_rules", "interpreter",
        "interpreter_language", "interpreter_choice", "officer_preference")  # fmt: skip
"""What stands beside every button by which somebody is reached."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what was answered, as lines of text."""

    question: str
    lines: tuple[str, ...]


def parts_of(report: OpenReport) -> list[tuple[str, str, list[Answered]]]:
    """Every part: its id, its heading, and its questions in the order in which they were asked."""
    wards = ward_names(db.session())
    return [
        (part.value, heading, answered(report.parts.get(part.value, {}), part, wards))
        for part, heading in HEADINGS.items()
    ]


def answered(answers: Mapping[str, object], part: Part, wards: Mapping[str, str]) -> list[Answered]:
    """What was answered of a part; one whose question this form does not have comes last."""
    order = [name for name, (own, _) in FIELDS.items() if own is part and name in answers]
    order += [name for name in answers if name not in FIELDS]
    return [Answered(label(name), lines_of(name, answers[name], wards)) for name in order]


def safe_contact(report: OpenReport) -> list[Answered]:
    """How they may be reached, and how never."""
    contact = report.parts.get("contact", {})
    return [
        Answered(label(name), lines_of(name, contact[name], {}))
        for name in SAFE
        if contact.get(name)
    ]


def label(name: str) -> str:
    """The words of a question; its id if the form has it no more."""
    question = report_form().questions.get(name)
    return question.text if question else name.replace("_", " ")


def lines_of(name: str, value: object, wards: Mapping[str, str]) -> tuple[str, ...]:
    """An answer in words: the labels of its options, a ward's name, a day, or what was written."""
    question = report_form().questions.get(name)
    labels = {each.code: each.label for each in question.options} if question else {}
    return tuple(
        labels.get(code) or wards.get(code) or day_in_words(code) for code in codes_of(value)
    )


def labels_of(name: str) -> dict[str, str]:
    """The options of a question, by code."""
    question = report_form().questions.get(name)
    return {each.code: each.label for each in question.options} if question else {}


@dataclass(frozen=True, slots=True)
class Said:
    """An entry in words: when, by whom, what, and the words that somebody wrote."""

    number: int
    ring: str
    kind: str
    at: datetime | None
    by: str
    value: Mapping[str, object]


def said_in(entries: Iterable[Entry], names: Mapping[int, str]) -> list[Said]:
    """Entries with the names of colleagues, in the order in which they came."""
    return [
        Said(
            number=each.number,
            ring=each.ring,
            kind=str(each.value.get("kind", "")),
            at=_moment(each.value.get("at")),
            by=_who(each.value.get("by"), names),
            value=each.value,
        )
        for each in entries
    ]


def _who(by: object, names: Mapping[int, str]) -> str:
    if isinstance(by, int):
        return names.get(by, "A colleague who left")
    return {"reporter": "Whoever reported", "centre": "The centre"}.get(str(by), "The site")


def _moment(written: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written))
    except ValueError:
        return None
