"""The organisations of the demonstration: invented, of every sector, with promises of all kinds."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engage.contacts import store as contacts
from engage.contacts.address import address_key
from engage.extensions import table_of
from engage.organisations import decisions
from engage.organisations.models import Commitment, Progress, Promise
from engage.organisations.store import NewOrganisation, ask, slug_of, verify_by_domain
from engage.organisations.years import ends_on, first_due
from engage.pledges.counts import cells_of, shift_all
from engage.pledges.models import Kind, Member, Pledge, Signature, Source, State

SEED = 20_240_301
NAMES = {
    "business": ("Ashby’s Bakery", "Birch & Daughter Opticians", "The Lantern Café", "Quay Cycles"),
    "charity": ("Quillhaven Welcome", "Marsh Lane Food Bank", "Friends of Mill Park"),
    "faith": ("Hythe Road Mosque", "St Brannoc’s Church", "Quillhaven Gurdwara"),
    "education": ("Fenn Primary School", "Quillhaven College"),
    "health": ("Orchard Surgery",),
    "council": ("Quillhaven Libraries",),
    "police": ("Quillhaven Fire Station",),
    "housing": ("Weir Homes",),
    "transport": ("Dale Valley Buses",),
    "sport": ("Quillhaven Rovers", "The Old Mill Theatre"),
    "other": ("Salter Street Residents",),
}
SIZE_OF = {"business": "1_9", "health": "10_49", "education": "50_249", "council": "250"}
SIGNATORIES = ("A Reed", "B Vale", "C Nash", "D Kell", "E Thorn")
WAITING = ("The Lantern Café", "Friends of Mill Park", "Salter Street Residents")
"""For staff to decide: the first two without a website, so that no mailbox could verify them."""
OLDEST = 400
"""Days: some promises are past their year."""
EVIDENCE = "We put it on the agenda of our team meeting and agreed on a day."


@dataclass(frozen=True, slots=True)
class _Setting:
    """What loading one organisation needs to know; `key` is the site's for addresses."""

    session: Session
    pledge_id: int
    today: date
    key: str
    drawn: random.Random


def load_partners(session: Session, slug: str, today: date, key: str) -> None:
    """Let the invented organisations sign the pledge of that address; the caller commits."""
    drawn = random.Random(SEED)  # noqa: S311  invented organisations need no secrets
    pledge_id = session.scalars(select(Pledge.id).where(Pledge.slug == slug)).one()
    setting = _Setting(session, pledge_id, today, key, drawn)
    for sector, names in NAMES.items():
        for name in names:
            age = drawn.randint(5, 20) if name in WAITING else drawn.randint(20, OLDEST)
            _load(setting, name, sector, today - timedelta(days=age))


def _load(setting: _Setting, name: str, sector: str, day: date) -> None:
    drawn, key = setting.drawn, setting.key
    connection, domain = setting.session.connection(), f"{slug_of(name)}.example"
    address = f"office@{domain}"
    contact_id = contacts.contact_for(connection, address, "en", day, key=key)
    contacts.prove(connection, contact_id, day)
    promises = tuple(drawn.sample(list(Promise), drawn.randint(1, len(Promise))))
    new = NewOrganisation(
        name=name,
        sector=sector,
        size=SIZE_OF.get(sector, "10_49"),
        signatory=drawn.choice(SIGNATORIES),
        position="Manager",
        promises=promises,
        website="" if name in WAITING[:2] else domain,
    )
    number = ask(connection, new, contact_id, day)
    verify_by_domain(connection, number, address, day)
    if name not in WAITING:
        decisions.approve(connection, number, day)
        for promise in promises:
            _went(setting, number, promise, day)
    row = {
        "pledge_id": setting.pledge_id,
        "kind": Kind.ORGANISATION,
        "state": State.CONFIRMED,
        "address_key": address_key(address, key),
        "member": Member.ORGANISATION,
        "contact_id": contact_id,
        "organisation_id": number,
        "name": name,
        "show_name": False,
        "under_18": False,
        "ward": "",
        "source": Source.WEB,
        "signed_on": day,
        "confirmed_on": day,
    }
    connection.execute(insert(table_of(Signature)).values(row))
    shift_all(connection, cells_of([(setting.pledge_id, Kind.ORGANISATION.value, "")], 1))


def _went(setting: _Setting, number: int, promise: Promise, day: date) -> None:
    """How a promise went: renewed in most cases, and done the more often the older it is."""
    drawn, today, began = setting.drawn, setting.today, day
    if today > ends_on(day) and drawn.random() < 0.6:
        began = ends_on(day)
    age = (today - began).days
    done = drawn.random() < min(0.85, age / 150)
    progress = Progress.DONE if done else drawn.choice((Progress.PROMISED, Progress.UNDER_WAY))
    told = EVIDENCE if progress is not Progress.PROMISED else ""
    wanted = update(Commitment).where(
        Commitment.organisation_id == number, Commitment.promise == promise
    )
    setting.session.execute(
        wanted.values(
            progress=progress,
            renewed_on=began,
            due_on=first_due(began),
            owner="The manager" if told else "",
            evidence=told,
            evidence_on=began + timedelta(days=age // 2) if told else None,
        )
    )
