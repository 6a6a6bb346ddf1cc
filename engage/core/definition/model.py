"""What a questionnaire is: frozen objects, the only form in which it travels past the loader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from engage.core.definition.condition import Condition
from engage.core.definition.own_cleaning import Cleaning
from engage.core.definition.rule import Rule


class Kind(StrEnum):
    """The kinds of question; `engage.core.definition.codebook` and the web say how each behaves."""

    SINGLE = "single"
    SCALE = "scale"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    TEXT = "text"
    LONG_TEXT = "long_text"
    AREA = "area"
    POSTCODE = "postcode"


class Means(StrEnum):
    """What an option stands for when it is no substantive answer; all of these exclude others."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NONE_OF_THESE = "none_of_these"
    NOT_APPLICABLE = "not_applicable"


class Theme(StrEnum):
    """Subjects that may not be put to everyone; the checks keep them from the young."""

    EQUALITIES = "equalities"
    VICTIMISATION = "victimisation"
    SEXUAL_VIOLENCE = "sexual_violence"
    SEXUAL_ORIENTATION = "sexual_orientation"
    GENDER_IDENTITY = "gender_identity"


CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.SCALE})
TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
LIST_KINDS = frozenset({Kind.MULTIPLE, Kind.RANKING})
"""Kinds with a column for each option."""
PLACE_KINDS = frozenset({Kind.AREA, Kind.POSTCODE})
"""Kinds whose answer is a ward, or an option of their own."""
DATE_KINDS = frozenset({Kind.DATE, Kind.MONTH})
NUMBER_KINDS = DATE_KINDS | {Kind.NUMBER}
"""Kinds whose answer is a whole number; `engage.core.definition.days` says how dates are one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked. `age` is in whole years, both ends included.

    With `write_in` a box stands beside it, which is a question of its own (see `Question.beside`).
    """

    code: str
    label: str
    help: str = ""
    means: Means | None = None
    eligible: bool = True
    age: tuple[int, int | None] | None = None
    sex: str | None = None
    connection: str | None = None
    group: str | None = None
    write_in: bool = False

    @property
    def substantive(self) -> bool:
        """Whether the option says something about its subject."""
        return self.means in (None, Means.NONE_OF_THESE)


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a write-in box stands: the question and the code of its option."""

    question: str
    code: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `minimum` and `maximum` bound a number, or a date as one; `until_today` keeps a date out of the
    future. `choose` is how many places a ranking has, 0 for as many as options. `beside` is set
    where it is a box that belongs to an option of another question.
    """

    id: str
    kind: Kind
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    show_if: Condition | None = None
    themes: frozenset[Theme] = frozenset()
    key: bool = False
    help_here: bool = False
    minimum: int | None = None
    maximum: int | None = None
    until_today: bool = False
    choose: int = 0
    unit: str = ""
    max_length: int = 500
    beside: Beside | None = None

    @property
    def places(self) -> int:
        """How many places a ranking has."""
        return self.choose or len(self.options)

    def option(self, code: str) -> Option | None:
        """The option with this code, or None where the question has no such option."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the walk. Its `show_if` is part of that of each of its questions already."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    show_if: Condition | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Somewhere to get help."""

    name: str
    detail: str = ""
    phone: str = ""
    web: str = ""


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
    """A version of a questionnaire. `roles` maps age, sex, area and connection to question ids."""

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
    breakdowns: tuple[Breakdown, ...] = ()
    cleaning: Cleaning = field(default_factory=Cleaning)

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
    def needed(self) -> tuple[tuple[str, Question], ...]:
        """The questions that cannot be skipped, each with the id of its section, in order."""
        return tuple(
            (section.id, question)
            for section in self.sections
            for question in section.questions
            if question.required
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
