"""What speaks against a wave or a change to it: everything at once, each with its remedy."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.waves.models import Wave, WaveState
from engage.web.templating import in_words


class WaveFault(NamedTuple):
    """The field that a fault belongs to (`wave` for the whole), and a sentence with the remedy."""

    field: str
    message: str


class WaveError(ValueError):
    """A wave cannot be made or changed so; `faults` are all the reasons."""

    def __init__(self, *faults: WaveFault) -> None:
        """Keep the faults apart, for a form to show each beside its field."""
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WavePlan:
    """What a survey manager decides about a wave before it exists.

    Answers are deleted on `delete_on`; made-up waves are those of the demonstration borough.
    """

    questionnaire: str
    name: str
    opens_on: date
    closes_on: date
    delete_on: date
    made_up: bool = False


def faults_of_plan(session: Session, plan: WavePlan) -> list[WaveFault]:
    """Why a wave cannot be created so."""
    faults = []
    if not plan.name or len(plan.name) > 60:
        said = f"The name {plan.name!r} cannot be used: give one of 1 to 60 characters."
        faults.append(WaveFault("name", said))
    taken = select(Wave.id).filter_by(questionnaire=plan.questionnaire, name=plan.name)
    if session.scalar(taken) is not None:
        said = f"There is a wave called {plan.name!r} of this survey already: choose another name."
        faults.append(WaveFault("name", said))
    if plan.closes_on < plan.opens_on:
        said = f"The last day is {in_words(plan.closes_on)}, before the first day. Choose"
        faults.append(WaveFault("closes_on", f"{said} {in_words(plan.opens_on)} or a later one."))
    if plan.delete_on <= plan.closes_on:
        said = (
            f"Answers cannot be deleted on {in_words(plan.delete_on)}, while they may still come."
        )
        remedy = f"Choose a day after {in_words(plan.closes_on)}."
        faults.append(WaveFault("delete_on", f"{said} {remedy}"))
    return faults


def faults_of_opening(session: Session, wave: Wave, today: date) -> list[WaveFault]:
    """Why a wave cannot be opened today."""
    if wave.state == WaveState.OPEN:
        return [WaveFault("wave", f"{wave.name} is open already.")]
    if wave.state == WaveState.CLOSED:
        return [WaveFault("wave", f"{wave.name} is closed for good: create a new wave instead.")]
    faults = []
    if not wave.opens_on <= today <= wave.closes_on:
        days = f"{in_words(wave.opens_on)} to {in_words(wave.closes_on)}"
        said = f"{wave.name} runs from {days}, and today is {in_words(today)}."
        remedy = "Open it on one of its days, or create a wave with other dates."
        faults.append(WaveFault("wave", f"{said} {remedy}"))
    other = session.scalar(
        select(Wave.name).filter_by(questionnaire=wave.questionnaire, state=WaveState.OPEN)
    )
    if other is not None:
        faults.append(another_is_open(wave.name, other))
    return faults


def another_is_open(name: str, other: str) -> WaveFault:
    """That a survey has one open wave at a time."""
    said = f"{other} of the same survey is open: close it before you open {name}."
    return WaveFault("wave", said)
