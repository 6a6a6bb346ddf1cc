"""Who was asked but is in no base: the share who did not know, and who gave no answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Of the people who were `asked`, the shares, 0 to 1, of those without a substantive answer.

    Nobody is weighted. `missing` are those who preferred not to say or left it empty.
    """

    asked: int
    dont_know: float
    missing: float
