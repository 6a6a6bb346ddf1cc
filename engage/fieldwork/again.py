"""The next wave of a survey, planned after the last: the same sample, a year on."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engage.fieldwork.forms import WaveForm
from engage.waves.lengths import years_after
from engage.waves.models import Wave
from engage.waves.store import all_waves

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Next:
    """What the next wave would be, for a form to start from."""

    questionnaire: str
    name: str
    sample: str
    opens_on: date
    closes_on: date
    delete_on: date

    def filled(self) -> WaveForm:
        """The form with it, which somebody still has to send."""
        return WaveForm(
            questionnaire=self.questionnaire,
            name=self.name,
            sample=self.sample,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            delete_on=self.delete_on,
        )


def next_after(session: Session, wave: Wave, today: date) -> Next:
    """A wave like this one, as many whole years on as it takes to be ahead of today."""
    years = 1
    while years_after(wave.closes_on, years) < today:
        years += 1
    taken = {each.name for each in all_waves(session) if each.questionnaire == wave.questionnaire}
    opens = years_after(wave.opens_on, years)
    return Next(
        questionnaire=wave.questionnaire,
        name=_name(wave.name, years, opens, taken),
        sample=wave.sample,
        opens_on=opens,
        closes_on=years_after(wave.closes_on, years),
        delete_on=years_after(wave.delete_on, years),
    )


def _name(name: str, years: int, opens: date, taken: set[str]) -> str:
    """The same name with its year moved on, or the year put behind it; empty where it is taken."""
    moved = YEAR.sub(lambda found: str(int(found[0]) + years), name)
    told = moved if moved != name else f"{name} {opens.year}"
    return told if told not in taken and len(told) <= LONGEST_NAME else ""
