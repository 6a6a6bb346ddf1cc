"""Leading a reader of another language over the pages of pledges, events and organisations.

Each form is sent empty, with faults and filled in; each page is opened in every state it has words
for. What was typed is in `TYPED`: it stands on pages as it is, in every language.
"""

import re
from datetime import timedelta

from happening import make_event
from partner import link as link_of, listed
from pledged import make_pledge, signed_by
from pseudo import PSEUDO, in_english
from signing_desk import links, look_up, messages
from sqlalchemy import select, update

from engage import clock
from engage.contacts import consent
from engage.contacts.models import Contact
from engage.contacts.stopping import stop_secret
from engage.events.models import Booking, Event
from engage.extensions import db
from engage.organisations import decisions
from engage.organisations.models import Commitment, Organisation
from engage.pledges.models import NameState, Pledge, Signature
from engage.pledges.words import NewWords, set_words

SLUG = "stand"
PLEDGE = f"/pledges/{SLUG}"
ADA = {"name": "Ada Okafor", "email": "ada@stone.example"}
STONE = {"name": "Stone & Son", "email": ADA["email"]}
SAID = {"signatory": "Ada Okafor", "position": "Owner", "sector": "business", "size": "1_9"}
TYPED = (
    "Stand against hate", "Safe bystander training", "Ada Okafor", "ada@stone.example",
    "Stone & Son", "Owner", "stone.example", "A ramp", "Ten came", "Ada Lovelace", "Fern & Co",
    "Testham Library, 1 Mill Lane", "Step-free from the street.",
)  # fmt: skip
UNFIT = ({"name": "see www.bad.example", "email": "ada"}, {"name": "x" * 300, "email": "a@" * 150})
DAY = {"due_on-day": "1", "due_on-month": "1", "due_on-year": "2000"}
NO_LINK = "x" * 32


def walk_pledges(reader) -> None:
    """Lead the reader over all of them; the questionnaire of the pledge is that of the tests."""
    reader.same += TYPED
    for path in ("/pledges", "/organisations", "/events"):
        reader.get(path)  # while there is nothing to list
    number = _open_pledges()
    _pledges(reader)
    _sign(reader, number)
    _events(reader)
    _organisation(reader)
    _stop_messages(reader)
    _own_page(reader)


def _open_pledges() -> int:
    """One in the reader's language with signatures, and others in English; the first's number."""
    today, day = clock.today(), timedelta(days=1)
    number = make_pledge(SLUG, questionnaire="every_kind", closes_on=today + 30 * day)
    words = NewWords("⟪Stand⟫", "⟪Say it.⟫", "⟪I will not look away.⟫", reviewed=True)
    with db.engine.begin() as connection:
        set_words(connection, number, 1, PSEUDO.tag, words, today=today)
    make_pledge("closed", closes_on=today - day)
    make_pledge("later", opens_on=today + day)
    for each in range(23):
        ward = "W1" if each else "W2"
        signed_by(number, f"ada{each}@many.example", ward=ward, show_name=True, name="Ada Lovelace")
    _change(Signature, name_state=NameState.SHOWN)
    return number


def _pledges(reader) -> None:
    reader.get("/pledges").look_around()
    for path in ("", "/before", "/names", "/names?page=2", "/thank-you"):
        reader.get(f"{PLEDGE}{path}").look_around()
    reader.get("/pledges/closed/before").get("/pledges/none", 404)


def _filled(reader, path: str, *unfit: dict, fields: dict | None = None):
    """Open a form, send it with each fault, and then as it shall be; stand where it leads."""
    reader.get(path)
    for wrong in unfit:
        reader.post(path, wrong, 422)
    return reader.post(path, fields).follow()


def _mailed() -> str:
    """The path of the first link in the newest message."""
    return links(messages()[-1][2])[0]


def _sign(reader, number: int) -> None:
    """A person and an organisation sign; their links are opened in every state of the pledge."""
    where = ({"postcode": "nowhere"}, {"ward": "W9"})
    _filled(reader, f"{PLEDGE}/sign", {}, *UNFIT, *where, fields=ADA | {"ward": "W1"})
    link = _mailed()
    reader.get(link)
    _change(Pledge, Pledge.id == number, published=False)
    reader.get(link, 410)
    ends = clock.today() + timedelta(days=30)
    _change(Pledge, Pledge.id == number, published=True, closes_on=clock.today() - timedelta(1))
    reader.get(link).get(PLEDGE)
    _change(Pledge, Pledge.id == number, closes_on=ends)
    _filled(reader, link, fields={"topics": ["news", "events"]})
    reader.get(link, 410)
    _filled(reader, f"{PLEDGE}/sign/organisation", {}, *UNFIT, fields=STONE)
    promises = {"website": "stone.example", "promises": ["train_staff", "name_champion"]}
    wrong = {"website": "no website", "signatory": "x" * 300, "position": "www.bad.example"}
    _filled(reader, _mailed(), {}, wrong, {"website": "ada@b.example"}, fields=SAID | promises)


def _booked(reader, page: str, address: str, **more: object) -> str:
    """Book and confirm; the path of the booking."""
    given = {"name": ADA["name"], "email": address, "needs": "A ramp"}
    wrong = ({}, *UNFIT, {"needs": "\x00"}, {"needs": "0" * 501})
    _filled(reader, f"{page}/book", *wrong, fields=given)
    link = re.findall(r"/bookings/[\w-]+", messages()[-1][2])[0]
    reader.get(link).post(f"{link}/confirm", more).follow()
    return reader.path


