"""Who was used when something was shown of a wave: now, and before decisions were used otherwise.

Decisions about marked responses are kept for each use, so whose answers a table or a figure was of
can be told again. Who was deleted, or came later, cannot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from engage.core.cleaning.by_hand import REVIEWED, with_decisions
from engage.core.disclosure.shown import Shown
from engage.core.statistics.arrays import BoolArray
from engage.crosstabs.people import Crowd, People, groups_of
from engage.figures.used import digest_of, home_of
from engage.responses.taking_up import uses


@dataclass(frozen=True, slots=True)
class States:
    """Everybody of a wave who is used or was, and by digest which of them each time."""

    crowd: Crowd
    members: Mapping[str, BoolArray]
    now: str

    def of(self, digest: str, shown: Shown) -> Shown:
        """What was shown of everybody, of those alone who were used at that time."""
        made = shown.among(self.members[digest])
        if digest == self.now:
            return made
        return replace(made, common=self.members[digest] & self.members[self.now])

    def between(self, digest: str, shown: Shown) -> Shown:
        """What it would tell of those alone who came or went since: nothing, and all is kept."""
        return shown.among(self.members[digest] ^ self.members[self.now]).hushed()


def states_of(session: Session, wave_id: int, people: People) -> States:
    """The people of a wave at each use of what was decided about marked responses."""
    before = uses(session, wave_id)
    if not before:
        everybody = np.ones(len(people.table), dtype=bool)
        return States(people, {people.digest: everybody}, people.digest)
    plain = people.given.table.drop(columns=REVIEWED, errors="ignore")
    homes = {people.digest: people.table}
    for decided in [{}, *before]:
        home, _away = home_of(replace(people.given, table=with_decisions(plain, decided)))
        homes[digest_of(home)] = home
    every = pd.concat([each.drop(columns=REVIEWED, errors="ignore") for each in homes.values()])
    every = every.drop_duplicates("@id").reset_index(drop=True)
    members = {digest: every["@id"].isin(home["@id"]).to_numpy() for digest, home in homes.items()}
    crowd = Crowd(people.given, every, groups_of(people.given, every))
    return States(crowd, members, people.digest)
