"""Signs that a response may not be a person's, noted as it was begun and sent; nobody is refused.

They are codes of what was odd, never who or from where. Read by pages, so without pandas.
"""

from collections.abc import Iterable
from enum import StrEnum


class Sign(StrEnum):
    """What was odd; a response may have several."""

    HONEYPOT = "honeypot"
    """A field was filled in that people cannot see."""
    FAST = "fast"
    """It was sent sooner than its questions can be read."""
    NO_STAMP = "no_stamp"
    """It was begun by a form that this site did not give out."""
    OLD_FORM = "old_form"
    """It was begun by a form that was given out more than a day before."""
    AT_ONCE = "at_once"
    """It was begun within a second of the page being shown."""
    BUSY_NETWORK = "busy_network"
    """Far more surveys than usual were begun from its network at that time."""
    NO_PROOF = "no_proof"
    """A proof of work was asked for, since there was an attack, and none came."""


FLAGS = "@flags"
"""The column of the coded table that holds them."""
LONGEST = len(",".join(Sign))
"""Characters of all signs together."""


def joined(signs: Iterable[str]) -> str:
    """Signs as they are stored: each once, in the order of `Sign`, with commas between."""
    found = set(signs)
    return ",".join(each for each in Sign if each in found)
