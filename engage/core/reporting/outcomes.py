"""What came of a report, in terms that say nothing of whether it was a crime."""

OUTCOMES = {
    "support": "They have support",
    "police": "The police deal with it",
    "landlord": "A landlord or employer deals with it",
    "several": "Several of these",
    "information": "They had advice, and want nothing more",
    "none": "Nothing could be done",
    "not_known": "We do not know",
}
