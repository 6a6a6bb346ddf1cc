"""How the person of a request is spoken to: their variants, and their answers in later words."""

from collections.abc import Collection
from dataclasses import replace

from flask_babel import pgettext
from sqlalchemy import Connection

from engage.answering.flow import Step
from engage.answering.place_picker import place_names
from engage.areas.store import ward_names
from engage.core.definition.kinds import NAMED_KINDS, PLACE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers, reachable
from engage.core.definition.spoken import Voice
from engage.web.days import date_in_words


def voice_for(
    connection: Connection, definition: Definition, answers: Answers, names: Collection[str]
) -> Voice | None:
    """The voice for questions and pages, by their ids; None where all of them speak plainly."""
    if definition.spoken.isdisjoint(names) and definition.personal.isdisjoint(names):
        return None
    kept = reachable(definition, answers)
    kinds = {definition.questions[each].kind for each in kept}
    wards = {} if PLACE_KINDS.isdisjoint(kinds) else ward_names(connection)
    places = {} if NAMED_KINDS.isdisjoint(kinds) else place_names(connection, definition, kept)
    return Voice(
        definition,
        kept,
        names=wards | {code: place.name for code, place in places.items()},
        dates=date_in_words,
        between=pgettext("between several answers", ", "),
    )


def spoken_step(here: Step, voice: Voice | None) -> Step:
    """The step in the words of one person."""
    if voice is None:
        return here
    questions = tuple(voice.question(each) for each in here.questions)
    return replace(here, section=voice.section(here.section), questions=questions)
