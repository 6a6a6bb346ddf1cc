"""Age bands: which bands two classifications have in common, without splitting any."""

from collections.abc import Sequence
from dataclasses import dataclass

OPEN = 999


class BandsDoNotNestError(ValueError):
    """Age bands of which neither fits into the other; the message names them."""


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Ages in whole years, both ends included; 999 is open."""

    youngest: int
    oldest: int

    def __str__(self) -> str:
        """The band in words: 16 to 24, 75 or over."""
        if self.oldest >= OPEN:
            return f"{self.youngest} or over"
        if self.oldest == self.youngest:
            return str(self.youngest)
        return f"{self.youngest} to {self.oldest}"


def within(frame: Band, bands: Sequence[Band], whose: str = "residents’") -> list[Band]:
    """The bands inside the frame, in order, which must fill it; `whose` they are, for the message.

    Raises BandsDoNotNestError when one crosses an end of the frame or ages are missing.
    """
    inside = [band for band in sorted(bands) if _touches(band, frame)]
    crossing = [
        band for band in inside if band.youngest < frame.youngest or band.oldest > frame.oldest
    ]
    if crossing:
        raise BandsDoNotNestError(
            f"the {whose} ages {listed(crossing)} are only partly inside {frame}"
        )
    edges = [frame.youngest, *(band.oldest + 1 for band in inside)]
    gaps = [band for edge, band in zip(edges, inside, strict=False) if band.youngest != edge]
    if gaps or edges[-1] != frame.oldest + 1:
        raise BandsDoNotNestError(
            f"the {whose} ages {listed(inside) or 'of nobody'} do not fill {frame} without a gap"
        )
    return inside


def nest(first: Sequence[Band], second: Sequence[Band]) -> list[Band]:
    """The finest bands to which both sequences add up, each of them whole in one of the two.

    Both fill the same ages in order. Bands are added up, never cut: 16 to 24 and 25 to 29 make
    16 to 29, but 16 to 24 and 25 to 34 have no sum in common with 16 to 29 and 30 to 34. Raises
    BandsDoNotNestError.
    """
    common: list[Band] = []
    left, right = list(first), list(second)
    while left and right:
        mine, theirs = [left.pop(0)], [right.pop(0)]
        while mine[-1].oldest != theirs[-1].oldest:
            (mine if mine[-1].oldest < theirs[-1].oldest else theirs).append(
                (left if mine[-1].oldest < theirs[-1].oldest else right).pop(0)
            )
        if len(mine) > 1 and len(theirs) > 1:
            raise BandsDoNotNestError(
                f"the survey’s ages {listed(mine)} and the residents’ {listed(theirs)} do not fit "
                "into each other, and are never guessed"
            )
        common.append(Band(mine[0].youngest, mine[-1].oldest))
    return common


def listed(bands: Sequence[Band]) -> str:
    """Bands in words, as in 16 to 24, 25 to 29."""
    return ", ".join(str(band) for band in bands)


def _touches(band: Band, frame: Band) -> bool:
    return band.oldest >= frame.youngest and band.youngest <= frame.oldest
