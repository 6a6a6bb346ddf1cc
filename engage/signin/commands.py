"""`flask --app run staff ...`: accounts are made and changed here, by whoever runs the server."""

import sys

import click
from flask.cli import AppGroup

from engage import clock
from engage.accounts import store
from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import SHORTEST
from engage.accounts.store import AccountError
from engage.audit.log import record
from engage.extensions import db
from engage.keyring import factor, staff_keys
from engage.keyring.roles import KEYED, SECOND_STEP
from engage.reports.leaving import forget_holder, let_leave
from engage.sessions.store import end_all

staff = AppGroup("staff", help="Make and manage staff accounts.")

EMAIL = click.option("--email", required=True, help="The address to sign in with.")
NAME = click.option("--name", required=True, help="The person's name, as colleagues see it.")
FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


@staff.command("create-admin")
@EMAIL
@NAME
@FROM_STDIN
def create_admin(email: str, name: str, *, password_stdin: bool) -> None:
    """Make an administrator: the first account of a new site."""
    _create(email, name, Role.ADMINISTRATOR, password_stdin=password_stdin)


@staff.command("create")
@EMAIL
@NAME
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@FROM_STDIN
def create(email: str, name: str, role: str, *, password_stdin: bool) -> None:
    """Make an account: a survey manager runs waves, an analyst reads figures."""
    _create(email, name, Role(role), password_stdin=password_stdin)


@staff.command("list")
def list_staff() -> None:
    """Print every account: its address, name, role and whether it is active."""
    now = clock.now()
    for member in store.everyone(db.session()):
        state = "active" if member.active else "invited" if member.invited else "deactivated"
        if store.is_locked(member, now):
            state += ", locked after wrong passwords"
        click.echo(f"{member.email}\t{member.name}\t{member.role}\t{state}")


@staff.command("deactivate")
@click.argument("email")
def deactivate(email: str) -> None:
    """Let EMAIL sign in no more, and end their sessions at once; an invitation is taken back."""
    try:
        member = store.named(db.session(), email)
        if member.invited:
            db.session.delete(member)
        else:
            let_leave(db.session(), member, clock.now())
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    if member in db.session.deleted:
        _keep(member, "staff.invitation_taken_back")
        click.echo(f"The invitation of {email} was taken back.")
        return
    _keep(member, "staff.deactivated")
    click.echo(f"{member.email} can no longer sign in.")


@staff.command("reset-password")
@click.argument("email")
@FROM_STDIN
def reset_password(email: str, *, password_stdin: bool) -> None:
    """Give EMAIL a new password, lift a lock, and end their sessions.

    Their keys go with the password that sealed them: they get new ones, and set up a new code
    generator when they next sign in.
    """
    try:
        member = _joined(email)
        db.session.rollback()  # nobody waits while somebody types
        password = _password(from_stdin=password_stdin)
        store.set_password(db.session(), member, password)
        end_all(db.session(), member.id, clock.now())
        lost = staff_keys.stored(db.session(), member.id) is not None
        staff_keys.lose(db.session(), member.id)
        forget_holder(db.session(), member.id)
        _make_keys(member, password)
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    _keep(member, "staff.password_reset")
    click.echo(f"{member.email} has a new password.")
    if lost and member.role in KEYED:
        click.echo(
            "What was sealed to them opens for them no more. With the recovery key at hand: "
            f"flask --app run reports restore {member.email}"
        )


@staff.command("reset-second-step")
@click.argument("email")
def reset_second_step(email: str) -> None:
    """Let EMAIL set up another code generator at their next sign-in, and end their sessions."""
    try:
        member = _joined(email)
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    factor.forget(db.session(), member.id)
    end_all(db.session(), member.id, clock.now())
    _keep(member, "staff.second_step_reset")
    click.echo(f"{member.email} sets up a new code generator when they next sign in.")


def _create(email: str, name: str, role: Role, *, password_stdin: bool) -> None:
    try:
        store.refuse_taken(db.session(), email)  # before anybody types a password twice
        db.session.rollback()
        password = _password(from_stdin=password_stdin)
        member = store.create(db.session(), email=email, name=name, role=role, password=password)
        _make_keys(member, password)
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    _keep(member, "staff.created")
    click.echo(f"{member.email} can sign in as {role.value.replace('_', ' ')}.")


def _joined(email: str) -> StaffMember:
    """The member of staff with an address; raises AccountError for somebody only invited."""
    member = store.named(db.session(), email)
    if member.invited:
        raise AccountError(
            f"{member.email} was invited and has not joined yet: there is nothing to reset. Send "
            f"the invitation again under People, or take it back: staff deactivate {member.email}"
        )
    return member


def _make_keys(member: StaffMember, password: str) -> None:
    """Make the pair that keeps somebody's second step, and what they may come to hold."""
    if member.role in SECOND_STEP and member.active:
        staff_keys.make(db.session(), member.id, password, clock.today())


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        asked: str = click.prompt(
            f"Password (at least {SHORTEST} characters)", hide_input=True, confirmation_prompt=True
        )
        return asked
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise AccountError("There was no password on standard input: give it as the first line.")
    return line


def _keep(member: StaffMember, action: str) -> None:
    """Log what the one at the server's console did, and keep both."""
    record(
        db.session(),
        at=clock.now(),
        staff_id=None,
        action=action,
        subject=f"staff:{member.id}",
        detail={"role": member.role},
    )
    db.session.commit()
