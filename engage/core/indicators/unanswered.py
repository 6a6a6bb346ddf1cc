"""The share who did not know, and who gave no answer. Read by pages, so without numpy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Of the people who were `asked`, the shares, 0 to 1, of those without a substantive answer.

    Nobody is weighted. `missing` are those who preferred not to say or left it empty. Both shares
    are 0 where nobody was asked. Shares that were rounded are multiples of `nearest`.
    """

    asked: int
    dont_know: float
    missing: float
    nearest: float = 0.0
