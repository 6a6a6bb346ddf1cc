"""Checks of the rules between questions: nobody may be caught by one."""

from collections.abc import Iterator

from engage.core.definition.check_calculated import sound
from engage.core.definition.check_reach import can_be
from engage.core.definition.check_rules import strange_codes
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.rule import Rule


def rules(definition: Definition) -> Iterator[Problem]:
    """Rules that look at what is not there yet, that nobody breaks, or that leave no way on."""
    unsound = not sound(definition)
    for page, section in enumerate(definition.sections):
        for number, rule in enumerate(section.rules):
            where = f"{section.id}/rules/{number}"
            found = [
                *_names(definition, rule, page, where),
                *_total(definition, rule, page, where),
                *strange_codes(definition, where, rule.wrong_if),
            ]
            yield from found
            if not found and not unsound:
                yield from _ways_on(definition, rule, where)


def _names(definition: Definition, rule: Rule, page: int, where: str) -> Iterator[Problem]:
    for named in dict.fromkeys(rule.wrong_if.questions()):
        place = definition.page_of.get(named)
        if place is None:
            yield where, f"there is no question {named!r}.", "Correct the id."
        elif place > page:
            yield (
                where,
                f"it looks at {named!r}, which is asked on a later page.",
                "Put the rule on the last page that it looks at.",
            )
    at = definition.questions.get(rule.at)
    if at is None or definition.page_of[rule.at] != page or at.beside:
        yield where, f"{rule.at!r} is no question of this page.", "Name one of them as at."
    elif at.required or at.required_if:
        yield (
            where,
            f"{rule.at!r} cannot be left out, so people could be caught.",
            "Name a question that can be skipped as at.",
        )


def _total(definition: Definition, rule: Rule, page: int, where: str) -> Iterator[Problem]:
    """What is wrong with the numbers that must add up to something."""
    for named in rule.leaves if rule.total else ():
        question = definition.questions.get(named)
        if question is None:
            continue  # told already
        if question.kind is not Kind.NUMBER:
            yield where, f"it adds up {named!r}, which is no number.", "Leave it out."
        elif definition.page_of[named] != page:
            yield where, f"it adds up {named!r} of another page.", "Ask all of them on one page."
        elif question.required or question.required_if:
            yield where, f"it adds up {named!r}, which cannot be left out.", "Let people skip it."
    if rule.at not in rule.leaves:
        yield where, f"{rule.at!r} is none of the numbers that it adds up.", "Name one as at."


def _ways_on(definition: Definition, rule: Rule, where: str) -> Iterator[Problem]:
    if not can_be(definition, rule.wrong_if):
        yield where, "nobody can ever break it.", "Remove it, or correct what it looks at."
    if rule.total:
        # To leave out all that is added up is a way on: then there is no sum.
        if not can_be(definition, rule.total.wanted):
            yield where, "no numbers can add up to that.", "Look at the bounds of its questions."
        return
    if can_be(definition, rule.wrong_if, without=rule.at, unsure=False):
        yield (
            where,
            f"it can be true of people who leave {rule.at!r} out, who could not go on.",
            f"Put it in an all: together with {{question: {rule.at}, answered: true}}.",
        )
