"""The page on which one form is typed: every question in order, each with a box."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template, request

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.paper import numbers_of
from engage.core.definition.question import Question
from engage.core.definition.spoken import Voice
from engage.entry.checked import Checked
from engage.entry.models import EntryBatch
from engage.entry.typed import Paper

TYPED = "t_"
"""Before the id of every question and box: what was typed for it."""
UNASKED = "The directions on the paper lead past this question, but there is an answer."
LONGEST = 5_000
"""Characters of one box that are read; the survey's own limit is checked after."""

HOW: dict[Kind, str] = {
    Kind.MULTIPLE: "Several, with spaces between.",
    Kind.RANKING: "What stands in each box, from the top, with spaces between; - for an empty one.",
    Kind.DATE: "Day, month and year, such as 27 3 2026.",
    Kind.MONTH: "Month and year, such as 3 2026.",
    Kind.AREA: "The number, or the beginning of the name.",
    Kind.POSTCODE: "The number, or the beginning of the name.",
    Kind.PLACE: "The name of the place.",
    Kind.PLACES: "The names of the places, with ; between.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it is typed; `boxes` are what stands on the paper, `beside` its boxes."""

    number: int
    question: Question
    how: str
    boxes: tuple[tuple[str, str], ...]
    beside: tuple[Question, ...]


@dataclass
class TypedPage:
    """What stands on the page: the words in its boxes, and what was found wrong with them."""

    form_id: str
    day: str
    typed: Mapping[str, str]
    checked: Checked = field(default_factory=Checked)
    day_error: str = ""
    refused: str = ""
    number: int | None = None
    after: int | None = None


def typed_in_request(definition: Definition) -> dict[str, str]:
    """What was sent for each question and box."""
    return {name: request.form.get(TYPED + name, "")[:LONGEST] for name in definition.questions}


def lines_of(definition: Definition, paper: Paper) -> list[Line]:
    """Every question in the order of the paper, under its number."""
    numbers, voice = numbers_of(definition), Voice(definition, {})
    lines = []
    for question in definition.questions.values():
        if question.beside:
            continue
        labels = paper.labels(question)
        boxes = [(key, labels.get(code, code)) for key, code in paper.keys(question).items()]
        lines.append(
            Line(
                number=numbers[question.id],
                question=voice.question(question),
                how=HOW.get(question.kind, ""),
                boxes=tuple(boxes) if question.kind is not Kind.RANKING else (),
                beside=definition.write_ins.get(question.id, ()),
            )
        )
    return lines


def form_page(batch: EntryBatch, definition: Definition, paper: Paper, page: TypedPage) -> str:
    """The page of one form."""
    numbers = numbers_of(definition)
    found = {**dict.fromkeys(page.checked.unasked, UNASKED), **page.checked.errors}
    messages = {
        name: f"Question {numbers[name]}: {found[name]}"
        for name in definition.questions
        if name in found
    }
    errors = [{"text": text, "href": f"#{TYPED}{name}"} for name, text in messages.items()]
    if page.day_error:
        errors.insert(0, {"text": page.day_error, "href": "#day"})
    if page.refused:
        errors.insert(0, {"text": page.refused})
    return render_template(
        "entry/form.html",
        batch=batch,
        definition=definition,
        lines=lines_of(definition, paper),
        page=page,
        messages=messages,
        errors=errors,
        unasked=list(dict.fromkeys(numbers[name] for name in page.checked.unasked)),
        prefix=TYPED,
    )
