"""What breakdowns are called, and how a wave was weighted, in words that pages and files share."""

from collections.abc import Iterable

from engage.core.definition.model import Definition
from engage.core.statistics.estimate import HIDDEN
from engage.core.statistics.people import FEWEST_TOLD, people
from engage.core.words.rounding import rounded
from engage.figures.indicators import indicator_file_of
from engage.figures.weighting import Weighting

OVERALL = "overall"
CONNECTION = "connection"
EVERYBODY = "Everybody"
RESIDENTS = "Everybody who lives here"
FEW_HIDDEN = (
    f"{HIDDEN} stands for fewer than {FEWEST_TOLD} people, and for what would tell how many "
    "they are."
)
TITLES: dict[str, str] = {
    OVERALL: EVERYBODY,
    CONNECTION: "Living here or not",
    "area_group": "Area group",
    "ward": "Ward",
}


def breakdown_titles(definition: Definition, present: Iterable[str]) -> dict[str, str]:
    """The breakdowns that a run has, in its order, with their titles."""
    own = {breakdown.id: breakdown.title for breakdown in definition.breakdowns}
    united = {each.id: each.title for each in indicator_file_of(definition.id).united}
    names = united | own | TITLES | ({OVERALL: RESIDENTS} if definition.role("connection") else {})
    return {name: names.get(name, name) for name in present}


def weighting_in_words(weighting: Weighting) -> list[str]:
    """What was done with the answers so that they stand for the residents, or why nothing was."""
    told = [*_weights(weighting)] if weighting.weighted else [weighting.reason]
    if weighting.visitors:
        few = 0 < weighting.residents < FEWEST_TOLD
        who = "People" if few else people(weighting.visitors).capitalize()
        told.append(
            f"{who} who work, study or visit here are shown as a group of their own, where each "
            "counts once. They are in no other figure."
        )
    return told


def _weights(weighting: Weighting) -> list[str]:
    by, all_of = " and by ".join(weighting.margins), _whole(weighting.population or 0)
    # All who are used is told elsewhere: what is left of them must not tell of a few visitors.
    few = 0 < weighting.visitors < FEWEST_TOLD
    who = "everybody" if few else people(weighting.residents)
    lives = "lives" if few else "live"
    told = [f"The answers of {who} who {lives} here are weighted by {by} to {all_of} residents."]
    if weighting.smallest and weighting.largest:
        told.append(
            f"One answer stands for {_whole(weighting.smallest)} to {_whole(weighting.largest)} "
            "residents."
        )
    if weighting.effective_base and weighting.design_effect:
        told.append(
            f"With these weights the answers tell as much as those of "
            f"{_whole(weighting.effective_base)} people who each count once (design effect "
            f"{rounded(weighting.design_effect, 2)})."
        )
    return told


def _whole(value: float) -> str:
    """A number as a whole one, with commas between thousands."""
    return f"{int(rounded(value)):,}"
