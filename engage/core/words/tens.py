"""How many of the people who were invited answered: in tens, so that nobody can be told by one."""

FEWEST_TOLD = 10
"""Below this the number is not told: it could say whether one person answered."""


def tens(number: int) -> int | None:
    """A number of people in whole tens, rounded down; None for fewer than ten."""
    return number // 10 * 10 if number >= FEWEST_TOLD else None


def in_tens(number: int) -> str:
    """The same in words, such as: fewer than ten; at least 1,230."""
    told = tens(number)
    return "fewer than ten" if told is None else f"at least {told:,}"
