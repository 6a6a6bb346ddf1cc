"""What the people of the demonstration answer, so that the published shares come out."""

from collections.abc import Mapping, Sequence

import numpy as np

from engage.core.definition.kinds import CHOICE_KINDS, TEXT_KINDS, Kind, Means
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, asked
from engage.core.statistics.arrays import FloatArray, IntArray
from engage.demo.manner import Manner, Period, Together
from engage.demo.people import People
from engage.demo.saying import Said, code_of, those_who_say, ticked
from engage.demo.shares import share_out

UNSURE = 3.0
"""The percentage of people who do not know what to tick on a list."""
WRITES = 0.22
"""The share of people who write something where they may."""


class Answering:
    """Fills in a survey for all its people, question by question, as routing puts them.

    `weights` are one a person. Residents and visitors each meet the shares for themselves.
    """

    def __init__(
        self,
        definition: Definition,
        manner: Manner,
        period: Period,
        *,
        people: People,
        weights: FloatArray,
        places: Sequence[str],
        random: np.random.Generator,
    ) -> None:
        """Start with nothing answered."""
        self.definition = definition
        self.manner = manner
        self.period = period
        self.people = people
        self.weights = weights
        self.places = places
        self.random = random
        self.answers: list[dict[str, Answer]] = [{} for _person in range(len(people))]
        self.visits = np.array([said["connection"] == "visitor" for said in people.facts])
        self._waiting: dict[str, Said] = {}

    def fill_in(self) -> list[dict[str, Answer]]:
        """The answers of every person, in their order."""
        together = {name: each for each in self.manner.together for name in each.lists}
        for question in self.definition.questions.values():
            put = self._put(question)
            if question.id in together and question.id not in self._waiting:
                self._tick_together(together[question.id])
            for person, answer in self._answers_to(question, put).items():
                self.answers[person][question.id] = answer
        return self.answers

    def _put(self, question: Question) -> IntArray:
        """The people to whom a question is put, given what they answered so far."""
        return np.flatnonzero([asked(question, answers) for answers in self.answers])

    def _answers_to(self, question: Question, put: IntArray) -> Said:
        if question.id in self.people.facts[0]:
            return {at: self.people.facts[at][question.id] for at in put.tolist()}
        if question.id in self._waiting:
            return self._waiting[question.id]
        if question.kind is Kind.CONSENT:
            return dict.fromkeys(put.tolist(), question.options[0].code)
        if question.kind in TEXT_KINDS:
            return self._words(question, put)
        if question.kind in CHOICE_KINDS:
            return self._scale(question, put)
        ticking = self.manner.lists[question.id]
        some, said = self._those_who_say(question, put, UNSURE)
        has_none = code_of(question, Means.NONE_OF_THESE)
        share = ticking.at(self.period) if has_none else 100.0
        anything = self._split(some, share, ticking.unease)
        return said | ticked(question, ticking, some, anything, self.random)

    def _scale(self, question: Question, put: IntArray) -> Said:
        scale = self.manner.scales[question.id]
        some, answers = self._those_who_say(question, put, scale.dont_know, scale.apart)
        codes = [option.code for option in question.options if option.means is None]
        leaning = self._leaning(some, scale.unease)
        for group in self._apart(some):
            taken = share_out(leaning[group], self.weights[some[group]], scale.at(self.period))
            chosen = zip(some[group].tolist(), taken.tolist(), strict=True)
            answers |= {person: codes[place] for person, place in chosen}
        return answers

    def _those_who_say(
        self,
        question: Question,
        put: IntArray,
        dont_know: float,
        apart: Mapping[str, float] | None = None,
    ) -> tuple[IntArray, Said]:
        others = dict(apart or {})
        if code := code_of(question, Means.DONT_KNOW):
            others[code] = dont_know
        return those_who_say(question, put, others, self.random)

    def _tick_together(self, wanted: Together) -> None:
        """Answer several lists at once: so many people tick something on any of them."""
        questions = [self.definition.questions[name] for name in wanted.lists]
        said = [self._those_who_say(each, self._put(each), UNSURE) for each in questions]
        every = np.array(sorted(set.intersection(*({*some.tolist()} for some, _ in said))))
        ticking = every[self._split(every, wanted.at(self.period), wanted.unease)]
        # One list of each such person is sure to be ticked; the shares say which.
        shares = [each.share for each in wanted.lists.values()]
        sure = share_out(self.random.random(len(ticking)), np.ones(len(ticking)), shares)
        for place, (question, (some, answers)) in enumerate(zip(questions, said, strict=True)):
            chosen = {*ticking[sure == place].tolist()}
            also = self.random.random(len(ticking)) * 100 < shares[place] / 2
            chosen |= {*ticking[also].tolist()}
            # Who passed over one of the lists counts for none, and ticks like the rest.
            rest = np.setdiff1d(some, every)
            lucky = self.random.random(len(rest)) * 100 < wanted.at(self.period) / 2
            chosen |= {*rest[lucky].tolist()}
            self._waiting[question.id] = answers | ticked(
                question,
                wanted.lists[question.id],
                some,
                np.isin(some, list(chosen)),
                self.random,
            )

    def _split(self, some: IntArray, share: float, unease: float) -> np.ndarray:
        """Which of some people tick anything: the uneasy first, up to a weighted share."""
        leaning = self._leaning(some, unease)
        ticks = np.zeros(len(some), dtype=bool)
        for group in self._apart(some):
            shares = (100 - share, share)
            ticks[group] = share_out(leaning[group], self.weights[some[group]], shares) == 1
        return ticks

    def _words(self, question: Question, put: IntArray) -> Said:
        """Harmless words from a few; the name of a place where a place is asked for."""
        sentences: Sequence[str] = self.manner.one_thing
        if question.kind is Kind.TEXT:
            sentences = self.places
            put = put[[self._keeps_away(person) for person in put.tolist()]]
        writers = put[self.random.random(len(put)) < WRITES]
        chosen = self.random.integers(len(sentences), size=len(writers))
        return {
            person: sentences[at]
            for person, at in zip(writers.tolist(), chosen.tolist(), strict=True)
        }

    def _keeps_away(self, person: int) -> bool:
        """Whether a person named a kind of place to keep away from."""
        said = self.answers[person].get("avoid")
        places = self.manner.lists["avoid"].ticks.keys()
        return isinstance(said, tuple) and not places.isdisjoint(said)

    def _leaning(self, some: IntArray, unease: float) -> FloatArray:
        """How far each leans to the later options, or to ticking: partly their unease."""
        own = self.random.normal(size=len(some))
        return np.asarray(unease * self.people.unease[some] + np.sqrt(1 - unease**2) * own)

    def _apart(self, some: IntArray) -> list[IntArray]:
        """The positions of residents and of visitors among some people."""
        visits = self.visits[some]
        return [group for group in (np.flatnonzero(~visits), np.flatnonzero(visits)) if len(group)]
