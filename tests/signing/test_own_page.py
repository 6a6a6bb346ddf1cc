"""One's own page: seen, changed, taken along and erased, by whoever reads the mailbox alone."""

from datetime import timedelta

import pytest
from signing_desk import (
    SLUG,
    ask_for_page,
    confirm,
    counted,
    enter,
    heard,
    links,
    look_up,
    messages,
    open_a_pledge,
    sign,
    signatures,
)  # fmt: skip
from sqlalchemy import insert, select, update

from engage import clock as dates
from engage.contacts.address import address_key
from engage.contacts.holders import columns
from engage.contacts.models import Contact, MailToken, WantedLink
from engage.events.models import Booking, Event
from engage.extensions import db
from engage.organisations.models import Commitment, Organisation
from engage.pledges.counts import shift
from engage.pledges.models import Pledge, Signature
from engage.signing import wanted

PAGE, OLD = "/my-page/see", "old@example.org"


@pytest.fixture
def pledge(app, clock) -> int:
    return open_a_pledge()


def signed(client, **given) -> int:
    """Somebody who signed and agreed to hear; the number of the signature."""
    sign(client, ward="W2", **given)
    confirm(client, topics=["events", "news"])
    return signatures()[-1].id


def come_in(client, email: str = "ada@example.org") -> None:
    ask_for_page(client, email)
    enter(client)


def test_the_link_opens_the_page_once_and_in_one_browser(pledge, client, clock):
    signed(client)
    client.get(PAGE, 303)
    assert client.location == "/my-page"
    come_in(client)
    for words in ("ada@example.org", "Ada Okafor", "Ward 2", "Counts", "news of the pledge"):
        assert words in client.text
    (path,) = links(messages()[-1][2])
    client.get(path, 410)
    clock.move(hours=1, seconds=1)
    client.get(PAGE, 303)


def test_the_page_can_be_closed(pledge, client):
    signed(client)
    come_in(client)
    client.post("/my-page/close")
    client.get(PAGE, 303)
    # The one link of the message and the one of the visit are used up.
    assert db.session.scalars(select(MailToken)).all() == []


def test_the_same_is_done_and_answered_for_every_address(app, pledge, client):
    """What is read, what is written and what is shown: so the time it takes tells nothing."""
    signed(client)
    of_list(app, pledge, "old@example.org")
    signed(client, email="limited@example.org")
    for _ in range(5):
        ask_for_page(client, "limited@example.org")
    before, told = len(messages()), set()
    for address in ("ada@example.org", "nobody@example.org", "limited@example.org", OLD):
        client.get("/my-page")
        with heard() as done:
            client.post("/my-page", {"email": address})
        told.add((tuple(done), client.location, client.follow().text))
    ((statements, *_rest),) = told
    assert [each.partition(" (")[0] for each in statements] == ["INSERT INTO wanted_links"]
    assert tables_with("ada@example.org", "nobody", OLD) == {"contacts"}
    look_up()
    assert [each[0] for each in messages()[before:]] == ["ada@example.org", OLD]
    assert db.session.scalars(select(WantedLink)).all() == []
    assert tables_with("nobody") == set()


def test_a_link_wanted_while_no_worker_runs_is_forgotten_after_an_hour(pledge, client, clock):
    signed(client)
    before = len(messages())
    client.get("/my-page").post("/my-page", {"email": "ada@example.org"})
    clock.move(hours=1)
    look_up()
    assert (len(messages()), db.session.scalars(select(WantedLink)).all()) == (before, [])


def test_one_that_cannot_be_answered_keeps_no_other_waiting(pledge, client, monkeypatch, caplog):
    signed(client)
    before = len(messages())
    client.get("/my-page").post("/my-page", {"email": "ada@example.org"})
    with monkeypatch.context() as broken:
        broken.setattr(wanted, "may_write", lambda *_given: 1 / 0)
        ask_for_page(client)
    assert "ZeroDivisionError" in caplog.text
    assert "ada" not in caplog.text
    look_up()
    assert len(messages()) == before + 2


@pytest.mark.parametrize("state", ["confirmed", "invalidated", "withdrawn"])
def test_a_person_of_an_older_list_sees_it_and_ends_it_though_the_pledge_is_closed(
    app, pledge, client, state
):
    of_list(app, pledge, OLD, state)
    yesterday = dates.today() - timedelta(days=1)
    db.session.execute(update(Pledge).values(opens_on=yesterday, closes_on=yesterday))
    db.session.commit()
    ask_for_page(client, OLD)
    assert "from an older list" in messages()[-1][2]
    assert signatures()[0].contact_id is None, "asking gives it to nobody"
    enter(client)
    assert "Stand against hate" in client.text
    (kept,) = client.http.get("/my-page/copy.json").json["signatures"]
    assert kept["source"] == "legacy"
    client.get("/my-page/erase").post("/my-page/erase")
    assert (signatures(), counted(pledge)) == ([], 0)
    assert db.session.scalars(select(Contact)).all() == []


