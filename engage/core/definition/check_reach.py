"""Checks of the ways through: questions that nobody comes to, and ends that nobody can pass."""

from collections.abc import Iterator, Mapping, Sequence

from engage.core.definition.check_calculated import sound
from engage.core.definition.condition import Condition
from engage.core.definition.condition_data import both
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import SOUGHT_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.truth import Answer, Answers, truth
from engage.core.definition.values import values

STEPS = 20_000
"""After so many tries a rule counts as one that can be true: nothing false is ever said of one."""


class _TriedEnoughError(Exception):
    """No way was found, but not all were tried."""


def unreachable(definition: Definition) -> Iterator[Problem]:
    """Pages and questions whose rule cannot be true of anybody, whatever they answer before."""
    if not sound(definition):
        return  # What no answer can be is told by these; ways through come after that.
    for section in definition.sections:
        of_page = section.show_if
        if of_page and not can_be(definition, of_page):
            yield section.id, "nobody ever comes to this page: its show_if cannot be true.", _REMEDY
            continue
        for question in section.questions:
            rule = question.show_if
            if rule and not question.beside and not can_be(definition, rule):
                yield question.id, "nobody is ever asked this: its show_if cannot be true.", _REMEDY


_REMEDY = "Look at the answers, bounds and rules of the questions that it names."


def never_required(definition: Definition) -> Iterator[Problem]:
    """Questions that a rule requires which cannot be true of anybody who is asked them."""
    if not sound(definition):
        return
    for question in definition.questions.values():
        rule = both(question.show_if, question.required_if)
        if question.required_if and rule and not can_be(definition, rule):
            yield question.id, "nobody is ever required to answer it by its required_if.", _REMEDY


def cases(definition: Definition) -> Iterator[Problem]:
    """Values of numbers worked out that nobody can have: no answers lead to them."""
    if not sound(definition):
        return
    for number in definition.calculated:
        before: tuple[Condition, ...] = ()
        for case in number.cases:
            if not can_be(definition, Condition(all_of=(*before, case.when))):
                yield (
                    f"calculated/{number.id}",
                    f"nobody ever has the value {case.value} by one of its rules.",
                    "Look at its if, and at those before it: the first that is true counts.",
                )
            before = (*before, Condition(negated=case.when))


def dead_ends(definition: Definition) -> Iterator[Problem]:
    """Questions that must be answered and let nobody go on."""
    for question in definition.questions.values():
        turned_away = [option for option in question.options if not option.eligible]
        # Wards are answers too, and are not in the definition.
        everybody = len(turned_away) == len(question.options) and question.kind not in SOUGHT_KINDS
        if turned_away and everybody:
            yield (
                question.id,
                "every answer to it ends the survey.",
                "Leave eligible: false out of at least one option.",
            )


def can_be(
    definition: Definition, rule: Condition, *, without: str = "", unsure: bool = True
) -> bool:
    """Whether some way of answering makes a rule over earlier answers true.

    `without` is a question that all leave out; `unsure` is the verdict where there is too much to
    try.
    """
    needed = set(rule.questions())
    rules = [rule]
    # In order backwards, so that what an earlier rule hangs on is in as well.
    for question in reversed(tuple(definition.questions.values())):
        counts = question.id in needed and question.id != without
        for opens in (question.show_if, question.required_if) if counts else ():
            if opens:
                needed.update(opens.questions())
                rules.append(opens)
    asked_of = [each for each in definition.questions.values() if each.id in needed - {without}]
    possible = {each.id: values(each, rules, asked_of) for each in asked_of}
    try:
        return _Search(rule, possible).found(asked_of, {})
    except _TriedEnoughError:
        return unsure


class _Search:
    """Looking for answers that make a rule true, question by question."""

    def __init__(self, rule: Condition, possible: Mapping[str, Sequence[Answer]]) -> None:
        self.rule = rule
        self.possible = possible
        self.left = STEPS

    def found(self, order: Sequence[Question], answers: Answers) -> bool:
        """Whether answering the questions of `order`, after `answers`, can make the rule true."""
        self.left -= 1
        if self.left < 0:
            raise _TriedEnoughError
        so_far = truth(self.rule, answers, {each.id for each in order})
        if so_far is not None:
            return so_far
        if not order:
            return True  # it hangs on which of several numbers somebody means
        here, *rest = order
        put = here.show_if is None or truth(here.show_if, answers)
        if put is not False and any(
            self.found(rest, {**answers, here.id: answer}) for answer in self.possible[here.id]
        ):
            return True
        by_rule = here.required_if is not None and truth(here.required_if, answers)
        return not (put and (here.required or by_rule)) and self.found(rest, answers)
