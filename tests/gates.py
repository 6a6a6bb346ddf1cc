"""A wave of a test that may open: everything signed, and agreed by somebody else."""

from engage import clock
from engage.approvals.store import agreed, ask, give
from engage.demo.opening import sign_gates
from engage.extensions import db
from engage.waves.gates import Site, standing_digest
from engage.waves.store import get, signed_of
from engage.waves.transitions import open_to_answers

SITE = Site("Testham Council", "privacy@testham.example", safeguarding_lead=True)
MANAGER, SECOND = 9001, 9002
"""Numbers of no account: what is signed outlives the account, so none is needed."""


def clear(wave_id: int, site: Site = SITE) -> None:
    """Sign every gate of a wave, once, and let a second person agree; committed."""
    session, now = db.session(), clock.now()
    if not signed_of(session, wave_id):
        sign_gates(session, get(session, wave_id), site, by=MANAGER, now=now)
        agree(wave_id)


def agree(wave_id: int) -> None:
    """A second person agrees to a wave as it stands; committed."""
    session, now, subject = db.session(), clock.now(), f"wave:{wave_id}"
    mark = standing_digest(get(session, wave_id), signed_of(session, wave_id))
    ask(session, subject, mark, by=MANAGER, now=now)
    give(session, subject, mark, by=SECOND, now=now)
    session.commit()


def open_cleared(wave_id: int, today=None, site: Site = SITE):
    """Open a wave as it is, with what was signed and agreed; not committed."""
    day, subject = today or clock.today(), f"wave:{wave_id}"
    yes = agreed(db.session(), subject)
    return open_to_answers(db.session(), wave_id, day, site=site, agreed=yes)
