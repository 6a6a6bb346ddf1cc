"""What a questionnaire is: frozen objects, the only form in which it travels past the loader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engage.core.definition.condition import Calculated, Condition
from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.own_cleaning import Cleaning
from engage.core.definition.question import Question, Section, Service


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a breakdown, given by the options that make it up or by a rule."""

    code: str
    label: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Breakdown:
    id: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Definition:
    """A version of a questionnaire. `roles` maps age, sex, area and connection to question ids.

    `calculated` are the numbers that are worked out from answers. With `invited` nobody gets in
    without a one-time code; without `keeps_day` the day of an answer is that of the wave's start.
    What is answered to one that is `sealed` is a report, which is stored sealed, never in a wave.
    `smallest_base` is how many people a figure needs, where that is not the council's usual number.
    """

    id: str
    version: int
    title: str
    audience: str
    minutes: int
    start: str
    thanks: str
    ineligible: str
    sections: tuple[Section, ...]
    help: tuple[Service, ...] = ()
    roles: Mapping[str, str] | None = None
    population: str = "everyone"
    invited: bool = False
    sealed: bool = False
    keeps_day: bool = True
    smallest_base: int | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    cleaning: Cleaning = field(default_factory=Cleaning)
    calculated: tuple[Calculated, ...] = ()

    @property
    def slug(self) -> str:
        """The questionnaire's part of a web address."""
        return self.id.replace("_", "-")

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order in which they are asked."""
        return {
            question.id: question for section in self.sections for question in section.questions
        }

    @cached_property
    def write_ins(self) -> Mapping[str, tuple[Question, ...]]:
        """The boxes beside the options of each question that has any, by its id."""
        found: dict[str, tuple[Question, ...]] = {}
        for each in self.questions.values():
            if each.beside:
                found[each.beside.question] = (*found.get(each.beside.question, ()), each)
        return found

    @cached_property
    def turned_away(self) -> Mapping[str, frozenset[str]]:
        """The codes of each question that say that the survey is not for somebody."""
        found = {
            each.id: frozenset(option.code for option in each.options if not option.eligible)
            for each in self.questions.values()
        }
        return {question_id: codes for question_id, codes in found.items() if codes}

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The questions whose words, or those of their answers, are not the same for everybody."""
        return frozenset(
            each.id
            for each in self.questions.values()
            if each.texts or any(option.texts for option in each.options)
        )

    @cached_property
    def personal(self) -> frozenset[str]:
        """The sections on which some words are not the same for everybody."""
        return frozenset(
            section.id
            for section in self.sections
            if section.texts
            or any(rule.says for rule in section.rules)
            or not self.spoken.isdisjoint(each.id for each in section.questions)
        )

    @cached_property
    def sensitive(self) -> bool:
        """Whether some page may hurt, so that nobody should see from outside what is asked.

        A survey for the invited always counts: being asked already says that something happened.
        """
        return self.invited or self.hurts

    @cached_property
    def hurts(self) -> bool:
        """Whether some question or page may hurt, so that help is to be in reach on every page."""
        asked = any(each.may_hurt for each in self.questions.values())
        return asked or any(each.may_hurt for each in self.sections)

    @cached_property
    def has_boxes(self) -> bool:
        """Whether there is a box to write in, what is written in which somebody reads."""
        return any(each.kind in TEXT_KINDS for each in self.questions.values())

    @cached_property
    def needed(self) -> tuple[tuple[str, Question], ...]:
        """The questions that some cannot skip, each with the id of its section, in order."""
        return tuple(
            (section.id, question)
            for section in self.sections
            for question in section.questions
            if question.required or question.required_if
        )

    @cached_property
    def page_of(self) -> Mapping[str, int]:
        """The number of the page, from 0, on which each question is asked."""
        return {
            question.id: number
            for number, section in enumerate(self.sections)
            for question in section.questions
        }

    @cached_property
    def section_ids(self) -> tuple[str, ...]:
        """The ids of the sections, in order."""
        return tuple(section.id for section in self.sections)

    def section(self, section_id: str) -> Section | None:
        """The section with this id, or None."""
        return next((section for section in self.sections if section.id == section_id), None)

    def role(self, name: str) -> Question | None:
        """The question that plays a part (`age`, `sex`, `area`, `connection`), or None."""
        question_id = (self.roles or {}).get(name)
        return self.questions.get(question_id) if question_id else None
