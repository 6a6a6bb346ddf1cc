"""Everyone sees who is on the list and how each promise stands, and no person."""

import subprocess

import pytest
from page import PageClient
from partner import ask, listed, promise
from pledged import ask as asked, make_pledge, press, signed_by
from programs import needs
from sqlalchemy import select, update

from engage import clock as dates
from engage.extensions import db
from engage.organisations.models import Organisation, Promise
from engage.outbox.models import OutgoingMessage
from engage.pledges.invalidation import invalidate, restore
from engage.pledges.models import Invalidation, Kind, PledgeWords, Signature


@pytest.fixture
def visitor(lite_app, clock) -> PageClient:
    return PageClient(lite_app)


def headings(visitor) -> list[str]:
    return ["".join(each.itertext()).strip() for each in visitor.page.iterfind(".//ul//h2")]


def test_the_list_has_those_that_are_approved_and_finds_them(visitor):
    visitor.get("/organisations")
    assert "No organisation is on this list yet" in visitor.text
    listed("Moss School", sector="education", promises=(Promise.SHARE_DATA,))
    listed("Fern & Co")
    ask("Waiting Ltd")
    assert headings(visitor.get("/organisations")) == ["Fern & Co", "Moss School"]
    assert headings(visitor.get("/organisations?sector=education")) == ["Moss School"]
    assert headings(visitor.get("/organisations?promise=train_staff")) == ["Fern & Co"]
    assert headings(visitor.get("/organisations?name=MOSS")) == ["Moss School"]
    assert "We found 0 organisations" in visitor.get("/organisations?name=%25").text
    for odd in ("page=0", "page=99999999999999999999", "page=x", "sector=x", "promise[]=x"):
        assert len(headings(visitor.get(f"/organisations?{odd}"))) == 2


def test_one_whose_signature_staff_take_out_is_not_shown_until_it_is_back(visitor):
    number = listed()
    pledge = make_pledge()
    mine = signed_by(pledge, "ada@fern.example", kind="organisation", organisation_id=number)
    with db.engine.begin() as connection:
        out = {"pledge_id": pledge, "conditions": "{}", "reason": "x", "at": dates.now()}
        row = connection.execute(Invalidation.__table__.insert().values(number=1, **out))
        taking = row.inserted_primary_key[0]
        invalidate(connection, [mine], taking)
    assert headings(visitor.get("/organisations")) == []
    for path in ("", "/certificate.pdf", "/badge.svg", "/badge.pdf", "/link-sent"):
        visitor.get(f"/organisations/fern-co{path}", 404)
    with db.engine.begin() as connection:
        restore(connection, taking)
    assert headings(visitor.get("/organisations")) == ["Fern & Co"]
    visitor.get("/organisations/fern-co")


def test_a_long_list_has_pages(visitor):
    for number in range(26):
        listed(f"Shop {number:02}")
    assert len(headings(visitor.get("/organisations?sector=business"))) == 25
    [after] = [each.get("href") for each in visitor.page.iter("a") if each.get("rel") == "next"]
    assert headings(visitor.get(after)) == ["Shop 25"]
    assert "sector=business" in after


def test_a_page_tells_how_promises_stand_and_names_nobody(visitor, clock):
    number = listed()
    held = promise(number)
    held.owner, held.evidence = "Grace Owner", "Twelve were trained"
    db.session.commit()
    visitor.get("/organisations/fern-co")
    assert "Promised To be done by 31 August 2026. The promise holds until 1 March 2027." in (
        visitor.text
    )
    for private in ("Ada", "Owner", "Twelve", "fern.example"):
        assert private not in visitor.response.text
    clock.move(days=200)
    assert "Late It was to be done by 31 August 2026." in visitor.get("/organisations/fern-co").text
    clock.move(days=200)
    assert "Not renewed" in visitor.get("/organisations/fern-co").text
    assert "There is no certificate now." in visitor.text
    visitor.get("/organisations/fern-co/certificate.pdf", 404)


@pytest.mark.parametrize("standing", ["asked", "verified", "refused", "left"])
def test_who_is_not_approved_has_no_page_and_no_paper(visitor, standing):
    number = listed()
    db.session.get(Organisation, number).standing = standing
    db.session.commit()
    for path in ("", "/certificate.pdf", "/badge.pdf", "/badge.svg", "/link-sent"):
        visitor.get(f"/organisations/fern-co{path}", 404)


