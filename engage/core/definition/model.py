"""What a questionnaire is: frozen objects, the only form in which it travels past the loader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The kinds of question; `engage.core.definition.codebook` and the web say how each behaves."""

    SINGLE = "single"
    SCALE = "scale"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"
    LONG_TEXT = "long_text"
    AREA = "area"


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


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule over earlier answers: exactly one of its parts is set.

    `question` with `codes` is true when any of the codes was given; with `none_of`, when something
    was and none of those; with `answered`, when anything was; with `at_least` or `at_most`, when a
    number was, within these bounds. `all_of`, `any_of` and `negated` combine conditions.
    """

    question: str | None = None
    codes: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    answered: bool = False
    at_least: int | None = None
    at_most: int | None = None
    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    negated: "Condition | None" = None

    @property
    def compares(self) -> bool:
        """Whether the rule is about how large a number is."""
        return self.at_least is not None or self.at_most is not None

    def spans(self, number: float) -> bool:
        """Whether a number lies within the bounds of a comparison, both included."""
        return (self.at_least is None or self.at_least <= number) and (
            self.at_most is None or number <= self.at_most
        )

    def parts(self) -> tuple["Condition", ...]:
        """The rules that this one is put together from."""
        return (*self.all_of, *self.any_of, *((self.negated,) if self.negated else ()))

    def questions(self) -> Iterator[str]:
        """The ids of every question that the rule looks at."""
        if self.question:
            yield self.question
        for part in self.parts():
            yield from part.questions()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked. `age` is in whole years, both ends included."""

    code: str
    label: str
    help: str = ""
    means: Means | None = None
    eligible: bool = True
    age: tuple[int, int | None] | None = None
    sex: str | None = None
    connection: str | None = None
    group: str | None = None

    @property
    def substantive(self) -> bool:
        """Whether the option says something about its subject."""
        return self.means in (None, Means.NONE_OF_THESE)


@dataclass(frozen=True, slots=True)
class Question:
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
    unit: str = ""
    max_length: int = 500

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


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules that cannot both be true of one person: never a victim, and a victim of what."""

    id: str
    first: Condition
    second: Condition

    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that contradict one another, each once."""
        return tuple(dict.fromkeys((*self.first.questions(), *self.second.questions())))


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a survey sets for itself among the rules of `engage.core.cleaning`; the rest is theirs.

    `actions` are by rule, `limits` by threshold. `reversed_items` are rows of a scale that are
    worded the other way round.
    """

    actions: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    reversed_items: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()


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
