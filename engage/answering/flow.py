"""Where a person is on their walk through the sections, and where they go next."""

from dataclasses import dataclass
from itertools import islice

from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.routing import Answers, asked_in, broken, demanded, opens, reachable


@dataclass(frozen=True, slots=True)
class Step:
    """One section of a person's own path. `number` counts from 1.

    A page of information has no questions.
    """

    section: Section
    questions: tuple[Question, ...]
    number: int
    total: int
    before: str | None
    after: str | None


def step(definition: Definition, answers: Answers, section_id: str) -> Step | None:
    """The step at a section; None when there is nothing for this person there."""
    kept = reachable(definition, answers)
    walk = [section for section in definition.sections if opens(section, kept)]
    ids = [section.id for section in walk]
    if section_id not in ids:
        return None
    place = ids.index(section_id)
    return Step(
        section=walk[place],
        questions=asked_in(walk[place], kept),
        number=place + 1,
        total=len(ids),
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
    )


def missing(definition: Definition, answers: Answers) -> str | None:
    """The first section where a required answer is missing, or a rule not kept to; or None."""
    kept = reachable(definition, answers)
    gaps = (
        section_id
        for section_id, question in definition.needed
        if question.id not in kept and demanded(question, kept)
    )
    wrong = (each.id for each in definition.sections if each.rules and any(broken(each, kept)))
    found = [*islice(gaps, 1), *islice(wrong, 1)]
    return min(found, key=definition.section_ids.index) if found else None


def barred(definition: Definition, answers: Answers, section_id: str) -> str | None:
    """The section to go to instead, when a required answer before this one is missing."""
    gap = missing(definition, answers)
    order = definition.section_ids
    return gap if gap and order.index(gap) < order.index(section_id) else None
