"""Signs that somebody signs for many: bursts from one network or of one domain in a day.

Networks are hashes of which the key is gone the next day, and go themselves after three days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.pledges.models import Signature, State

SIGNATURES, CONTACTS = table_of(Signature), table_of(Contact)
MANY = 10
"""Signatures of a network or a domain in a day that are worth a look."""
BACK = timedelta(days=30)
MOST = 100
COUNTED = (State.PENDING, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Burst:
    """Many signatures of a day with one thing in common; `usual` is how many it is otherwise.

    `usual` is the domain's mean over the other days of the month, rounded up.
    """

    day: date
    what: str
    number: int
    usual: int = 0


def networks(connection: Connection, pledge_id: int) -> list[Burst]:
    """Networks from which many signed in a day, the most first."""
    at = SIGNATURES.c
    number = func.count()
    counted = (
        select(at.signed_on, at.network, number)
        .where(at.pledge_id == pledge_id, at.network.is_not(None), at.state.in_(COUNTED))
        .group_by(at.signed_on, at.network)
        .having(number >= MANY)
        .order_by(number.desc())
        .limit(MOST)
    )
    return [
        Burst(day, bytes(key).hex(), int(many)) for day, key, many in connection.execute(counted)
    ]


def domains(connection: Connection, pledge_id: int, today: date) -> list[Burst]:
    """Domains of which many signed in a day of the last thirty, the most first."""
    at = SIGNATURES.c
    find = func.strpos if connection.dialect.name == "postgresql" else func.instr
    email = func.lower(CONTACTS.c.email)
    domain = func.substr(email, find(email, "@") + 1).label("domain")
    daily = (
        select(at.signed_on, domain, func.count().label("number"))
        .join(CONTACTS, CONTACTS.c.id == at.contact_id)
        .where(at.pledge_id == pledge_id, at.signed_on > today - BACK, at.state.in_(COUNTED))
        .group_by(at.signed_on, domain)
        .subquery()
    )
    of_all = (
        select(daily.c.domain, func.sum(daily.c.number).label("total"))
        .group_by(daily.c.domain)
        .subquery()
    )
    counted = (
        select(daily, of_all.c.total)
        .join(of_all, of_all.c.domain == daily.c.domain)
        .where(daily.c.number >= MANY)
        .order_by(daily.c.number.desc(), daily.c.signed_on.desc())
        .limit(MOST)
    )
    others = BACK.days - 1
    return [
        Burst(row.signed_on, row.domain, int(row.number), -(-int(row.total - row.number) // others))
        for row in connection.execute(counted)
    ]