def of_list(app, pledge: int, address: str, state: str = "confirmed") -> None:
    """A signature of which only the hash of an address is kept."""
    key = address_key(address, app.extensions["settings"].address_key)
    db.session.rollback()
    with db.engine.begin() as connection:
        given = {"pledge_id": pledge, "address_key": key, "source": "legacy", "state": state}
        days = {"signed_on": dates.today(), "confirmed_on": dates.today()}
        connection.execute(insert(Signature.__table__).values(given | days))
        if state == "confirmed":
            shift(connection, pledge, "person", "", 1)


def test_a_signature_can_be_changed_and_the_count_of_the_wards_follows(pledge, client):
    number = signed(client)
    come_in(client)
    path = f"/my-page/signatures/{number}"
    assert client.get(path).value("name") == "Ada Okafor"
    client.post(path, {"name": "=bad", "ward": "W3"}, 422)
    client.post(path, {"name": "Ada O.", "ward": "W3", "show_name": "y"}).follow()
    assert "Ward 3" in client.text
    assert counted(pledge) == 1
    assert (signatures()[0].name, signatures()[0].show_name) == ("Ada O.", True)


def test_nobody_changes_what_another_signed(pledge, client):
    other = signed(client, name="Bo", email="bo@example.org")
    signed(client)
    come_in(client)
    for path in (f"/my-page/signatures/{other}", f"/my-page/signatures/{other}/withdraw"):
        client.get(path, 404)
        client.get("/my-page")
        client.post(path, {"name": "Eve"}, 404)
    assert [each.name for each in signatures()] == ["Bo", "Ada Okafor"]
    assert counted(pledge) == 2


def test_a_signature_is_taken_back_and_can_be_given_again(pledge, client):
    number = signed(client)
    come_in(client)
    path = f"/my-page/signatures/{number}/withdraw"
    client.get(path).post(path)
    assert counted(pledge) == 0
    assert (signatures()[0].name, signatures()[0].ward) == ("", "")
    sign(client)
    confirm(client)
    assert counted(pledge) == 1


def test_topics_and_the_language_are_changed(pledge, client):
    signed(client)
    come_in(client)
    client.get("/my-page/messages")
    assert client.checked("topics") == ["events", "news"]
    client.post("/my-page/messages", {"topics": ["training"], "speaks": "xx"}).follow()
    assert client.text.count("free training") == 2
    client.get("/my-page/messages")
    assert client.checked("topics") == ["training"]


