"""Who has answered beside who lives here, and who is still needed, in brief."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.representation.representation import JOINT, Group as Measured, Representation
from engage.core.words.mirror import MARGINS, STATES
from engage.core.words.rounding import percent

MOST_NEEDED = 10
UNKNOWN, HIDDEN = "–", "[c]"


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
            _share(each),
            UNKNOWN if each.population_share is None else percent(each.population_share),
            STATES[each.state],
        )
        for each in found.groups
        if each.margin != JOINT
    ]


def steps(found: Representation) -> str:
    """How rough the shares of answers are, and what stands for one of a few people."""
    rough = (
        f"Ten people are {percent(10 / found.people)} of all answers, so a share of answers may be "
        "out by half of that. "
        if found.people
        else ""
    )
    return (
        f"Answers of a group are counted to the nearest ten, to keep people private. {rough}"
        f"{HIDDEN} stands for fewer than ten. What that says was judged by exact numbers."
    )


def needed(found: Representation) -> Sequence[str]:
    """The groups that are furthest below their share, in words."""
    rows = [row for each in found.needed for row in each.rows]
    return [row.words for row in sorted(rows, key=lambda row: -row.more)[:MOST_NEEDED]]


def _share(of: Measured) -> str:
    if of.sample_share is None:
        return HIDDEN if of.people is None else UNKNOWN
    return percent(of.sample_share)
