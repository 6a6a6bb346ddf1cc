"""What staff decide about an organisation. Each step is taken once, whoever else takes it too."""

from datetime import date

from sqlalchemy import Connection, delete, update

from engage.extensions import table_of
from engage.organisations.models import Commitment, Organisation, Standing

TABLE, COMMITMENTS = table_of(Organisation), table_of(Commitment)


def verify(connection: Connection, organisation_id: int, today: date) -> bool:
    """Note that staff made sure of an organisation; False where that is not open any more."""
    return _step(
        connection,
        organisation_id,
        (Standing.ASKED,),
        standing=Standing.VERIFIED,
        verified_by="staff",
        verified_on=today,
    )


def approve(connection: Connection, organisation_id: int, today: date) -> bool:
    """Show a verified organisation to everyone; False where it is not verified, or was refused."""
    return _step(
        connection,
        organisation_id,
        (Standing.VERIFIED,),
        standing=Standing.APPROVED,
        approved_on=today,
        reason="",
    )


def refuse(connection: Connection, organisation_id: int, reason: str, today: date) -> bool:
    """Refuse an organisation, or take it off the list, and say why; False where it has left."""
    return _step(
        connection,
        organisation_id,
        (Standing.ASKED, Standing.VERIFIED, Standing.APPROVED),
        standing=Standing.REFUSED,
        refused_on=today,
        reason=reason,
    )


def reconsider(connection: Connection, organisation_id: int) -> bool:
    """Put a refused organisation back to the beginning; False where it is not refused."""
    return _step(
        connection,
        organisation_id,
        (Standing.REFUSED,),
        standing=Standing.ASKED,
        verified_by="",
        verified_on=None,
        approved_on=None,
        refused_on=None,
    )


def leave(connection: Connection, organisation_id: int) -> bool:
    """Take an organisation off the list because it wants that, and forget who signed for it.

    Its promises go with it: nobody can hold it to them any more. False where it had left before.
    """
    left = _step(
        connection,
        organisation_id,
        tuple(each for each in Standing if each is not Standing.LEFT),
        standing=Standing.LEFT,
        contact_id=None,
        signatory="",
        position="",
    )
    if left:
        connection.execute(
            delete(COMMITMENTS).where(COMMITMENTS.c.organisation_id == organisation_id)
        )
    return left


def edit(
    connection: Connection, organisation_id: int, *, name: str, sector: str, size: str, domain: str
) -> None:
    """Correct what an organisation said of itself.

    A mailbox at another domain proves nothing of this one: who was verified by it is to be
    verified again, and an organisation that is listed is so on the word of staff from now on.
    """
    here = TABLE.c.id == organisation_id
    by_another = here & (TABLE.c.domain != domain) & (TABLE.c.verified_by == "domain")
    unproven = update(TABLE).where(by_another, TABLE.c.standing == Standing.VERIFIED)
    connection.execute(unproven.values(standing=Standing.ASKED, verified_by="", verified_on=None))
    listed = update(TABLE).where(by_another, TABLE.c.standing == Standing.APPROVED)
    connection.execute(listed.values(verified_by="staff"))
    given = {"name": name, "sector": sector, "size": size, "domain": domain}
    connection.execute(update(TABLE).where(here).values(given))


def _step(
    connection: Connection, organisation_id: int, before: tuple[Standing, ...], **after: object
) -> bool:
    here = (TABLE.c.id == organisation_id) & TABLE.c.standing.in_(before)
    return connection.execute(update(TABLE).where(here).values(**after)).rowcount == 1
