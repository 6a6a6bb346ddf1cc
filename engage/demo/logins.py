"""Who may sign in to the demonstration. No secret: it serves only the machine that it runs on."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from engage.accounts import store
from engage.accounts.models import Role
from engage.demo.reported import CODE
from engage.keyring import factor, staff_keys
from engage.keyring.roles import SECOND_STEP
from engage.keyring.shared import make_recovery
from engage.reports.receipts import spaced
from engage.reports.restoring import written

RECOVERY_FILE = "demo-recovery-key"
"""In the instance folder; a real one is never kept on the machine."""


@dataclass(frozen=True, slots=True)
class Login:
    """One demonstration account, as documented."""

    role: Role
    name: str
    email: str
    password: str


LOGINS = (
    Login(
        Role.ADMINISTRATOR,
        "Ada Quill",
        "administrator@quillhaven.example",
        "lantern-rope-quay-41",
    ),
    Login(
        Role.SURVEY_MANAGER,
        "Sam Weir",
        "manager@quillhaven.example",
        "saltmarsh-tile-bell-27",
    ),
    Login(
        Role.ANALYST,
        "Noor Vellum",
        "analyst@quillhaven.example",
        "orchard-mill-beacon-63",
    ),
    Login(
        Role.AUDITOR,
        "Ines Tally",
        "auditor@quillhaven.example",
        "copper-tide-almond-86",
    ),
    Login(
        Role.PARTNER_VIEWER,
        "Piet Rowan",
        "partner@quillhaven.example",
        "linen-gull-harvest-19",
    ),
    Login(
        Role.SAFEGUARDING_LEAD,
        "Jo Fern",
        "safeguarding@quillhaven.example",
        "harbour-thistle-drum-58",
    ),
    Login(
        Role.CASEWORKER,
        "Carys Lock",
        "caseworker@quillhaven.example",
        "meadow-copper-wren-72",
    ),
    Login(
        Role.CASEWORKER,
        "Tam Ferrier",
        "second.caseworker@quillhaven.example",
        "granite-plum-ferry-35",
    ),
    Login(
        Role.CENTRE_WORKER,
        "Bela Marsh",
        "centre@quillhaven.example",
        "walnut-cove-kettle-94",
    ),
)
CASEWORKERS = tuple(login for login in LOGINS if login.role == Role.CASEWORKER)
LEAD = next(login for login in LOGINS if login.role == Role.SAFEGUARDING_LEAD)
WORKER = next(login for login in LOGINS if login.role == Role.CENTRE_WORKER)


def make_accounts(session: Session, instance: Path, today: date) -> None:
    """Make every demonstration account, ready for its second step; the caller commits."""
    recovery = instance / RECOVERY_FILE
    recovery.unlink(missing_ok=True)  # of a demonstration that is gone
    recovery.touch(0o600)
    recovery.write_text(written(make_recovery(session, today)) + "\n", "ascii")
    for login in LOGINS:
        member = store.create(
            session,
            email=login.email,
            name=login.name,
            role=login.role,
            password=login.password,
        )
        if login.role in SECOND_STEP:
            private = staff_keys.make(session, member.id, login.password, today)
            factor.keep(session, member.id, private, factor.proposed(private, 0))


def code_now(session: Session, email: str, now: datetime) -> str | None:
    """A code with which an account signs in at a moment; none for one without a second step."""
    password = next((login.password for login in LOGINS if login.email == email), None)
    member = store.find(session, email)
    if password is None or member is None:
        return None
    private = staff_keys.open_private(session, member.id, password)
    secret = factor.secret_of(session, member.id, private) if private else None
    return factor.next_code(session, member.id, secret, now) if secret else None


def told() -> str:
    """The logins as lines for people: role, address, password."""
    lines = ["Demonstration logins, for this machine only:"]
    lines += [
        f"  {login.role.replace('_', ' '):<17}  {login.email:<37}  {login.password}"
        for login in LOGINS
    ]
    lines += [
        "All but the partner are asked for a code as well; here that page shows it. It is good",
        "once, for half a minute:",
        "  flask --app run demo code ADDRESS",
        f"The code on the receipt of a report, for /tell-us/back: {spaced(CODE)}",
    ]
    return "\n".join(lines)
