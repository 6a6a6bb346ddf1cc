"""How far two people agree who gave the same texts codes, apart from each other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two people agree on one code: of how many texts, in what share of them, and kappa.

    `kappa` is None where both gave the code to every text, or to none: then nothing tells
    agreement from chance.
    """

    texts: int
    share: float
    kappa: float | None


def agreement(first: Sequence[bool], second: Sequence[bool]) -> Agreement:
    """Agreement of two people on one code; ValueError without a text or for unequal lengths.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), formula 1: kappa = (p_o - p_c) / (1 - p_c), where p_o is the share of
    texts on which they agree, and p_c the share by chance from how often each gives the code.
    """
    count = len(first)
    if not count or count != len(second):
        raise ValueError(f"Two codings of the same texts are needed, not {count}, {len(second)}.")
    same = sum(a == b for a, b in zip(first, second, strict=True)) / count
    a, b = sum(first) / count, sum(second) / count
    chance = a * b + (1 - a) * (1 - b)
    return Agreement(count, same, None if chance == 1 else (same - chance) / (1 - chance))


def by_code(
    pairs: Iterable[tuple[Collection[int], Collection[int]]], codes: Iterable[int]
) -> dict[int, Agreement]:
    """The agreement on each code that one of the two gave at all, by the code."""
    both = list(pairs)
    return {
        code: agreement(
            [code in first for first, _ in both], [code in second for _, second in both]
        )
        for code in codes
        if any(code in first or code in second for first, second in both)
    }