def test_the_certificate_says_what_was_promised_until_when_and_is_checked_on_the_page(visitor):
    number = listed()
    promise(number, Promise.NAME_CHAMPION).progress = "dropped"
    db.session.commit()
    visitor.get("/organisations/fern-co/certificate.pdf")
    assert visitor.response.mimetype == "application/pdf"
    program = needs("pdftotext", "poppler-utils")
    paper, call = visitor.response.data, [program, "-layout", "-", "-"]
    text = subprocess.run(call, input=paper, capture_output=True, check=True).stdout.decode()
    for said in (
        "Fern & Co",
        "Train our staff and volunteers about hate crime",
        "Dated 2 March 2026. This certificate holds until 1 March 2027.",
        "http://127.0.0.1:5000/organisations/fern-co",
    ):
        assert said in " ".join(text.split())
    assert "champion" not in text
    visitor.get("/organisations/fern-co")
    assert "The certificate is dated 2 March 2026 and holds until 1 March 2027." in visitor.text


def test_page_certificate_and_badge_name_what_was_signed(visitor):
    number = listed()
    for slug, title in (("first", "Safe streets"), ("second", "Safe buses"), ("gone", "Gone")):
        pledge = make_pledge(slug)
        db.session.execute(update(PledgeWords).filter_by(pledge_id=pledge).values(title=title))
        db.session.commit()
        _signed, secret = asked(pledge, "ada@fern.example", kind=Kind.ORGANISATION)
        press(secret)
        taken = update(Signature).where(Signature.pledge_id == pledge)
        state = "invalidated" if slug == "gone" else "confirmed"
        db.session.execute(taken.values(organisation_id=number, state=state))
        db.session.commit()
    assert "What it signed Safe streets Safe buses" in visitor.get("/organisations/fern-co").text
    paper = visitor.get("/organisations/fern-co/certificate.pdf").response.data
    call = [needs("pdftotext", "poppler-utils"), "-layout", "-", "-"]
    text = subprocess.run(call, input=paper, capture_output=True, check=True).stdout.decode()
    assert "signed “Safe streets” and “Safe buses” and promised:" in " ".join(text.split())
    image = visitor.get("/organisations/fern-co/badge.svg").response
    assert "We signed “Safe streets” and “Safe buses”: Fern" in image.text


def test_badges_are_a_paper_and_an_image(visitor):
    listed()
    assert visitor.get("/organisations/fern-co/badge.pdf").response.data.startswith(b"%PDF-1.7")
    image = visitor.get("/organisations/fern-co/badge.svg").response
    assert image.mimetype == "image/svg+xml"
    assert "<title>We signed a pledge: Fern &amp; Co</title>" in image.text


def test_a_name_in_letters_that_we_cannot_set_is_said_kindly(visitor):
    number = listed()
    db.session.get(Organisation, number).name = "日本 Fern"
    db.session.commit()
    visitor.get("/organisations/fern-co/certificate.pdf", 409)
    assert "our letters do not have all those of the name" in visitor.text


def test_the_link_is_mailed_to_the_mailbox_that_signed_once_a_day(visitor, clock):
    number = listed()
    path = "/organisations/fern-co"
    visitor.get(path)
    assert db.session.scalars(select(OutgoingMessage)).all() == []
    for _ in range(3):
        visitor.get(path).post(f"{path}/link").follow()
    assert "Check your email" in visitor.text
    db.session.rollback()
    [message] = db.session.scalars(select(OutgoingMessage))
    assert message.contact_id == db.session.get(Organisation, number).contact_id
    [address] = [line for line in message.text.splitlines() if line.startswith("http")]
    visitor.get(address.removeprefix("http://127.0.0.1:5000"))
    assert "Fern & Co" in visitor.text
    assert message.text.startswith("Hello,\n\n")
    assert "Please do not pass this link on" in message.text
    assert message.text.endswith("\n\nTestham Council\n")


def test_the_privacy_page_tells_what_is_kept_of_who_signs_for_an_organisation(visitor):
    said = visitor.get("/privacy").text
    assert "Only our team can see your name and job" in said
    assert "only to people who agreed to it: article 6(1)(a)" in said


def test_the_answer_does_not_tell_whether_anybody_is_known(visitor):
    number = listed()
    db.session.get(Organisation, number).contact_id = None
    db.session.commit()
    visitor.get("/organisations/fern-co").post("/organisations/fern-co/link").follow()
    assert "Check your email" in visitor.text
    assert db.session.scalars(select(OutgoingMessage)).all() == []
