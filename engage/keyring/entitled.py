"""The caseworkers and safeguarding leads to whom every report is sealed."""

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.keyring.models import StaffKey
from engage.keyring.roles import ENTITLED


def entitled(connection: Connection | Session) -> dict[int, bytes]:
    """The public key of everybody who may open reports, by their number."""
    return {row.staff_id: row.public for row in _rows(connection, ENTITLED)}


def caseworkers(connection: Connection | Session) -> set[int]:
    """The numbers of the active caseworkers who have a key."""
    return {row.staff_id for row in _rows(connection, (Role.CASEWORKER,))}


def _rows(connection: Connection | Session, roles: tuple[Role, ...]) -> list[StaffKey]:
    found = connection.execute(
        select(StaffKey.staff_id, StaffKey.public)
        .join(StaffMember, StaffMember.id == StaffKey.staff_id)
        .where(StaffMember.active.is_(True), StaffMember.role.in_(roles))
        .order_by(StaffKey.staff_id)
    )
    return list(found)  # type: ignore[arg-type]  # rows with two of its columns
