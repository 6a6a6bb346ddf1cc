"""Naming a place: found by its name, then chosen from what was found.

What is searched for travels in the form's body, is looked up and forgotten, as for wards.
"""

from collections.abc import Mapping, Sequence

from flask import request
from sqlalchemy import Connection

from engage.answering.picker import LONGEST, Picker
from engage.answering.search_form import SearchForm
from engage.areas.named import BETWEEN, Named, find_named, named, no_longer
from engage.core.definition.kinds import NAMED_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers
from engage.web.answer_fields import PREFIX


def place_picker_for(
    connection: Connection, question: Question, answers: Answers, *, going_back: bool
) -> Picker:
    """What a question for places offers: what was chosen, what was found, its own answers."""
    form = SearchForm()
    words = (form.find_words.data or "").strip()[:LONGEST]
    sent = request.form.getlist(PREFIX + question.id)
    saved = _codes(answers.get(question.id, ()))
    ticked = list(dict.fromkeys(sent if request.method == "POST" else saved))
    known = words == (form.found_words.data or "") and bool(words)
    chosen = bool(sent) and question.kind is Kind.PLACE
    # As for wards: Enter presses Find, and words may stay in the box. Who ticks several places
    # and writes one more means that one too.
    asked = not (known and sent) if form.find.data else bool(words) and not chosen and not known
    # One more than may be chosen is enough to refuse them all.
    held = _held(connection, ticked[: question.places + 1], saved)
    # After an error the places that were found are still there to choose from.
    found = find_named(connection, words) if (asked or known) and not going_back else []
    offered = {each.code: each.label for each in (*held.values(), *found)}
    return Picker(
        wards=tuple(offered.items()),
        searched=asked and not going_back,
        words=words,
        matches=tuple((each.code, each.label) for each in found),
        ticked=frozenset(ticked),
    )


def _held(
    connection: Connection, ticked: Sequence[str], saved: Sequence[str]
) -> Mapping[str, Named]:
    """The places that were chosen; one that was saved stays, though it left the gazetteer."""
    on_record = named(connection, ticked)
    gone = {code: no_longer(code) for code in saved if BETWEEN in code and code in ticked}
    return {code: place for code in ticked if (place := on_record.get(code) or gone.get(code))}


def place_names(
    connection: Connection, definition: Definition, answers: Answers
) -> dict[str, Named]:
    """The places among some answers, by code."""
    about = [name for name in answers if definition.questions[name].kind in NAMED_KINDS]
    codes = [code for name in about for code in _codes(answers[name]) if BETWEEN in code]
    on_record = named(connection, codes)
    return {code: on_record.get(code) or no_longer(code) for code in codes}


def _codes(answer: Answer) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else (str(answer),)
