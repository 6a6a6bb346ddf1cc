"""How a wave was weighted and what that means, in sentences for people."""

from engage.core.indicators.model import Better
from engage.core.indicators.words import rounded
from engage.figures.weighting import Weighting

DIRECTION: dict[Better, str] = {
    Better.HIGHER: "Higher is better.",
    Better.LOWER: "Lower is better.",
    Better.NEITHER: "Neither higher nor lower is better.",
}


def weighting_in_words(weighting: Weighting) -> list[str]:
    """What was done with the answers so that they stand for the residents, or why nothing was."""
    told = [*_weights(weighting)] if weighting.weighted else [weighting.reason]
    if weighting.visitors:
        told.append(
            f"{_people(weighting.visitors)} who work, study or visit here are shown as a group of "
            "their own, where each counts once. They are in no other figure."
        )
    return told


def _weights(weighting: Weighting) -> list[str]:
    by = " and by ".join(weighting.margins)
    who, all_of = _people(weighting.residents), f"{weighting.population or 0:,.0f}"
    told = [f"The answers of {who} who live here are weighted by {by} to {all_of} residents."]
    if weighting.smallest and weighting.largest:
        told.append(
            f"One answer stands for {rounded(weighting.smallest)} to {rounded(weighting.largest)} "
            "residents."
        )
    if weighting.effective_base and weighting.design_effect:
        told.append(
            f"With these weights the answers tell as much as those of "
            f"{float(rounded(weighting.effective_base)):,.0f} people who each count once (design "
            f"effect {rounded(weighting.design_effect, 2)})."
        )
    return told


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
