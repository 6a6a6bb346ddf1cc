"""What the pages and packages call levels, treatments and states."""

from engage.core.reporting.allowed import Treatment
from engage.core.reporting.overrides import Standing
from engage.core.reporting.wishes import Giver, Level

LEVELS = {
    Level.FULL: "Full details",
    Level.NO_CONTACT: "Details, but no contact",
    Level.ANONYMOUS: "Only as anonymous information",
    Level.NOTHING: "Nothing",
    Level.LATER: "Nothing for now: they decide later",
}
GIVERS = {
    Giver.VICTIM: "said by the victim",
    Giver.WORKER: "said to a worker by the victim",
    Giver.OTHER: "said by whoever reported, not by the victim",
}
TREATMENTS = {
    Treatment.GIVEN: "Given",
    Treatment.MONTH: "Given as a month",
    Treatment.LOOKED: "Given as you wrote it",
    Treatment.WITHHELD: "Withheld",
}
STANDINGS = {
    Standing.WAITING: "Waits for a second person",
    Standing.USABLE: "May be used",
    Standing.USED: "Used",
    Standing.REFUSED: "Refused",
    Standing.LAPSED: "Lapsed",
}
CONTACT = {
    Level.FULL: "Contact them only as these rules say.",
    Level.NO_CONTACT: "Do not contact them. They said so.",
    Level.ANONYMOUS: "Do not try to find out who this is about. They asked for that.",
}
"""What an agency is told about getting in touch."""
