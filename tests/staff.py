"""Members of staff for tests: make one, sign one in."""

from functools import cache

from flask import Flask
from page import PageClient

from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import hash_password
from engage.extensions import db

PASSWORD = "six quiet herons waiting"
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


def sign_in(client: PageClient, member: StaffMember, password: str = PASSWORD) -> PageClient:
    """Sign a member of staff in through the page, as they do it themselves."""
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {"email": member.email, "password": password})
    return client
