"""A report that goes to an agency as its wish says, and what came back, without a page between."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.handover.acts import Acting
from engage.handover.answered import take_answer
from engage.handover.case import Case
from engage.handover.made import hand_over, preview
from engage.keyring.held import Held
from engage.reports.lead_first import waits_for_lead
from engage.reports.opened import OpenReport
from engage.reports.policy import policy

AGENCY = "police"
REFERENCE, OUTCOME = "QH-2041-7", "An officer has spoken to the neighbours."


def hand_to_police(
    session: Session, report: OpenReport, held: Held, now: datetime, sender: str
) -> bool:
    """Hand it over and write down the answer; False where nothing may leave. The caller commits."""
    case = Case(report, held, policy(), waits_for_lead(report))
    agency = case.policy.agency(AGENCY)
    terms = case.terms(agency) if agency else None
    if terms is None or not case.may_leave(terms) or not preview(case, terms, {}).gives:
        return False
    acting = Acting(session, case, now, report.version)
    entry = hand_over(acting, terms, {}, sender)
    take_answer(acting, entry, reference=REFERENCE, outcome=OUTCOME, tell=OUTCOME)
    return True
