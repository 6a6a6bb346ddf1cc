"""How many of the people who were invited answered: in tens, so that nobody can be told by one.

Somebody who knows that a person was invited could else see in a number whether they answered.
"""

TEN = 10
"""Below this the number is not told: it could say whether one person answered."""


def tens(number: int) -> int | None:
    """A number of people in whole tens, rounded down; None for fewer than ten."""
    return number // TEN * TEN if number >= TEN else None


def count(number: int, *, invited: bool) -> str:
    """A number of people in figures; of the invited such as: fewer than ten; at least 1,230."""
    if not invited:
        return f"{number:,}"
    told = tens(number)
    return "fewer than ten" if told is None else f"at least {told:,}"
