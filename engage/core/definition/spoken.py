"""The words in which one person is asked: the variant that fits, with their answers in it.

Nothing here is kept: what somebody wrote goes into the words of the next page and is forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engage.core.definition.days import in_words
from engage.core.definition.kinds import DATE_KINDS, TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.phrase import Phrase, Piped, Wording, filled
from engage.core.definition.question import Option, Question, Section
from engage.core.definition.routing import Answers, holds

LONGEST = 60
"""The most letters of what somebody wrote that another question repeats."""
ELLIPSIS = "…"

Form = tuple[int, ...]
"""Which of its ways a question is put in, then each of its options that has several."""


@dataclass(frozen=True)
class Voice:
    """What is needed to put questions to one person: their answers that count, names by code.

    `dates` puts the number of a date into words; `between` stands between several answers.
    """

    definition: Definition
    answers: Answers
    names: Mapping[str, str] = field(default_factory=dict)
    dates: Callable[[int], str] = in_words
    between: str = ", "

    def question(self, question: Question) -> Question:
        """The question in the words that this person is asked in."""
        if question.id not in self.definition.spoken:
            return question
        return in_form(question, form_of(question, self.answers), self.fill)

    def section(self, section: Section) -> Section:
        """The page with the title, introduction and messages of rules that this person reads."""
        rules = tuple(
            replace(rule, message=filled(rule.says, self.fill)) if rule.says else rule
            for rule in section.rules
        )
        if not section.texts:
            return replace(section, rules=rules)
        way = _fitting(section.texts, self.answers)
        title, intro = filled(way.text, self.fill), filled(way.more, self.fill)
        return replace(section, title=title, intro=intro, rules=rules)

    def title(self, section: Section) -> str:
        """The title of a page without answers in it, as a browser may remember it."""
        way = _fitting(section.texts, self.answers) if section.texts else None
        return _as_it_is(way.text) if way else section.title

    def fill(self, place: Piped) -> str:
        """What stands in a place: the answer, or the words for where there is none."""
        return self.answer(place.question) or place.otherwise

    def answer(self, question_id: str) -> str:
        """An answer in a few words; empty where there is none, or it says nothing."""
        question = self.definition.questions.get(question_id)
        answer = self.answers.get(question_id)
        if question is None or answer is None:
            return ""
        if isinstance(answer, int):
            return self.dates(answer) if question.kind in DATE_KINDS else _count(question, answer)
        if question.kind in TEXT_KINDS:
            return shortened(str(answer))
        codes = answer if isinstance(answer, tuple) else (answer,)
        return self.between.join(filter(None, (self._chosen(question, code) for code in codes)))

    def _chosen(self, question: Question, code: str) -> str:
        """What was chosen in words: what was written beside it, or its label."""
        option = question.option(code)
        if option is None:
            return self.names.get(code, "")
        if option.means:
            return ""
        boxes = self.definition.write_ins.get(question.id, ()) if option.write_in else ()
        beside = (box.id for box in boxes if box.beside and box.beside.code == code)
        return self.answer(next(beside, "")) or _option(option, self.answers).label


def form_of(question: Question, answers: Answers) -> Form:
    """The way in which a question is put to who gave these answers."""
    several = (question.texts, *(each.texts for each in question.options if each.texts))
    return tuple(_place(texts, answers) for texts in several)


def in_form(question: Question, form: Form, fill: Callable[[Piped], str]) -> Question:
    """The question put in one way, with something in each place for an answer."""
    way, *ways = form
    left = iter(ways)
    options = tuple(
        _put(each, each.texts[next(left)]) if each.texts else each for each in question.options
    )
    if not question.texts:
        return replace(question, options=options)
    words = question.texts[way]
    text, hint = filled(words.text, fill), filled(words.more, fill)
    return replace(question, text=text, help=hint, options=options)


def shortened(words: str) -> str:
    """What somebody wrote in one line of 60 letters at most."""
    line = " ".join(words.split())
    if len(line) <= LONGEST:
        return line
    whole = line[:LONGEST].rpartition(" ")[0] if " " in line[:LONGEST] else line[: LONGEST - 1]
    return f"{whole}{ELLIPSIS}"


def _count(question: Question, number: int) -> str:
    return f"{number} {question.unit}".strip()


def _option(option: Option, answers: Answers) -> Option:
    return _put(option, _fitting(option.texts, answers)) if option.texts else option


def _put(option: Option, way: Wording) -> Option:
    return replace(option, label=_as_it_is(way.text), help=_as_it_is(way.more))


def _as_it_is(phrase: Phrase) -> str:
    return filled(phrase, lambda place: place.otherwise)


def _fitting(texts: tuple[Wording, ...], answers: Answers) -> Wording:
    return texts[_place(texts, answers)]


def _place(texts: tuple[Wording, ...], answers: Answers) -> int:
    """The place of the first way that fits; the last one fits everybody."""
    fits = (place for place, each in enumerate(texts) if each.when and holds(each.when, answers))
    return next(fits, max(len(texts) - 1, 0))
