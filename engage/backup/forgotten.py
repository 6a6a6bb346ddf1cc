"""What a backup leaves out, and what a restore does not bring back."""

LEFT_OUT = (
    "resume_codes",
    "draft_pages",
    "drafts",
    "form_answers",
    "invitations",
    "invitations_made",
    "mail_tokens",
    "wanted_links",
    "staff_links",
    "session_keys",
    "report_drafts",
    "reporter_visits",
    "receipt_tries",
    "report_shelves",
    "file_parts",
    "made_files",
)
"""Tables whose rows are in no backup, in an order in which they can be emptied.

Nobody but its owner can open a draft, and the times in it could be joined to a response. The way
from a paper form to its answers is kept no longer than it is needed. A code that is in one backup
and not in the next was used between the two, when the answers came that only the second has; so no
backup has codes, and with them goes how many were made. A mailed link that was spent since must not
work again, and nobody who reads a backup gets links that work, or learns who asked for one. A link
for staff that was spent would set the password of the account again, and its second step.
What a session or a reporter's browser had opened, or begun, is gone within the hour, and the times
in it would date a report; what an inbox shows is made anew. So are files, which hold answers for a
few days and must not come back after those.
"""

WAITING_MAIL = "state IN ('waiting', 'sending')"
"""The messages that have not left: they left since then, or nobody wants them any more. Those that
have left stay known, so that they are not written anew."""

NOT_RESTORED = {
    **dict.fromkeys(LEFT_OUT, "true"),  # a backup of an earlier version has them
    "staff_sessions": "true",
    "jobs": "state IN ('waiting', 'running')",
    "outgoing_messages": WAITING_MAIL,
}
"""Table to the rows, as a condition in SQL, that a restore does not bring back: sessions that have
ended since must not live again, and work that waited then was done since or is asked for anew."""

STOPPED = {
    "campaigns": "UPDATE campaigns SET state = 'stopped' WHERE state = 'queued';",
    "publications": (
        "UPDATE publications SET version = version + 1, "
        "state = CASE state WHEN 'chosen' THEN 'dropped' ELSE 'frozen' END, "
        "said = CASE state WHEN 'chosen' THEN 'A backup was put back before its figures were "
        "copied. Choose them again.' ELSE 'A backup was put back. Since it was made, this may have "
        "been published, changed or taken back: look what became of it, then drop it or ask for a "
        "new yes.' END WHERE state IN ('chosen', 'frozen', 'scheduled');"
    ),
    "approvals": (
        "UPDATE approvals SET state = 'withdrawn', reason = 'A backup was put back: ask again.' "
        "WHERE state = 'waiting';"
    ),
    "quotes": "UPDATE quotes SET state = 'taken_back' WHERE state = 'asked';",
}
"""Table to what a restore changes in it.

A message to many that was on its way has arrived since, and whoever got it must not get it twice.
Results that waited for their day may have come out since, and have been taken back or corrected:
nothing comes out by itself. What waited for a second person was decided since, or taken back: a yes
that is given now would be to what was refused then."""


def statements(tables: dict[str, int]) -> list[str]:
    """Write the SQL that forgets and stops these rows, for the tables that a backup has."""
    forget = [
        f"DELETE FROM {table} WHERE {rows};"  # noqa: S608 (from the constants above)
        for table, rows in NOT_RESTORED.items()
        if table in tables
    ]
    return forget + [change for table, change in STOPPED.items() if table in tables]
