"""A rule over answers as clauses that can be said one by one: nothing is denied but a single fact.

What is said in words, and in which language, is for those who print it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from engage.core.definition.calculated import ways_to
from engage.core.definition.condition import Calculated, Condition, Sign
from engage.core.definition.kinds import CHOICE_KINDS, DATE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

SHORT = 3
"""As many options are named one by one, though naming the others took fewer words."""


class Says(Enum):
    """What a clause says about the answer to a question, or how it joins others."""

    TICKED = "ticked one of these"
    NOT_TICKED = "ticked none of these, or nothing"
    OTHER = "answered, and ticked none of these"
    ANSWERED = "answered"
    EMPTY = "did not answer"
    NUMBER = "a number within bounds"
    NOT_NUMBER = "no number within bounds"
    ALL = "all of these"
    ANY = "any of these"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that people can work out: an answer, or several added up.

    With `labels` it is how often these were ticked at the questions; with a `title` it is a number
    that has a name and no simple rule.
    """

    numbers: tuple[int, ...]
    labels: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One fact about the question with a `number`, or several joined.

    `labels` are the options that it names; `lowest` and `highest` bound an `amount`, or a date
    where `dated`, and `than` are the amounts that it is compared with.
    """

    says: Says
    number: int = 0
    labels: tuple[str, ...] = ()
    amount: Amount | None = None
    lowest: int | None = None
    highest: int | None = None
    than: tuple[tuple[Sign, Amount], ...] = ()
    dated: bool = False
    parts: tuple["Clause", ...] = ()


def clause_of(
    definition: Definition,
    condition: Condition,
    numbers: Mapping[str, int],
    names: Mapping[str, str] | None = None,
) -> Clause:
    """A rule as clauses; `names` are those of codes that are no options, such as wards.

    An option that the definition does not have, as in an edition for others, is not named.
    """
    return _Reader(definition, numbers, names or {}).read(condition, denied=False)


class _Reader:
    """Reads rules over one questionnaire."""

    def __init__(
        self, definition: Definition, numbers: Mapping[str, int], names: Mapping[str, str]
    ) -> None:
        self.definition = definition
        self.numbers = numbers
        self.names = names

    def read(self, condition: Condition, *, denied: bool) -> Clause:
        """The clauses of a rule, or of its opposite."""
        if condition.negated is not None:
            return self.read(condition.negated, denied=not denied)
        if condition.calculated and not condition.than and condition.calculated.cases:
            return self.read(ways_to(condition, condition.calculated), denied=denied)
        if condition.calculated and condition.answered:
            asked = condition.calculated.sum or condition.calculated.count
            given = tuple(Condition(question=each, answered=True) for each in asked)
            return self.read(Condition(any_of=given), denied=denied)
        if condition.calculated or condition.compares:
            return self._compared(condition, denied)
        if condition.question is not None:
            return self._fact(condition, self.definition.questions[condition.question], denied)
        parts = condition.all_of or condition.any_of
        says = Says.ALL if bool(condition.all_of) is not denied else Says.ANY
        return joined(says, [self.read(part, denied=denied) for part in parts])

    def _fact(self, condition: Condition, question: Question, denied: bool) -> Clause:  # noqa: FBT001  private
        number = self.numbers[question.id]
        if condition.answered:
            return Clause(Says.EMPTY if denied else Says.ANSWERED, number)
        if condition.none_of:
            others = self._labels(question, condition.none_of)
            if not denied:
                return Clause(Says.OTHER, number, others)
            ticked = Clause(Says.TICKED, number, others)
            return joined(Says.ANY, [ticked, Clause(Says.EMPTY, number)])
        return self._ticked(question, condition.codes, denied)

    def _compared(self, condition: Condition, denied: bool) -> Clause:  # noqa: FBT001  private
        asked = self.definition.questions.get(condition.question or "")
        return Clause(
            Says.NOT_NUMBER if denied else Says.NUMBER,
            amount=self._amount(condition.number or ""),
            lowest=condition.at_least,
            highest=condition.at_most,
            than=tuple((than.sign, self._amount(than.number)) for than in condition.than),
            dated=asked is not None and asked.kind in DATE_KINDS,
        )

    def _amount(self, source: str | Calculated) -> Amount:
        if isinstance(source, str):
            return Amount((self.numbers[source],))
        if source.cases:
            return Amount((), title=source.title)
        asked = source.sum or source.count
        labels: dict[str, None] = {}
        for question_id in source.count:
            question = self.definition.questions.get(question_id)
            labels |= dict.fromkeys(self._labels(question, source.of) if question else ())
        return Amount(tuple(self.numbers[each] for each in asked), tuple(labels))

    def _ticked(self, question: Question, codes: frozenset[str], denied: bool) -> Clause:  # noqa: FBT001  private
        number = self.numbers[question.id]
        codes &= {option.code for option in question.options} | self.names.keys()
        # Who was asked to stop does not read on.
        rest = frozenset(option.code for option in question.options if option.eligible) - codes
        if question.kind in CHOICE_KINDS and rest and len(codes) > max(SHORT, len(rest)):
            others = self._labels(question, rest)
            if not denied:
                return Clause(Says.OTHER, number, others)
            ticked = Clause(Says.TICKED, number, others)
            return joined(Says.ANY, [ticked, Clause(Says.EMPTY, number)])
        says = Says.NOT_TICKED if denied else Says.TICKED
        return Clause(says, number, self._labels(question, codes))

    def _labels(self, question: Question, codes: frozenset[str]) -> tuple[str, ...]:
        """The labels of codes in the order in which they stand on the paper."""
        own = {option.code: option.label for option in question.options}
        return tuple(label for code, label in {**self.names, **own}.items() if code in codes)


def joined(says: Says, parts: list[Clause]) -> Clause:
    """Clauses in one; those that are joined in the same way already are taken apart, each once."""
    flat: dict[Clause, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if part.says is says else (part,)))
    return next(iter(flat)) if len(flat) == 1 else Clause(says, parts=tuple(flat))
