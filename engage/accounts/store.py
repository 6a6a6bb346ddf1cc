"""Staff accounts as they are stored: make, find, list, deactivate, set a password."""

from datetime import date, datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import faults_of, hash_password
from engage.versions import count_up

FORMULA = tuple("=+-@＝＋－＠")
"""How a cell begins that a spreadsheet calculates."""
KEPT_AFTER_LEAVING = timedelta(days=90)
"""Long enough to hand over and to answer what colleagues ask; then the name and address go."""


class AccountError(ValueError):
    """An account cannot be made or changed so; the message says why and what to do."""


class UnfitNameError(AccountError):
    """A name that no account can have."""


class ChangedMeanwhileError(AccountError):
    """Somebody else changed the account since it was shown."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody changed this account since you opened the page. Nothing of yours was done: "
            "look at the account as it is now, then decide again."
        )


def email_key(email: str) -> str:
    """An e-mail address as accounts are found by it; raises AccountError.

    Whether the address receives mail is not asked of the network.
    """
    try:
        valid = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise AccountError(
            f"{email!r} is not an e-mail address ({error}). Write it as name@example.org."
        ) from error
    return valid.normalized.casefold()


def fit_name(given: str) -> str:
    """A name as accounts have it; raises UnfitNameError.

    It stands in files and mails, where a sign at its beginning would be taken for a formula.
    """
    name = " ".join(given.split())
    if not name or len(name) > 100:
        raise UnfitNameError(f"The name {name!r} cannot be used: give one of 1 to 100 characters.")
    if name.startswith(FORMULA):
        raise UnfitNameError(f"Begin the name with a letter or a number, not with {name[0]}.")
    return name


def create(session: Session, *, email: str, name: str, role: Role, password: str) -> StaffMember:
    """A new member of staff; raises AccountError with every reason against it."""
    key = email_key(email)
    name = " ".join(name.split())
    faults = faults_of(password, email=key, name=name)
    try:
        fit_name(name)
    except UnfitNameError as error:
        faults.append(str(error))
    if faults:
        raise AccountError("\n".join(faults))
    refuse_taken(session, key)
    member = StaffMember(email=key, name=name, role=role, password_hash=hash_password(password))
    session.add(member)
    session.flush()
    return member


def invite(
    session: Session, *, email: str, name: str, role: Role, by: int | None = None
) -> StaffMember:
    """Somebody who cannot sign in before they have chosen a password; raises AccountError."""
    key, name = email_key(email), fit_name(name)
    refuse_taken(session, key)
    member = StaffMember(
        email=key, name=name, role=role, password_hash="", active=False, invited_by=by
    )
    session.add(member)
    session.flush()
    return member


def claimed(session: Session, staff_id: int, version: int) -> StaffMember:
    """Somebody's account, to change it as it was shown; raises ChangedMeanwhileError.

    Administrators and caseworkers are locked first, in one order: of two people who change each
    other, one waits, and sees then that the other was the last.
    """
    few = StaffMember.role.in_((Role.ADMINISTRATOR, Role.CASEWORKER))
    session.execute(select(StaffMember.id).where(few).order_by(StaffMember.id).with_for_update())
    if not count_up(session, StaffMember, staff_id, version):
        raise ChangedMeanwhileError
    return session.get_one(StaffMember, staff_id, populate_existing=True)


def refuse_taken(session: Session, email: str) -> None:
    """Raise AccountError if an address cannot be that of a new account."""
    key = email_key(email)
    if find(session, key) is not None:
        raise AccountError(
            f"There is an account for {key} already. `staff reset-password` sets its password."
        )


def find(session: Session, email: str) -> StaffMember | None:
    """The member of staff with an e-mail address, however its letters are cased."""
    return session.scalar(select(StaffMember).filter_by(email=email.strip().casefold()))


def named(session: Session, email: str) -> StaffMember:
    """The member of staff with an e-mail address; raises AccountError when there is none."""
    member = find(session, email)
    if member is None:
        raise AccountError(
            f"There is no account for {email!r}. `staff list` shows those there are."
        )
    return member


def everyone(session: Session) -> list[StaffMember]:
    """All members of staff, active or not, by address."""
    return list(session.scalars(select(StaffMember).order_by(StaffMember.email)))


def deactivate(session: Session, member: StaffMember, today: date) -> None:
    """Let someone sign in no more; refuses the last active administrator (AccountError).

    Their sessions end with it: a session is only good while its account is active.
    """
    refuse_last_administrator(session, member)
    member.active = False
    member.left_on = today
    session.flush()


def refuse_last_administrator(session: Session, member: StaffMember) -> None:
    """Raise AccountError if nobody else could change accounts."""
    others = select(StaffMember.id).where(
        StaffMember.role == Role.ADMINISTRATOR,
        StaffMember.active.is_(True),
        StaffMember.id != member.id,
    )
    if member.role == Role.ADMINISTRATOR and session.scalar(others.limit(1)) is None:
        raise AccountError(
            f"{member.email} is the last active administrator. Make another one first."
        )


def forget_leavers(session: Session, today: date) -> int:
    """Delete the accounts of people who left long enough ago; how many. The caller commits.

    The audit log names people by number only, so it stays true without the row.
    """
    gone = delete(StaffMember).where(StaffMember.left_on <= today - KEPT_AFTER_LEAVING)
    return len(session.scalars(gone.returning(StaffMember.id)).all())


def set_password(session: Session, member: StaffMember, password: str) -> None:
    """Give someone a new password and lift a lock; raises AccountError."""
    faults = faults_of(password, email=member.email, name=member.name)
    if faults:
        raise AccountError("\n".join(faults))
    member.password_hash = hash_password(password)
    member.failures = 0
    member.locked_until = None
    session.flush()


def is_locked(member: StaffMember, now: datetime) -> bool:
    """Whether sign-in is closed to an account at that moment."""
    return member.locked_until is not None and member.locked_until > now
