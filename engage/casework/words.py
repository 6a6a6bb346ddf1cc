"""What the pages of casework call statuses, reasons and outcomes."""

from engage.core.reporting.risk import Urgency
from engage.reports.models import Status

STATUSES = {
    Status.NEW: "New",
    Status.OPEN: "Being worked on",
    Status.HANDED_OVER: "Handed over",
    Status.CLOSED: "Closed",
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
OUTCOMES = {
    "support": "They have support",
    "police": "The police deal with it",
    "landlord": "A landlord or employer deals with it",
    "several": "Several of these",
    "information": "They had advice, and want nothing more",
    "none": "Nothing could be done",
    "not_known": "We do not know",
}
"""What came of it, in terms that say nothing of whether it was a crime."""
