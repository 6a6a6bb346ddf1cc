"""The ways in which people are asked, for a survey manager to choose from."""

from typing import NamedTuple

from engage.core.statistics.sampling import SampleType


class Asked(NamedTuple):
    """One way: its name, what it means for the figures, and to whom its link may be given."""

    label: str
    hint: str
    link: str = ""


SAMPLES: dict[SampleType, Asked] = {
    SampleType.OPEN_LINK: Asked(
        "Anyone with the link",
        "On a website, a poster or a stall. The figures speak of those who answered, not of all "
        "residents.",
    ),
    SampleType.PANEL: Asked(
        "A panel",
        "People who said beforehand that they would like to be asked. The figures speak of those "
        "of the panel who answered.",
        "Give the address to members of the panel only: it is not on the home page, but the site "
        "cannot tell who answers.",
    ),
    SampleType.RANDOM: Asked(
        "A random sample of addresses or people",
        "Drawn by chance from a list that has nearly everybody, and nobody else is given the link. "
        "The figures speak of residents.",
        "Give the address only to those who were drawn: it is not on the home page, but the site "
        "cannot tell who answers.",
    ),
}

BY_CODE = Asked(
    "People with a one-time code",
    "Only who was given a code can answer. The figures speak of those who answered.",
)
"""The only way for a survey for the invited, whatever was chosen."""
