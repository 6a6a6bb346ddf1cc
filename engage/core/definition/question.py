"""What is asked: options, questions, the pages they are on, and where help is."""

from dataclasses import dataclass

from engage.core.definition.condition import Condition
from engage.core.definition.kinds import HURTING, Kind, Means, Theme
from engage.core.definition.phrase import Wording
from engage.core.definition.rule import Rule


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked. `age` is in whole years, both ends included.

    With `write_in` a box stands beside it, which is a question of its own (see `Question.beside`).
    `texts` are as those of a question.
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
    texts: tuple[Wording, ...] = ()

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
    where it is a box that belongs to an option of another question. Those of whom `required_if` is
    true cannot skip it, but can say that they would rather not say. `texts` are the ways in which
    it is put, the first that fits counting; empty where `text` and `help` are put to everybody.
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
    texts: tuple[Wording, ...] = ()
    required_if: Condition | None = None

    @property
    def unsaying(self) -> Option | None:
        """The option for those who would rather not say, or else who do not know."""
        ways = (Means.REFUSED, Means.DONT_KNOW)
        found = (each for means in ways for each in self.options if each.means is means)
        return next((each for each in found if each.eligible), None)

    @property
    def places(self) -> int:
        """How many places a ranking has."""
        return self.choose or len(self.options)

    @property
    def may_hurt(self) -> bool:
        """Whether help belongs beside it, by what it is about or because its author says so."""
        return self.help_here or bool(self.themes & HURTING)

    def option(self, code: str) -> Option | None:
        """The option with this code, or None where the question has no such option."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the walk. Its `show_if` is part of that of each of its questions already.

    A page of information has no questions: its `intro` is all that it says, and only such a page
    has `themes` and `help_here` of its own.
    `texts` are the ways in which its title and intro are put, as those of a question.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    show_if: Condition | None = None
    rules: tuple[Rule, ...] = ()
    texts: tuple[Wording, ...] = ()
    themes: frozenset[Theme] = frozenset()
    help_here: bool = False

    @property
    def informs(self) -> bool:
        """Whether it is a page of information, on which nothing is asked."""
        return not self.questions

    @property
    def may_hurt(self) -> bool:
        """Whether help belongs on it, where it is a page of information."""
        return self.help_here or bool(self.themes & HURTING)


@dataclass(frozen=True, slots=True)
class Service:
    """Somewhere to get help."""

    name: str
    detail: str = ""
    phone: str = ""
    text: str = ""
    web: str = ""
