"""Which published actions answer the findings of a wave, for the pages that show those findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engage.actions.store import published_actions
from engage.actions.words import STATES


@dataclass(frozen=True, slots=True)
class Answer:
    """An action in a line: what it is called, how far it is, and where everybody reads of it."""

    id: int
    title: str
    state: str
    shown_at: datetime

    @property
    def address(self) -> str:
        """Its place on the page of all actions."""
        return f"/you-said-we-did#action-{self.id}"


def answers_to(session: Session, wave_id: int) -> Mapping[str, list[Answer]]:
    """The actions that everybody may see, by the indicators of this wave that they answer."""
    found: dict[str, list[Answer]] = {}
    for each in published_actions(session):
        state = str(STATES.get(each.state, each.state))
        answer = Answer(each.id, each.title, state, each.shown_at)
        for name in dict.fromkeys(f.indicator for f in each.findings if f.wave_id == wave_id):
            found.setdefault(name, []).append(answer)
    return found
