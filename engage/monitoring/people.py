"""Who has answered beside who lives here, and who is still needed, in brief."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.representation.representation import JOINT, Representation
from engage.core.words.mirror import MARGINS, STATES
from engage.core.words.rounding import percent

MOST_NEEDED = 10
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its share of the answers and of the residents, and what that says."""

    margin: str
    name: str
    answers: str
    residents: str
    says: str


def groups(found: Representation) -> list[Group]:
    """Every group of age, sex and ward; counts of a few people are not in what is stored."""
    return [
        Group(
            MARGINS.get(each.margin, each.margin),
            each.name,
            UNKNOWN if each.sample_share is None else percent(each.sample_share),
            UNKNOWN if each.population_share is None else percent(each.population_share),
            STATES[each.state],
        )
        for each in found.groups
        if each.margin != JOINT
    ]


def needed(found: Representation) -> Sequence[str]:
    """The groups that are furthest below their share, in words."""
    rows = [row for each in found.needed for row in each.rows]
    return [row.words for row in sorted(rows, key=lambda row: -row.more)[:MOST_NEEDED]]
