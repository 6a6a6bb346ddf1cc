"""What speaks against a wave or a change to it: everything at once, each with its remedy."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.statistics.sampling import SampleType
from engage.waves.lengths import latest_deletion, latest_end
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


class ChangedElsewhereError(WaveError):
    """Somebody else changed the wave since it was shown."""


def as_seen(wave: Wave, seen: int | None) -> None:
    """Raise ChangedElsewhereError if somebody was shown another version than the wave has now."""
    if seen is not None and seen != wave.version:
        said = "Somebody else changed this wave since you opened the page. Nothing is saved yet."
        raise ChangedElsewhereError(WaveFault("wave", said))


@dataclass(frozen=True, slots=True)
class WavePlan:
    """What a survey manager decides about a wave before it exists.

    Answers are deleted on `delete_on`; made-up waves are those of the demonstration borough;
    `sample` is how people are asked.
    """

    questionnaire: str
    name: str
    opens_on: date
    closes_on: date
    delete_on: date
    made_up: bool = False
    sample: SampleType = SampleType.OPEN_LINK


def faults_of_plan(
    session: Session, plan: WavePlan, today: date, *, wave_id: int | None = None
) -> list[WaveFault]:
    """Why a wave cannot be created so; `wave_id` is the wave's number if it is there already."""
    faults = []
    if not plan.name or len(plan.name) > 60:
        said = f"The name {plan.name!r} cannot be used: give one of 1 to 60 characters."
        faults.append(WaveFault("name", said))
    taken = select(Wave.id).filter_by(questionnaire=plan.questionnaire, name=plan.name)
    if session.scalar(taken) not in {None, wave_id}:
        said = f"There is a wave called {plan.name!r} of this survey already: choose another name."
        faults.append(WaveFault("name", said))
    said = _against_last_day(plan, today)
    if said:
        faults.append(WaveFault("closes_on", said))
    said = _against_deletion(plan)
    if said:
        faults.append(WaveFault("delete_on", said))
    return faults


def _against_last_day(plan: WavePlan, today: date) -> str:
    last, latest = in_words(plan.closes_on), latest_end(plan.opens_on)
    if plan.closes_on < plan.opens_on:
        first = in_words(plan.opens_on)
        return f"The last day is {last}, before the first day. Choose {first} or a later one."
    if plan.closes_on < today:
        return f"The last day, {last}, is over. Choose today, {in_words(today)}, or a later one."
    if plan.closes_on > latest:
        said = f"The last day is {last}, but a wave takes answers for a year at most."
        return f"{said} Choose {in_words(latest)} or an earlier one."
    return ""


def _against_deletion(plan: WavePlan) -> str:
    chosen, latest = in_words(plan.delete_on), latest_deletion(plan.closes_on)
    if plan.delete_on <= plan.closes_on:
        said = f"Answers cannot be deleted on {chosen}, while they may still come."
        return f"{said} Choose a day after {in_words(plan.closes_on)}."
    if plan.delete_on > latest:
        said = f"Answers cannot be kept until {chosen}: six years after the last day is the limit."
        return f"{said} Choose {in_words(latest)} or an earlier day."
    return ""


def state_on(wave: Wave, today: date) -> WaveState:
    """The state of a wave on a day: closed once its last day is over, even if no worker ran."""
    if wave.state == WaveState.OPEN and wave.closes_on < today:
        return WaveState.CLOSED
    return WaveState(wave.state)


def faults_of_state(
    wave: Wave, needed: WaveState, today: date, step: str = "changed"
) -> list[WaveFault]:
    """Why a step that only a wave in that state can take cannot be taken today.

    `step` is what would be done to a prepared wave: opened, changed or deleted.
    """
    state, called = state_on(wave, today), f"The wave {wave.name}"
    if state == needed:
        return []
    if needed == WaveState.OPEN:
        told = {
            WaveState.DRAFT: f"{called} is not open, so it cannot be closed. Delete it instead.",
            WaveState.CLOSED: f"{called} is closed already.",
        }
    elif step == "opened":
        told = {
            WaveState.OPEN: f"{called} is open already.",
            WaveState.CLOSED: f"{called} is closed for good: create a new wave instead.",
        }
    else:
        promised = f"{called} cannot be {step} any more: people were told its dates."
        told = {
            WaveState.OPEN: f"{promised} You can close it, and create another.",
            WaveState.CLOSED: f"{promised} You can create another.",
        }
    return [WaveFault("wave", told[state])]


def faults_of_opening(session: Session, wave: Wave, today: date) -> list[WaveFault]:
    """Why a wave cannot be opened today."""
    faults = faults_of_state(wave, WaveState.DRAFT, today, "opened")
    if faults:
        return faults
    if not wave.opens_on <= today <= wave.closes_on:
        days = f"{in_words(wave.opens_on)} to {in_words(wave.closes_on)}"
        said = f"The wave {wave.name} runs from {days}, and today is {in_words(today)}."
        remedy = "Open it on one of its days, or change its dates."
        faults.append(WaveFault("wave", f"{said} {remedy}"))
    other = _open_now(session, wave.questionnaire)
    if other is not None:
        faults.append(another_is_open(wave.name, f"The wave {other.name}"))
    return faults


def in_the_way(session: Session, wave: Wave) -> Wave | None:
    """The open wave of the same survey that a prepared one cannot open beside.

    None where the open one is over by itself before the first day of the prepared one.
    """
    other = _open_now(session, wave.questionnaire) if wave.state == WaveState.DRAFT else None
    return other if other is not None and other.closes_on >= wave.opens_on else None


def _open_now(session: Session, questionnaire: str) -> Wave | None:
    return session.scalar(select(Wave).filter_by(questionnaire=questionnaire, state=WaveState.OPEN))


def another_is_open(name: str, other: str = "Another wave") -> WaveFault:
    """That a survey has one open wave at a time."""
    said = f"{other} of the same survey is open: close it before you open the wave {name}."
    return WaveFault("wave", said)
