"""What the pages and packages call levels, treatments and states."""

from engage.core.reporting.allowed import Treatment
from engage.core.reporting.fields import FieldClass
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
CONTACT_TOLD = {
    Level.NO_CONTACT: "Do not contact them. Whoever reported said that they do not want it.",
    Level.ANONYMOUS: "Do not try to find out who this is about. Whoever reported asked for that.",
}
"""The same where the wish is not from the victim, for the levels at which it says whose it is."""
COVERT = (
    "Do not reveal this, to the victim or to anybody else. The victim does not know that you have "
    "it. Ask us before you get in touch."
)
"""What stands before everything else where the victim was not told."""
CLASSES = {
    FieldClass.INCIDENT: "what was done",
    FieldClass.TIME: "when it was",
    FieldClass.AREA: "the ward",
    FieldClass.CHARACTERISTIC: "some of what tells about the person",
    FieldClass.WORDS: "some of what was written",
    FieldClass.EXACT_PLACE: "the exact place",
    FieldClass.WITNESS: "witnesses",
    FieldClass.SUSPECT: "who is said to have done it",
    FieldClass.RISK: "how much danger there is",
    FieldClass.NAME: "names",
    FieldClass.CONTACT: "how to reach the person",
    FieldClass.NEED: "which help they need",
    FieldClass.WISH: "what they wish that others do",
}
"""What a person calls the classes of which something is held back."""
