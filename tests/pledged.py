"""A pledge to sign, and the short ways of signing it that many tests need."""

from datetime import UTC, date, datetime, timedelta

from engage.clock import day_of
from engage.contacts import store as contacts, tokens
from engage.contacts.address import address_key
from engage.extensions import db
from engage.pledges import store
from engage.pledges.models import Pledge
from engage.pledges.words import NewWords, add_version, words_in

KEY = "a" * 40
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""As in conftest, which a process of a test's own need not load."""
TODAY = day_of(NOON)
WEEK = timedelta(days=7)
WORDS = NewWords("Stand against hate", "Say it aloud.", "I will not look away.", reviewed=True)


def make_pledge(slug: str = "stand", **given) -> int:
    """A published pledge with English words, open since the day before; its number."""
    with db.engine.begin() as connection:
        fields = {"slug": slug, "published": True, "opens_on": TODAY - timedelta(days=1)} | given
        row = connection.execute(Pledge.__table__.insert().values(**fields))
        pledge_id = row.inserted_primary_key[0]
        add_version(connection, pledge_id, {"en": WORDS}, TODAY)
    return pledge_id


def new(connection, pledge_id: int, address: str, **given) -> store.NewSignature:
    """What somebody fills in, their mailbox made."""
    contact_id = contacts.contact_for(connection, address, "en", TODAY, key=KEY)
    fields = {"name": "Ada Lovelace", "ward": "E05011464"} | given
    words = words_in(connection, pledge_id, "en")
    return store.NewSignature(
        pledge_id=pledge_id,
        address_key=address_key(address, KEY),
        contact_id=contact_id,
        words_id=words.id if words else None,
        **fields,
    )


def ask(pledge_id: int, address: str, at=NOON, **given) -> tuple[store.Signed, str | None]:
    """Sign, and get the secret that would be mailed."""
    with db.engine.begin() as connection:
        wanted = new(connection, pledge_id, address, **given)
        signed = store.sign(connection, wanted, today=day_of(at), expires_at=at + WEEK)
        if signed.state != "pending":
            return signed, None
        secret = tokens.issue(connection, "signature", wanted.contact_id, signed.id, at + WEEK)
    return signed, secret


def press(secret: str, at=NOON) -> bool:
    """Press the button of a mailed link; whether a signature was counted."""
    with db.engine.begin() as connection:
        token = tokens.use(connection, secret, "signature", at)
        if token is None:
            return False
        contacts.prove(connection, token.contact_id, day_of(at))
        return store.confirm(connection, token.about, token.contact_id, now=at, today=day_of(at))


def signed_by(pledge_id: int, address: str, day: date = TODAY, **given) -> int:
    """A confirmed signature; its number."""
    at = NOON + (day - TODAY)
    signed, secret = ask(pledge_id, address, at, **given)
    assert press(secret, at)
    return signed.id
