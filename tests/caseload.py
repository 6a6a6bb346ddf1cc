"""Reports for tests, sealed and stored as the form does it."""

from dataclasses import replace

from engage import clock
from engage.core.reporting.clocks import What, due_after
from engage.core.reporting.risk import weigh
from engage.core.reporting.wishes import levels_of
from engage.extensions import db
from engage.reports import clocks
from engage.reports.facts import Facts
from engage.reports.line import Line, LineClock
from engage.reports.receive import NewReport, receive

SALT = b"the salt of a test site"[:16]
SAID = "They shouted at me by the fountain"
FACTS = {"kind_of_harm": "hate", "strands": ["race"], "incident_types": ["verbal"], "ward": "W2"}
PARTS = {
    "narrative": {"what_happened": SAID, "exact_place": "The fountain in Mill Lane"},
    "suspects": {"suspect_known": "neighbour", "suspect_words": "The one with the red van"},
    "risk": {"afraid": "very", "escalating": "yes", "repeat": "dont_know"},
    "identity": {"victim_name": "Amal Osei-Brandt", "link_agreed": "yes"},
    "contact": {
        "contact_how": ["phone"],
        "contact_phone": "07700 900 321",
        "code_word": "marigold",
        "contact_rules": ["family"],
    },
    "wishes": {
        "versions": [
            {
                "by": "victim",
                "at": "2026-03-02T12:00:00+00:00",
                "police": "anonymous",
                "support": "full",
            }
        ]
    },
}


def put_report(*, code: str | None = None, line: dict | None = None, **parts: dict) -> str:
    """A committed report of today, with its first clock; `line` and parts go over the usual."""
    today, connection = clock.today(), db.session.connection()
    facts = FACTS | parts.pop("facts", {})
    told = {**PARTS, **{name: {**PARTS[name], **part} for name, part in parts.items()}}
    due_on = due_after(today, 1)
    risk = weigh(facts | told["risk"] | told["suspects"])
    first = LineClock(clocks.set_clock(connection, due_on), What.FIRST_CONTACT.value, due_on)
    usual = Line(
        received_on=today,
        kind=str(facts["kind_of_harm"]),
        strands=tuple(facts["strands"]),
        types=tuple(facts["incident_types"]),
        ward=str(facts["ward"]),
        under_18=facts.get("victim_age") == "under_18",
        score=risk.score,
        wishes=levels_of(told["wishes"]),
        clocks=(first,),
    )
    new = NewReport(
        parts={**told, "facts": facts, "line": replace(usual, **(line or {})).to_dict()},
        facts=Facts(
            month=f"{today:%Y-%m}",
            kind=str(facts["kind_of_harm"]),
            strands=tuple(facts["strands"]),
            ward=str(facts["ward"]),
        ),
        code=code,
    )
    report_id = receive(connection, new, salt=SALT, today=today)
    db.session.commit()
    return report_id
