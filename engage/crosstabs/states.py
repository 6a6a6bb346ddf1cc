"""Who was used when something was shown of a wave: now, and before decisions were used otherwise.

Decisions about marked responses are kept for each use, so whose answers a table or a figure was of
can be told again. Who was deleted, or came later, cannot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

from engage.core.cleaning.by_hand import LEAVE_OUT
from engage.core.disclosure.shown import Shown
from engage.core.statistics.arrays import BoolArray
from engage.crosstabs.people import Crowd, People, groups_of
from engage.figures.used import digest_of_ids
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
    ids: list[str] = people.every["@id"].tolist()
    place = {each: at for at, each in enumerate(ids)}
    in_order = sorted(range(len(ids)), key=ids.__getitem__)
    members: dict[str, BoolArray] = {}
    for decided in [{}, *before]:
        used = np.ones(len(ids), dtype=bool)
        out = [place[each] for each, what in decided.items() if what == LEAVE_OUT and each in place]
        used[out] = False
        members[digest_of_ids(ids[at] for at in in_order if used[at])] = used
    crowd = Crowd(people.given, people.every, groups_of(people.given, people.every))
    return States(crowd, members, people.digest)
