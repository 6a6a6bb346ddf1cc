"""Paper for people of different ages: nobody gets a question in hand that may not be put to them.

On the web a question that is not for children is never sent to one. Paper shows all that it holds,
so it is printed apart for those under 13, from 13 to 15, and from 16 on, where that differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from engage.core.definition.calculated import ways_to
from engage.core.definition.condition import Calculated, Condition
from engage.core.definition.condition_data import both
from engage.core.definition.model import Definition
from engage.core.definition.paper import own_condition
from engage.core.definition.possible import possible
from engage.core.definition.question import Option, Question, Section
from engage.core.definition.routing import Answers, truth

GROWN = (13, 16)
"""The ages, in whole years, from which more may be asked."""


@dataclass(frozen=True)
class Edition:
    """What is printed for people from `lowest` to `highest` years; all ages where it is None.

    `definition` has only the questions, pages and ages of this edition, and conditions only where
    they still decide something.
    """

    lowest: int
    highest: int | None
    definition: Definition


def editions_of(definition: Definition) -> tuple[Edition, ...]:
    """Every edition that a questionnaire needs, the youngest first."""
    age = definition.role("age")
    banded = [each for each in age.options if each.eligible and each.age] if age else []
    if age is None or not banded:
        return (Edition(0, None, definition),)
    ranks = [list(group) for _, group in groupby(sorted(banded, key=_rank), key=_rank)]
    made = [_edition(definition, age, rank) for rank in ranks]
    alike = {_asked(each) for each in made}
    return tuple(made) if len(alike) > 1 else (_edition(definition, age, banded),)


def _rank(option: Option) -> int:
    youngest = option.age[0] if option.age else 0
    return sum(youngest >= years for years in GROWN)


def _asked(edition: Edition) -> tuple[str, ...]:
    """What an edition holds: its questions, and its pages, some of which only tell something."""
    return (*edition.definition.section_ids, *edition.definition.questions)


def _edition(definition: Definition, age: Question, bands: list[Option]) -> Edition:
    bounds = [each.age for each in bands if each.age]
    highest = [last for _first, last in bounds]
    unsaid = [each for each in age.options if each.eligible and not each.age]
    return Edition(
        min(first for first, _last in bounds),
        None if None in highest else max(last for last in highest if last is not None),
        _Printer(definition, age, bands, unsaid).printed(),
    )


class _Printer:
    """Leaves out of a questionnaire what nobody of some age bands may be asked."""

    def __init__(
        self, definition: Definition, age: Question, bands: list[Option], unsaid: list[Option]
    ) -> None:
        self.definition, self.age = definition, age
        self.bands: list[Answers] = [{age.id: each.code} for each in bands]
        self.known: list[Answers] = [*self.bands, *({age.id: each.code} for each in unsaid)]
        self.asked = [(each, possible(definition, each)) for each in self.bands]
        self.open = frozenset[str]().union(*(asked for _known, asked in self.asked))
        left = {*bands, *unsaid}
        self.options = tuple(each for each in age.options if each in left or not each.eligible)

    def printed(self) -> Definition:
        """The questionnaire of this edition."""
        return replace(self.definition, sections=tuple(self._sections()))

    def _may_hold(self, when: Condition) -> bool:
        return any(truth(when, known, asked) is not False for known, asked in self.asked)

    def _sections(self) -> Iterator[Section]:
        for section in self.definition.sections:
            questions = tuple(
                self._question(section, each) for each in section.questions if each.id in self.open
            )
            if questions or (
                section.informs and (section.show_if is None or self._may_hold(section.show_if))
            ):
                when = self._deciding(section.show_if)
                yield replace(section, questions=questions, show_if=when)

    def _question(self, section: Section, question: Question) -> Question:
        own = self._deciding(own_condition(section, question))
        when = both(self._deciding(section.show_if), own)
        if question.id == self.age.id:
            return replace(question, options=self.options, show_if=when)
        return replace(question, show_if=when)

    def _deciding(self, when: Condition | None) -> Condition | None:
        """What is left to decide; None where all who have this edition are meant."""
        left = True if when is None else self._settled(when)
        return None if isinstance(left, bool) else left

    def _settled(self, when: Condition) -> Condition | bool:
        """The rule without what is settled for all who have this edition.

        What it says of questions that are not printed for them is settled: they answered none.
        """
        verdicts = self._verdicts(when)
        if verdicts in ({True}, {False}):
            return True in verdicts
        if when.calculated:
            return self._worked_out(when, when.calculated)
        if when.negated is not None:
            inner = self._settled(when.negated)
            return not inner if isinstance(inner, bool) else replace(when, negated=inner)
        if when.question is not None:
            return when
        # A part that is settled the other way would have settled the whole.
        parts = [self._settled(each) for each in when.all_of or when.any_of]
        left = tuple(each for each in parts if not isinstance(each, bool))
        if len(left) == 1:
            return left[0]
        return replace(when, all_of=left) if when.all_of else replace(when, any_of=left)

    def _worked_out(self, when: Condition, number: Calculated) -> Condition | bool:
        """A rule about a number, made of what is printed alone."""
        if number.cases and not when.than:
            return self._settled(ways_to(when, number))
        added = tuple(each for each in number.sum if each in self.open)
        counted = tuple(each for each in number.count if each in self.open)
        return replace(when, calculated=replace(number, sum=added, count=counted))

    def _verdicts(self, when: Condition) -> set[bool | None]:
        return {truth(when, known, self.open - {self.age.id}) for known in self.known}
