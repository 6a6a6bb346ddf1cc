"""What the direction of an indicator means, in words for people."""

from engage.core.indicators.model import Better

DIRECTION: dict[Better, str] = {
    Better.HIGHER: "Higher is better.",
    Better.LOWER: "Lower is better.",
    Better.NEITHER: "Neither higher nor lower is better.",
}
