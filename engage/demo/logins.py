"""Who may sign in to the demonstration. No secret: it serves only the machine that it runs on."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.accounts import store
from engage.accounts.models import Role


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
        Role.SAFEGUARDING_LEAD,
        "Jo Fern",
        "safeguarding@quillhaven.example",
        "harbour-thistle-drum-58",
    ),
)


def make_accounts(session: Session) -> None:
    """Make every demonstration account; the caller commits."""
    for login in LOGINS:
        store.create(
            session,
            email=login.email,
            name=login.name,
            role=login.role,
            password=login.password,
        )


def told() -> str:
    """The logins as lines for people: role, address, password."""
    lines = ["Demonstration logins, for this machine only:"]
    lines += [
        f"  {login.role.replace('_', ' '):<17}  {login.email:<33}  {login.password}"
        for login in LOGINS
    ]
    return "\n".join(lines)
