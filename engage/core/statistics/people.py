"""Counts of people in words: a few are never told to the person."""

FEWEST_TOLD = 10
UNKNOWN = "unknown"
"""The category of the people of whom it is not known where they belong."""


def people(count: int) -> str:
    """A count in words, such as 1,200 people; below 10 it says no more than that."""
    return f"{count:,} people" if count >= FEWEST_TOLD else f"fewer than {FEWEST_TOLD} people"