def fill(client) -> int:
    """Something of one person in every table that knows a mailbox; its number."""
    signed(client, show_name="y")
    client.get(f"/pledges/{SLUG}/sign/organisation")
    client.post(f"/pledges/{SLUG}/sign/organisation", {"name": "Acme", "email": "ada@example.org"})
    confirm(
        client, signatory="Ada Okafor", position="Head of Okafor", sector="business", size="1_9",
        promises=["train_staff"],
    )  # fmt: skip
    contact_id = db.session.scalars(select(Contact.id)).one()
    now = dates.now()
    with db.session.begin_nested():
        event = Event(
            slug="talk", title="Talk", text="x", place="x", starts_at=now.replace(year=2027),
            ends_at=now.replace(year=2028), closes_at=now.replace(year=2027), capacity=1,
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        place = Booking(
            event_id=event.id, contact_id=contact_id, name="Ada Okafor", needs="Okafor’s ramp",
            state="placed", booked_at=now,
        )  # fmt: skip
        db.session.add(place)
        db.session.execute(
            Commitment.__table__.update().values(owner="Ada Okafor", evidence="Posters hang")
        )
    db.session.commit()
    return contact_id


def test_the_copy_holds_every_column_of_the_person(pledge, client):
    contact_id = fill(client)
    come_in(client)
    copy = client.http.get("/my-page/copy.json").json
    secret = {"address_key", "network", "mark", "message_id", "key"}
    for table in {column.table for column in columns()} | {Contact.__table__, Commitment.__table__}:
        rows = copy[table.name]
        assert rows, f"the copy holds nothing of {table.name}"
        assert set(rows[0]) == {column.name for column in table.columns} - secret
    assert "I will not stand by." in copy["pledges_in_words"][0]["words"]
    assert copy["contacts"][0]["id"] == contact_id


LEFT = {
    "organisations": {
        "id": 1, "slug": "acme", "name": "Acme", "sector": "business", "size": "1_9", "domain": "",
        "standing": "left", "verified_by": "", "verified_on": None, "approved_on": None,
        "refused_on": None,
        "reason": "", "contact_id": None, "signatory": "", "position": "",
        "asked_on": dates.today,
    },
}  # fmt: skip
"""What stays of an organisation, column by column: that it left, and not the person."""
APART = {
    **dict.fromkeys(
        ("pledges", "pledge_words", "consent_wordings", "events", "campaigns", "wards", "places",
         "postcodes", "population", "area_groups", "targets", "schedule", "published_definitions",
         "actions", "action_findings", "action_quotes", "action_updates", "action_wards",
         "codeframes", "codeframe_versions", "codes", "wave_gates", "publications",
         "saved_tables"),
        "what staff wrote or decided, and the borough",
    ),
    **dict.fromkeys(
        ("signature_counts", "ward_figures", "figures", "figure_runs", "figure_changes",
         "figure_verdicts", "outside_series", "outside_values", "outside_remarks",
         "report_tables", "invitations_made", "full_requests", "cross_tables", "theme_tables",
         "treated_comparisons", "published_figures", "published_files", "left_drafts"),
        "numbers of many people",
    ),
    **dict.fromkeys(
        ("invalidations", "signature_batches", "jobs", "made_files", "file_parts",
         "audit_events", "audit_heads", "audit_checks", "approvals"),
        "what staff and the worker did, by numbers of rows and never by names or addresses",
    ),
    "wanted_links": "an address sealed until the worker looked it up, an hour at most",
    **dict.fromkeys(
        ("waves", "responses", "screened_texts", "links", "drafts", "draft_pages",
         "resume_codes", "invitations", "entry_batches", "entered_forms", "form_answers",
         "response_reviews", "codings", "coding_codes", "redacted_texts", "quotes"),
        "answers to surveys, of which nobody knows whose they are",
    ),
    **dict.fromkeys(
        ("staff", "staff_sessions", "staff_keys", "spare_codes", "session_keys", "shared_keys",
         "key_shares", "centres", "centre_workers", "staff_links", "break_glass"),
        "people who work here",
    ),
    **dict.fromkeys(
        ("reports", "report_keys", "report_parts", "report_entries", "report_files",
         "report_chunks", "report_clocks", "report_shelves", "report_drafts", "reporter_visits",
         "receipt_tries"),
        "sealed reports, which know no mailbox of a signatory",
    ),
}  # fmt: skip
"""Table to why erasing a signatory leaves it alone. A table that is new is in none of the lists."""
EMPTY = (
    "contacts", "consents", "mail_tokens", "signatures", "outgoing_messages", "bookings",
    "commitments",
)  # fmt: skip


def test_erasing_leaves_nothing_in_any_column(app, pledge, client):
    """Whoever adds a column about a person has to say here what becomes of it."""
    marks = ("okafor", "ada@example.org")
    fill(client)
    key = db.session.scalars(select(Contact.address_key)).one()
    come_in(client)
    assert set(tables_with(*marks, key)) >= {"contacts", "signatures", "bookings"}
    client.get("/my-page/erase").post("/my-page/erase").follow()
    assert "Everything is deleted" in client.text
    assert tables_with(*marks, key) == set()
    known = {column.table.name for column in columns()} | {"contacts", "commitments"}
    assert set(db.metadata.tables) == known | APART.keys(), (
        "a new table: say in EMPTY or LEFT what erasing does to it, or in APART why nothing"
    )
    assert known == {*EMPTY, *LEFT}, "a new table knows mailboxes: say what erasing does to it"
    db.session.rollback()
    for name in EMPTY:
        assert db.session.execute(select(db.metadata.tables[name])).all() == [], name
    for name, left in LEFT.items():
        (row,) = db.session.execute(select(db.metadata.tables[name])).mappings()
        assert set(row) == set(left), f"say what erasing does to the new column of {name}"
        for column, value in left.items():
            assert row[column] == (value() if callable(value) else value), column
    assert counted(pledge) == 0
    client.get(PAGE, 303)


def test_what_erasing_leaves_alone_holds_nothing_of_the_person(pledge, client):
    """Looked for before the erasure, when it is all there: only the tables it empties have it."""
    fill(client)
    key = db.session.scalars(select(Contact.address_key)).one()
    marks = ("okafor", "ada@example.org")
    assert not tables_with(*marks, key) & APART.keys()


@pytest.mark.parametrize("way", ["erase", "signatures/2/withdraw"])
def test_an_organisation_leaves_the_list_with_its_last_signature(pledge, client, way):
    fill(client)
    approved = {"standing": "approved", "approved_on": dates.today()}
    db.session.execute(update(Organisation.__table__).values(approved))
    db.session.commit()
    client.get("/organisations/acme")
    come_in(client)
    client.get(f"/my-page/{way}").post(f"/my-page/{way}")
    for path in ("", "/certificate.pdf", "/badge.svg"):
        client.get(f"/organisations/acme{path}", 404)
    assert db.session.scalars(select(Organisation.standing)).all() == ["left"]


def tables_with(*marks: str | bytes) -> set[str]:
    """The tables in which some row holds one of these, in any column and any letters."""
    db.session.rollback()
    found = set()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            for value in row:
                held = value if isinstance(value, bytes) else str(value).lower()
                if any(type(mark) is type(held) and mark in held for mark in marks):
                    found.add(table.name)
    return found


def test_a_new_mailbox_with_an_old_number_does_not_open_anothers_page(pledge, client):
    signed(client)
    come_in(client)
    client.get("/my-page/erase").post("/my-page/erase")
    with db.engine.begin() as connection:
        row = {"id": 1, "address_key": b"x" * 32, "email": "new@example.org", "language": "en"}
        connection.execute(insert(Contact.__table__).values(row | {"made_on": dates.today()}))
    client.get(PAGE, 303)
    assert db.session.scalars(select(Signature)).all() == []
    assert db.session.scalars(select(Organisation)).all() == []
