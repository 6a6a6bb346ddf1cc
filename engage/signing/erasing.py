"""Deleting everything that is kept of a mailbox, in one transaction."""

from sqlalchemy import Connection, delete

from engage.contacts.store import forget_contact, hold
from engage.events.models import Booking
from engage.extensions import table_of
from engage.organisations.decisions import leave
from engage.organisations.store import forget_person, of_contact
from engage.pledges.store import erase

BOOKINGS = table_of(Booking)


def erase_everything(connection: Connection, contact_id: int) -> None:
    """Delete a mailbox and all that hangs on it; the caller commits.

    Its signatures go with their keyed hashes and no longer count, its places at events are free
    for others, to whom `engage.events.service.tend` gives them. An organisation leaves the list, as
    it was there because it signed: without the person, its promises and its certificate. Nothing
    is left that tells who was here.
    """
    hold(connection, contact_id)  # first, as a confirmation does: neither waits for both
    connection.execute(delete(BOOKINGS).where(BOOKINGS.c.contact_id == contact_id))
    erase(connection, contact_id)
    for organisation_id in of_contact(connection, contact_id):
        leave(connection, organisation_id)
    forget_person(connection, contact_id)
    forget_contact(connection, contact_id)
