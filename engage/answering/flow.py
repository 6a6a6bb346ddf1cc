"""Where a person is on their walk through the sections, and where they go next."""

from dataclasses import dataclass
from itertools import islice

from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.routing import (
    Answers,
    asked_in,
    broken,
    demanded,
    opens,
    reachable,
    suits,
)


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
    """The section to go to instead, when a required answer before this one is missing.

    Or when one before it says that the survey is not for this person: the checks let a question
    stand that nobody of such an answer may be asked, so nobody gets past it.
    """
    order = definition.section_ids
    found = (missing(definition, answers), _turned_away_at(definition, answers))
    earlier = [each for each in found if each and order.index(each) < order.index(section_id)]
    return min(earlier, key=order.index) if earlier else None


def _turned_away_at(definition: Definition, answers: Answers) -> str | None:
    """The first section with an answer that says that the survey is not for this person."""
    if suits(definition, answers):
        return None
    kept = reachable(definition, answers)
    decisive = (each for each in definition.turned_away if each in kept)
    at = (
        definition.page_of[each] for each in decisive if not suits(definition, {each: kept[each]})
    )
    page = min(at, default=None)
    return None if page is None else definition.section_ids[page]
