"""The responses of one wave of the demonstration, the same ones every time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from engage.areas.store import PopulationRow
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer
from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.population import Borough
from engage.demo.answers import Answering
from engage.demo.borough import WardPlan
from engage.demo.manner import Manner
from engage.demo.people import draw_people
from engage.demo.plan import PlannedWave
from engage.demo.removed import hardly_begun, not_for_them
from engage.demo.weights import weights_of

SHORTEST, QUICKEST, QUICK = 200, 25, 80
"""Seconds: the least that people take who are not hasty, and the range of those who are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all waves have in common: the borough, its residents, its places."""

    plans: Sequence[WardPlan]
    residents: Sequence[PopulationRow]
    borough: Borough
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """One made-up response as it was sent. `duration` is in seconds, none on paper and phone."""

    id: str
    submission: str
    day: date
    duration: int | None
    mode: str
    answers: dict[str, Answer]


def generate(
    definition: Definition,
    manner: Manner,
    plan: PlannedWave,
    *,
    setting: Setting,
    days: tuple[date, date],
    random: np.random.Generator,
) -> list[Sent]:
    """Every response of a wave between two days, used, removed and marked ones together."""
    answers = _used(definition, manner, plan, setting, random)
    used = len(answers)
    answers += not_for_them(definition, answers[:used], plan.out_of_scope, random)
    answers += hardly_begun(definition, answers[:used], plan.mostly_empty, random)
    sent = _send(definition, manner, answers, days, random)
    sent = _hurry(sent, used, plan.quick, random)
    again = random.choice(used, plan.sent_twice, replace=False).tolist()
    return sent + [_once_more(sent[at], random) for at in again]


def _used(
    definition: Definition,
    manner: Manner,
    plan: PlannedWave,
    setting: Setting,
    random: np.random.Generator,
) -> list[dict[str, Answer]]:
    """The answers that are left to analyse, whose weighted shares are the published ones."""
    singles = plan.used - plan.alike
    people = draw_people(
        definition,
        manner,
        plans=setting.plans,
        residents=setting.residents,
        size=singles,
        random=random,
    )
    # A few are just like somebody else; each of them counts with the one they are like.
    like = random.choice(singles, plan.alike, replace=False)
    who: IntArray = np.concatenate([np.arange(singles), like])
    known = [
        {name: said for name, said in people.facts[at].items() if name in definition.questions}
        for at in who.tolist()
    ]
    weights = weights_of(definition, known, setting.residents, setting.borough)
    held: FloatArray = np.bincount(who, weights, minlength=singles).astype(np.float64)
    answering = Answering(
        definition,
        manner,
        plan.period,
        people=people,
        weights=held,
        places=setting.places,
        random=random,
    )
    answers = answering.fill_in()
    return [dict(answers[at]) for at in who.tolist()]


def _send(
    definition: Definition,
    manner: Manner,
    answers: Sequence[dict[str, Answer]],
    days: tuple[date, date],
    random: np.random.Generator,
) -> list[Sent]:
    """Each with an identity, a day (more in the first weeks), a time taken and a way of sending."""
    first, last = days
    length = (last - first).days + 1
    on = (random.beta(1.1, 1.8, len(answers)) * length).astype(int)
    took = np.exp(random.normal(np.log(definition.minutes * 55), 0.3, len(answers)))
    way = random.random(len(answers)) * 100
    paper, phone = manner.who.paper, manner.who.paper + manner.who.phone
    sent = []
    for at, each in enumerate(answers):
        mode = "paper" if way[at] < paper else "phone" if way[at] < phone else "web"
        seconds = max(SHORTEST, int(took[at])) if mode == "web" else None
        mark, submission = random.bytes(16).hex(), random.bytes(32).hex()
        sent.append(Sent(mark, submission, first + timedelta(int(on[at])), seconds, mode, each))
    return sent


def _hurry(sent: list[Sent], used: int, count: int, random: np.random.Generator) -> list[Sent]:
    """The same, with some of the used ones sent in great haste."""
    hasty = {*random.choice(used, count, replace=False).tolist()}
    return [
        replace(each, duration=int(random.integers(QUICKEST, QUICK)), mode="web")
        if at in hasty
        else each
        for at, each in enumerate(sent)
    ]


def _once_more(sent: Sent, random: np.random.Generator) -> Sent:
    """The same form a second time."""
    return replace(sent, id=random.bytes(16).hex())
