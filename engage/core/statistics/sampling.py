"""How the people of a wave were found, which decides whom its figures may speak of.

Read by pages with their waves, so without numpy.
"""

from enum import StrEnum


class SampleType(StrEnum):
    """Who could answer: whoever came across it, a panel, or people drawn at random."""

    OPEN_LINK = "open_link"
    PANEL = "panel"
    RANDOM = "random"
