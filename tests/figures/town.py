"""A small town with residents on record, waves in it, and people who answer at random."""

import random
from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engage.areas.models import AreaGroup, Population, Ward
from engage.core.definition.kinds import CHOICE_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.routing import asked
from engage.extensions import table_of
from engage.responses.store import insert_many, row
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of, publish

GROUPS = {"N": "North", "S": "South"}
WARDS = {f"W{number}": f"Ward {number}" for number in range(1, 7)}
GROUP_OF = {code: "N" if code < "W4" else "S" for code in WARDS}
BANDS = ((0, 15), (16, 29), (30, 44), (45, 64), (65, 999))
TODAY = date(2026, 3, 2)


def found(session: Session, *, residents: bool = True) -> None:
    """Put the town on record."""
    session.execute(
        insert(table_of(AreaGroup)), [{"code": c, "name": n} for c, n in GROUPS.items()]
    )
    wards = [{"code": c, "name": n, "group_code": GROUP_OF[c]} for c, n in WARDS.items()]
    session.execute(insert(table_of(Ward)), wards)
    counts = [
        {
            "ward_code": ward,
            "sex": sex,
            "age_from": low,
            "age_to": high,
            "residents": 400 + 50 * number,
        }
        for number, ward in enumerate(WARDS)
        for sex in ("female", "male")
        for low, high in BANDS
    ]
    if residents:
        session.execute(insert(table_of(Population)), counts)
    session.commit()


def people(definition: Definition, count: int, seed: int = 1) -> Iterator[dict]:
    """Answers at random: of residents mostly, each question skipped now and then."""
    rng = random.Random(seed)
    for _person in range(count):
        answers: dict = {}
        for question in definition.questions.values():
            if asked(question, answers) and (question.required or rng.random() > 0.03):
                answers[question.id] = _answer(rng, question)
        yield answers


def _answer(rng, question):
    fitting = [option for option in question.options if option.eligible]
    if question.kind in CHOICE_KINDS:
        plain = [option for option in fitting if option.means is None]
        option = rng.choice(plain if rng.random() > 0.05 else fitting)
        if option.connection and rng.random() > 0.3:
            option = next(each for each in fitting if each.connection == "resident")
        return option.code
    if question.kind is Kind.MULTIPLE:
        return (rng.choice(fitting).code,)
    if question.kind is Kind.AREA:
        return rng.choice(list(WARDS))
    return rng.randrange(100) if question.kind is Kind.NUMBER else "words"


def wave_of(session: Session, questionnaire: str = "fear_of_crime", **given) -> Wave:
    """A committed wave, open unless something else is given."""
    published = publish(session, newest_file(questionnaire), TODAY)
    wave = Wave(
        questionnaire=questionnaire,
        definition_id=published.id,
        **{
            "name": "2026",
            "state": WaveState.OPEN,
            "opens_on": date(2026, 2, 1),
            "closes_on": date(2026, 4, 1),
            "delete_on": date(2027, 4, 1),
        }
        | given,
    )
    session.add(wave)
    session.commit()
    return wave


def answer(session: Session, wave: Wave, answers, *, start=0, **given) -> list[dict]:
    """Store answers as responses of a wave, each another submission; the rows as stored."""
    definition = definition_of(wave.definition)
    rows = [
        row(
            definition,
            each,
            wave_id=wave.id,
            definition_id=wave.definition_id,
            submission=f"{number:064x}",
            **{"day": TODAY, "duration": 200 + number % 200} | given,
        )
        for number, each in enumerate(answers, start)
    ]
    insert_many(session.connection(), rows)
    session.commit()
    return rows


def filled(
    session: Session, count: int = 600, questionnaire: str = "fear_of_crime", **given
) -> Wave:
    """A wave that so many people have answered."""
    wave = wave_of(session, questionnaire, **given)
    answer(session, wave, people(definition_of(wave.definition), count))
    return wave
