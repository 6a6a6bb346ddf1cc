"""Plain data to the pages, questions and options of a definition."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engage.core.definition.condition import Condition
from engage.core.definition.condition_data import both, condition_of
from engage.core.definition.days import LAST_YEAR, TODAY, number_of
from engage.core.definition.kinds import Kind, Means, Theme
from engage.core.definition.question import Beside, Option, Question, Section
from engage.core.definition.rule_data import rule_of
from engage.core.definition.wording_data import labels_of, plain_text, wordings_of

PLAIN = ("required", "key", "help_here", "minimum", "maximum", "unit", "choose")
"""What a question takes over as it stands in the file."""

PLACES = 5
"""How many places people can name, unless a question says."""
WRITE_IN = 200
"""The most letters in a box beside an option."""

AGREED = (Option("1", "Agreed"),)
"""The one answer that there is to a consent."""

Scales = dict[str, tuple[Option, ...]]


def section_of(data: dict[str, Any], scales: Scales) -> Section:
    """One page; a rule that opens it is part of the rule of each of its questions."""
    opens = condition_of(data["show_if"]) if "show_if" in data else None
    above = "text" if "text" in data else "intro"
    asked = (_question(question, scales) for question in data.get("questions", []))
    questions = (each for question in asked for each in _with_boxes(question))
    return Section(
        id=data["id"],
        title=plain_text(data, "title"),
        questions=tuple(replace(each, show_if=both(opens, each.show_if)) for each in questions),
        intro=plain_text(data, above),
        show_if=opens,
        rules=tuple(rule_of(each) for each in data.get("rules", [])),
        texts=wordings_of(data, "title", above),
        themes=_themes(data),
        help_here=data.get("help_here", False),
    )


def _themes(data: dict[str, Any]) -> frozenset[Theme]:
    return frozenset(Theme(theme) for theme in data.get("themes", []))


def _with_boxes(question: Question) -> Iterator[Question]:
    """A question and, as questions of their own, the boxes beside its options."""
    yield question
    for option in question.options:
        if option.write_in:
            chosen = Condition(question=question.id, codes=frozenset({option.code}))
            yield Question(
                id=f"{question.id}_{option.code}_text",
                kind=Kind.TEXT,
                text=f"{question.text} {option.label}, in their own words",
                show_if=both(question.show_if, chosen),
                themes=question.themes,
                max_length=WRITE_IN,
                beside=Beside(question.id, option.code),
            )


def _question(data: dict[str, Any], scales: Scales) -> Question:
    kind = Kind(data["kind"])
    if kind is Kind.PLACES:
        data = {"choose": PLACES} | data
    longest = data.get("max_length", 2000 if kind is Kind.LONG_TEXT else 200)
    return Question(
        id=data["id"],
        kind=kind,
        text=plain_text(data, "text"),
        help=plain_text(data, "help"),
        texts=wordings_of(data, "text", "help"),
        options=_options(data, scales),
        show_if=condition_of(data["show_if"]) if "show_if" in data else None,
        required_if=condition_of(data["required_if"]) if "required_if" in data else None,
        themes=_themes(data),
        max_length=longest,
        **({name: data[name] for name in PLAIN if name in data} | _bounds(data)),
    )


def _options(data: dict[str, Any], scales: Scales) -> tuple[Option, ...]:
    if data["kind"] == Kind.CONSENT:
        return AGREED
    return scales[data["scale"]] if "scale" in data else options_of(data.get("options", []))


def _bounds(data: dict[str, Any]) -> dict[str, Any]:
    """The bounds of a date, as numbers; none for other kinds."""
    if "earliest" not in data:
        return {}
    earliest, latest = data["earliest"], data["latest"]
    until_today = latest == TODAY
    if until_today:
        latest = f"{LAST_YEAR}-12-31"[: len(earliest)]
    return {
        "minimum": number_of(earliest),
        "maximum": number_of(latest),
        "until_today": until_today,
    }


def options_of(data: list[dict[str, Any]]) -> tuple[Option, ...]:
    """The options of a question or a scale."""
    return tuple(
        Option(
            **{
                **each,
                "means": Means(each["means"]) if "means" in each else None,
                "age": tuple(each["age"]) if "age" in each else None,
                "texts": labels_of(each),
            }
        )
        for each in data
    )
