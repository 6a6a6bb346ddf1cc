"""Members of staff for tests: make one, sign one in."""

from datetime import timedelta
from functools import cache

from flask import Flask, has_app_context
from page import PageClient
from sqlalchemy import select, update

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import hash_password
from engage.extensions import db
from engage.keyring import factor, shared, staff_keys
from engage.keyring.models import StaffKey
from engage.keyring.roles import KEYED
from engage.signin.service import begin

PASSWORD = "six quiet herons waiting"
SENDING = timedelta(seconds=3)
"""So long a code may take to the site, on a busy machine."""
_hashed = cache(hash_password)


def make_staff(app: Flask, role: Role | str = Role.ADMINISTRATOR, name: str = "") -> StaffMember:
    """A committed account with that role, whose address is `<role>@testham.example`.

    With a name, the address is made of that instead, for a second account with the role.
    """
    role = Role(role)
    mailbox = name.lower().replace(" ", ".") or role.value
    member = StaffMember(
        email=f"{mailbox}@testham.example",
        name=name or role.value.replace("_", " ").title(),
        role=role,
        password_hash=_hashed(PASSWORD),
    )
    with app.app_context():
        db.session.add(member)
        db.session.commit()
        db.session.refresh(member)
        db.session.expunge(member)
        db.session.rollback()
    return member


def make_keyholder(app: Flask, role: Role | str, name: str = "") -> StaffMember:
    """The same with a pair of keys and a code generator, as after a first sign-in."""
    _let_go()
    member = make_staff(app, role, name)
    with app.app_context():
        private = staff_keys.make(db.session(), member.id, PASSWORD, clock.today())
        factor.keep(db.session(), member.id, private, factor.proposed(private, 0))
        db.session.commit()
    return member


def make_recovery(app: Flask) -> bytes:
    """The private half of a new recovery key; with a caseworker, reports can be taken then."""
    _let_go()
    with app.app_context():
        private = shared.make_recovery(db.session(), clock.today())
        db.session.commit()
    return private


def sign_in(client: PageClient, member: StaffMember, password: str = PASSWORD) -> PageClient:
    """Give the browser the session that both steps of signing in end with, without their pages.

    Hundreds of tests begin so. `walk_in` takes the steps; so does this for somebody who is to
    hold keys and has no pair yet.
    """
    staff_id, keyed = member.id, member.role in KEYED  # before it is let go and read anew
    _let_go()
    with client.http.application.app_context():
        session = db.session()
        private = staff_keys.open_private(session, staff_id, password) if keyed else None
        if private is not None or not keyed:
            token = begin(session, staff_id, private, clock.now()).token
            session.commit()
    if private is None and keyed:
        return walk_in(client, member, password)
    with client.http.session_transaction() as cookie:
        cookie.clear()
        cookie.update(_user_id=token, _fresh=True)
    return client


def walk_in(client: PageClient, member: StaffMember, password: str = PASSWORD) -> PageClient:
    """Sign a member of staff in through the pages, as they do it themselves.

    All but partners go on to the second step, and set it up if that is not done.
    """
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {"email": member.email, "password": password})
    if not client.location.startswith("/staff/second-step"):
        return client
    client.follow()
    key = client.page.find(".//code")
    if key is None:
        return client.post(client.response.request.full_path, {"code": code_of(member, password)})
    secret = key.text.replace(" ", "")
    code = factor.code_at(secret, factor.step_at(clock.now()))
    return client.post(client.response.request.full_path, {"code": code}, 200)


sign_in_keyed = sign_in


def code_of(member: StaffMember, password: str = PASSWORD) -> str:
    """A code that the person's generator shows about now and that was not used yet.

    Signing in often at one moment of a standing clock uses them up; then they are good again.
    """
    with db.engine.connect().execution_options(read_only=False) as connection:
        mine = StaffKey.staff_id == member.id
        used = connection.scalar(select(StaffKey.step).where(mine))
        step = max(used + 1, oldest_step())
        if step > factor.step_at(clock.now()) + factor.EARLY:
            step = factor.step_at(clock.now())
            connection.execute(update(StaffKey).where(mine).values(step=0))
        connection.commit()
    private = staff_keys.open_private(db.session(), member.id, password)
    secret = factor.secret_of(db.session(), member.id, private)
    db.session.rollback()
    return factor.code_at(secret, step)


def oldest_step() -> int:
    """The first step whose code is good still, and will be for as long as sending it may take."""
    return factor.step_at(clock.now() + SENDING) - factor.LATE


def _let_go() -> None:
    """What the test has not committed is let go, or its lock would make us wait."""
    if has_app_context():
        db.session.rollback()
