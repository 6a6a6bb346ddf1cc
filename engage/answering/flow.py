"""Where a person is on their walk through the sections, and where they go next."""

from dataclasses import dataclass

from engage.core.definition.model import Definition, Question, Section
from engage.core.definition.routing import Answers, asked_in, path, reachable


@dataclass(frozen=True, slots=True)
class Step:
    """One section of a person's own path. `number` counts from 1."""

    section: Section
    questions: tuple[Question, ...]
    number: int
    total: int
    before: str | None
    after: str | None


def step(definition: Definition, answers: Answers, section_id: str) -> Step | None:
    """The step at a section; None when this person is not asked anything there."""
    sections = path(definition, answers)
    ids = [section.id for section in sections]
    if section_id not in ids:
        return None
    place = ids.index(section_id)
    return Step(
        section=sections[place],
        questions=asked_in(sections[place], reachable(definition, answers)),
        number=place + 1,
        total=len(ids),
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
    )


def missing(definition: Definition, answers: Answers) -> str | None:
    """The first section with a required question that has no answer; None when all have one."""
    kept = reachable(definition, answers)
    for section in path(definition, answers):
        for question in asked_in(section, kept):
            if question.required and question.id not in kept:
                return section.id
    return None


def barred(definition: Definition, answers: Answers, section_id: str) -> str | None:
    """The section to go to instead, when a required answer before this one is missing."""
    gap = missing(definition, answers)
    order = definition.section_ids
    return gap if gap and order.index(gap) < order.index(section_id) else None
