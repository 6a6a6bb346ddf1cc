"""Many people who answer at random, quickly: a few thousand, used again and again."""

import os
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from engage.config import ROOT
from engage.core.cleaning.records import Records, ward_of
from engage.core.definition.codebook import pack
from engage.core.definition.kinds import CHOICE_KINDS, Kind
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import asked

DIFFERENT = 5000
WARDS = [f"E050{number:05}" for number in range(24)]


@dataclass(frozen=True)
class Crowd:
    """Records of so many people, and the same answers as JSON, as they are stored."""

    definition: Definition
    records: Records
    answers: list[str]


def definition_of(questionnaire: str = "fear_of_crime") -> Definition:
    """The definition that is measured with."""
    return load_definition(Path(ROOT) / f"engage/definitions/{questionnaire}/v1.yaml")


def people(definition: Definition, count: int, seed: int = 7) -> Iterator[dict]:
    """Answers at random, each question skipped now and then."""
    rng = random.Random(seed)
    for _person in range(count):
        answers: dict = {}
        for question in definition.questions.values():
            if asked(question, answers) and (question.required or rng.random() > 0.03):
                answers[question.id] = _answer(rng, question)
        yield answers


def _answer(rng: random.Random, question: Question) -> object:
    fitting = [option for option in question.options if option.eligible]
    if question.kind in CHOICE_KINDS:
        return rng.choice(fitting).code
    if question.kind is Kind.MULTIPLE:
        plain = [option.code for option in fitting if option.means is None]
        return tuple(rng.sample(plain, rng.randrange(1, 4)))
    if question.kind is Kind.AREA:
        return rng.choice(WARDS)
    return 12 if question.kind is Kind.NUMBER else "a few words that somebody wrote"


def crowd(count: int) -> Crowd:
    """So many people; ids, submissions and times are each their own."""
    definition = definition_of()
    different = [*people(definition, min(count, DIFFERENT))]
    texts = [orjson.dumps(answers) for answers in different]
    codes = [pack(definition, answers) for answers in different]
    wards = [ward_of(definition, answers) for answers in different]
    rng = random.Random(3)
    order = [rng.randrange(len(different)) for _person in range(count)]
    records = Records(
        ids=sorted(uuid.UUID(int=rng.getrandbits(128)).hex for _person in range(count)),
        submissions=[os.urandom(32).hex() for _person in range(count)],
        days=[f"2026-03-{1 + each % 28:02}" for each in order],
        durations=[200 + each % 400 for each in order],
        modes=["web"] * count,
        languages=["en"] * count,
        sources=[None] * count,
        flags=[""] * count,
        wards=[wards[each] for each in order],
        # Copies, so that no two people share a place in memory, as in what a database hands over.
        codes=[bytes(bytearray(codes[each])) for each in order],
    )
    return Crowd(definition, records, [texts[each].decode() for each in order])
