"""What the pages of casework call statuses and reasons."""

from engage.core.reporting.policy import Asked
from engage.core.reporting.risk import Urgency
from engage.core.reporting.wishes import Giver, Level
from engage.reports.models import Status

STATUSES = {
    Status.NEW: "New",
    Status.OPEN: "Being worked on",
    Status.HANDED_OVER: "Handed over",
    Status.CLOSED: "Closed",
}
ASKED = {Asked.POLICE: "The police may have", Asked.SUPPORT: "Those who help may have"}
LEVELS = {
    Level.FULL: "Everything, and may get in touch",
    Level.NO_CONTACT: "Everything, but must not get in touch",
    Level.ANONYMOUS: "Only what does not tell who it is",
    Level.NOTHING: "Nothing",
    Level.LATER: "Nothing until they decide",
}
GIVERS = {
    Giver.VICTIM: "said by the person themselves",
    Giver.WORKER: "said by a worker for them",
    Giver.OTHER: "said by whoever reported",
}
URGENCIES = {
    Urgency.HIGH.value: "High: somebody should act today",
    Urgency.RAISED.value: "Raised: somebody should act within days",
    Urgency.STANDARD.value: "Standard: in its turn",
}
CONTACTS = {
    "phone": "By telephone",
    "person": "In person",
    "trusted": "Through somebody they named",
    "other": "Another way",
}
CLOSINGS = {
    "done": "What was asked for is done",
    "with_agency": "Another agency goes on with it",
    "no_contact": "We could not reach them",
    "their_wish": "They asked us to close it",
    "duplicate": "It was reported twice",
    "not_ours": "Not something that we can help with",
}