def _events(reader) -> None:
    """Book a place and wait for one; cancel; an event that is called off, full, closed or over."""
    now = clock.now()
    soon = {"starts_at": now + timedelta(days=14)}
    make_event(slug="one", capacity=1, **soon)
    make_event(slug="shut", closes_at=now - timedelta(days=1), **soon)
    number = make_event(slug="off", ends_at=now + timedelta(days=16), **soon)
    reader.get("/events").look_around().get("/events/none", 404)
    called_off = _booked(reader, "/events/off", ADA["email"])
    placed = _booked(reader, "/events/one", "bea@many.example", topics=["news"])
    reader.get("/events").get("/events/one")
    waits = _booked(reader, "/events/one", ADA["email"])
    _change(Event, Event.id == number, cancelled_at=now)
    reader.get(called_off).get("/events/off")
    reader.get(f"{placed}/cancel").post(f"{placed}/cancel").follow()
    reader.get(placed, 404).get(f"/bookings/{NO_LINK}", 404).get(waits)
    past = {"starts_at": now - timedelta(days=2), "ends_at": now - timedelta(days=1)}
    _change(Event, Event.slug == "one", closes_at=past["starts_at"], **past)
    for state in ("placed", "absent", "attended"):
        _change(Booking, Booking.event_id != number, state=state)
        reader.get(waits).get("/events/one")


def _organisation(reader) -> None:
    """On the list: its page, its link, and each step that it can take."""
    db.session.rollback()
    found = db.session.scalars(select(Organisation)).one()
    number, page = found.id, f"/organisations/{found.slug}"
    decisions.verify(db.session.connection(), number, clock.today())
    decisions.approve(db.session.connection(), number, clock.today())
    db.session.commit()
    reader.get("/organisations").get("/organisations?name=nobody&sector=business")
    reader.get(page).look_around().get("/organisations/none", 404)
    reader.get(page).post(f"{page}/link").follow()
    home = _mailed()
    promise = f"{home}/{number}/promises/train_staff"
    said = {"progress": "under_way", "owner": "Owner", "evidence": "Ten came"}
    year = {"due_on-year": str(clock.today().year + 1)}
    wrong = ({}, said | DAY, {"due_on-day": "?"}, {"owner": "0" * 101, "evidence": "0" * 2001})
    reader.get(home)
    _filled(
        reader, promise, *wrong, {"evidence": "\x00", "owner": "\x00"}, fields=said | DAY | year
    )
    reader.post(f"{home}/{number}/promises/share_data/make").follow()
    for days in (200, 350, 400):  # late, to be renewed, ended
        then = clock.today() - timedelta(days=days)
        _change(Commitment, renewed_on=then, due_on=then + timedelta(days=100))
        reader.get("/organisations").get(page).get(home)
    reader.post(f"{promise}/make").follow()
    _filled(reader, f"{promise}/take-back")
    reader.get(page).get(f"/our-organisation/{NO_LINK}", 410)
    other = listed("Fern & Co", promises=())
    leave = f"{link_of(other, clock.now() + timedelta(days=1))}/{other}/leave"
    reader.get("/organisations/fern-co").get(leave).post(leave, status=200)


def _stop_messages(reader) -> None:
    """End messages on one topic, and all of them."""
    db.session.rollback()
    mailbox = db.session.scalars(select(Contact).where(Contact.email == ADA["email"])).one()
    key = reader.app.extensions["settings"].address_key
    for topic in consent.TOPICS:
        secret = stop_secret(mailbox.id, mailbox.address_key, topic, key)
        reader.get(f"/stop-messages/{secret}")
        if topic != "training":
            reader.post(f"/stop-messages/{secret}", {"end": "topic"}, 200)
    reader.post(f"/stop-messages/{secret}", {"end": "all"}, 200).get(f"/stop-messages/{secret}")
    reader.get(f"/stop-messages/{NO_LINK}", 410)


def _own_page(reader) -> None:
    """Ask for the link, see and change what is kept, and have it deleted."""
    reader.get(f"/my-page/open/{NO_LINK}", 410).get("/my-page/see", follow=True)
    _filled(reader, "/my-page", {}, {"email": "ada"}, fields={"email": ADA["email"]})
    look_up()
    _filled(reader, _mailed())
    assert reader.path == "/my-page/see"
    reader.look_around()
    db.session.rollback()
    wanted = select(Signature.id).where(Signature.name == ADA["name"])
    mine = f"/my-page/signatures/{db.session.scalars(wanted).one()}"
    for state in NameState:
        _change(Signature, name_state=state)
        reader.get("/my-page/see")
    _filled(
        reader, mine, {"name": ""}, *UNFIT, {"postcode": "nowhere"}, fields={"name": ADA["name"]}
    )
    _filled(reader, "/my-page/messages", fields={"topics": ["events"], "speaks": PSEUDO.code})
    _letters(reader)
    _filled(reader, f"{mine}/withdraw")
    _filled(reader, "/my-page/erase")
    assert reader.path == "/my-page/erased"


def _letters(reader) -> None:
    """What was written to the reader is in their language too."""
    theirs = [letter for letter in messages() if letter[0] == ADA["email"]]
    assert theirs
    for _address, subject, text in theirs:
        left = in_english(f"{subject}\n{text}", reader.same)
        assert not left, f"a message says in English: {' '.join(left)}"


def _change(model, *where, **values) -> None:
    """Change rows as staff or time would; committed."""
    db.session.rollback()
    db.session.execute(update(model).where(*where).values(values))
    db.session.commit()
