"""How well those who answered mirror the residents, in words."""

from engage.core.representation.representation import JOINT, Gap, Representation, State
from engage.core.words.rounding import percent, rounded

STATES: dict[State, str] = {
    State.UNDER: "Fewer than their share",
    State.LEVEL: "About their share",
    State.OVER: "More than their share",
    State.TOO_FEW: "Too few to say",
    State.NOBODY: "Nobody answered",
}
MARGINS: dict[str, str] = {
    "age": "Age",
    "sex": "Sex",
    "ward": "Ward",
    JOINT: "All of these together",
}


def gap_words(gap: Gap) -> list[str]:
    """How far a whole margin is off, and which of its groups most."""
    if gap.dissimilarity is None:
        return []
    told = (
        f"{percent(gap.dissimilarity)} of those who answered would have to be others for the "
        "shares to agree (dissimilarity index)."
    )
    if gap.widest is None:
        return [told]
    return [told, f"Furthest from its share: {gap.widest}."]


def together(found: Representation) -> list[str]:
    """What is said of all margins crossed: the R-indicator and what adds to it."""
    told = [said for gap in found.gaps if gap.margin == JOINT for said in gap_words(gap)]
    if found.summary is None:
        return told
    made = found.summary
    told.append(
        f"R-indicator {rounded(made.r, 3)} over {made.groups:,} groups of age, sex and ward, and "
        f"{rounded(made.adjusted_r, 3)} without what chance alone does to small groups. 1 means "
        "that everybody was equally likely to answer. Where few answered it is always near 1, so "
        f"read it with the coefficient of variation: {_number(made.cv)}, or "
        f"{_number(made.adjusted_cv)} without chance, where 0 is best."
    )
    told += [
        f"{MARGINS.get(part.margin, part.margin)} adds {rounded(part.unconditional, 4)} by "
        f"itself, and {rounded(part.conditional, 4)} within the groups of the others (partial "
        "R-indicators)."
        for part in made.partials
    ]
    return told


def _number(value: float | None) -> str:
    return "none" if value is None else rounded(value, 2)
