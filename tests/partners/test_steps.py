"""An organisation looks after its promises through a mailed link, and only after its own."""

from datetime import date, timedelta

import pytest
from page import PageClient
from partner import link, listed, promise
from sqlalchemy import select

from engage import clock as days
from engage.contacts import tokens
from engage.extensions import db
from engage.organisations.models import Commitment, Organisation, Promise

SAID = {
    "progress": "under_way", "due_on-day": "1", "due_on-month": "6", "due_on-year": "2026",
    "owner": "Grace Owner", "evidence": "Two of five\r\nwere trained",
}  # fmt: skip


@pytest.fixture
def visitor(lite_app, clock) -> PageClient:
    return PageClient(lite_app)


@pytest.fixture
def number(visitor) -> int:
    return listed()


@pytest.fixture
def home(number) -> str:
    return link(number, days.now() + timedelta(days=30))


def test_it_says_how_a_promise_goes(visitor, number, home):
    page = f"{home}/{number}/promises/train_staff"
    assert "Train our staff" in visitor.get(home).text
    visitor.get(page).post(page, SAID).follow()
    assert "Under way To be done by 1 June 2026." in visitor.text
    held = promise(number)
    assert (held.owner, held.evidence) == ("Grace Owner", "Two of five\nwere trained")
    assert held.evidence_on == date(2026, 3, 2)
    assert visitor.get(page).value("owner") == "Grace Owner"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"progress": ""}, "Choose how far you are"),
        ({"progress": "dropped"}, "Choose how far you are"),
        ({"due_on-year": "2027", "due_on-day": "2"}, "Choose a day from 2 March 2026 to 1 March"),
        ({"due_on-day": "31"}, "Enter the day in numbers"),
        ({"due_on-day": "", "due_on-month": "", "due_on-year": ""}, "Enter the day in numbers"),
        ({"owner": "a\nb"}, "Remove line breaks"),
        ({"owner": "x" * 101}, "Use 100 characters or fewer"),
        ({"evidence": "x" * 2001}, "Use 2000 characters or fewer"),
        ({"evidence": "a\x07b"}, "Remove characters that cannot be printed"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(visitor, number, home, wrong, said):
    page = f"{home}/{number}/promises/train_staff"
    visitor.get(page).post(page, SAID | wrong, 422)
    assert said in visitor.text
    assert (promise(number).progress, promise(number).owner) == ("promised", "")


def test_no_fault_of_a_promise_hides_another(visitor, number, home):
    page = f"{home}/{number}/promises/train_staff"
    wrong = {"progress": "", "due_on-day": "1", "due_on-month": "1", "due_on-year": "2099"}
    visitor.get(page).post(page, SAID | wrong, 422)
    assert "Choose how far you are" in visitor.text
    assert "Choose a day from" in visitor.text


def test_a_promise_is_taken_back_only_by_the_button_and_made_again(visitor, number, home):
    page = f"{home}/{number}/promises/train_staff"
    visitor.get(f"{page}/take-back")
    assert promise(number).progress == "promised"
    visitor.post(f"{page}/take-back").follow()
    assert promise(number).progress == "dropped"
    visitor.get(f"{page}/take-back", 404)
    visitor.get(home).post(f"{page}/make").follow()
    assert promise(number).progress == "promised"


def test_a_further_promise_is_made_once_and_an_unknown_one_is_none(visitor, number, home):
    visitor.get(home)
    for name in ("share_data", "share_data", "nonsense"):
        visitor.post(f"{home}/{number}/promises/{name}/make")
        visitor.get(home)
    made = select(Commitment.promise).filter_by(organisation_id=number)
    assert set(db.session.scalars(made)) == {"train_staff", "name_champion", "share_data"}


def test_a_promise_is_renewed_near_the_end_of_its_year(visitor, number, clock):
    clock.move(days=300)
    home = link(number, days.now() + timedelta(days=30))
    assert "for a year from today" not in visitor.get(home).text
    visitor.post(f"{home}/{number}/promises/train_staff/make")
    assert promise(number).renewed_on == date(2026, 3, 2)
    clock.move(days=10)
    visitor.get(home).post(f"{home}/{number}/promises/train_staff/make").follow()
    assert promise(number).renewed_on == days.today()
    assert promise(number, Promise.NAME_CHAMPION).renewed_on == date(2026, 3, 2)


def test_what_ended_is_renewed_before_anything_is_told_of_it(visitor, number, clock):
    clock.move(days=400)
    home = link(number, days.now() + timedelta(days=30))
    visitor.get(f"{home}/{number}/promises/train_staff", 303)
    visitor.get(home).post(f"{home}/{number}/promises/train_staff/make").follow()
    assert "To be done by 5 October 2027." in visitor.text


def test_leaving_takes_the_page_away_and_forgets_who_signed(visitor, number, home):
    visitor.get(f"{home}/{number}/leave")
    visitor.get("/organisations/fern-co").get(f"{home}/{number}/leave")
    visitor.post(f"{home}/{number}/leave", status=200)
    visitor.get("/organisations/fern-co", 404)
    db.session.rollback()
    gone = db.session.get(Organisation, number, populate_existing=True)
    assert (gone.contact_id, gone.signatory, gone.position) == (None, "", "")
    assert "No organisation of yours" in visitor.get(home).text


def test_what_is_not_approved_cannot_be_looked_after(visitor, number, home):
    db.session.get(Organisation, number).standing = "verified"
    db.session.commit()
    assert "we are looking at it" in visitor.get(home).text
    visitor.get(f"{home}/{number}/promises/train_staff", 404)


def test_another_mailbox_reaches_nothing_of_it(visitor, number, home):
    other = listed("Moss")
    theirs = link(other, days.now() + timedelta(days=30))
    visitor.get(theirs)
    for path in ("promises/train_staff", "promises/train_staff/take-back", "leave"):
        visitor.get(f"{theirs}/{number}/{path}", 404)
        visitor.get(theirs).post(f"{theirs}/{number}/{path}", SAID, 404)
    visitor.get(theirs).post(f"{theirs}/{number}/promises/share_data/make", status=404)
    assert promise(number).progress == "promised"


def test_the_link_opens_nothing_of_the_persons_own_and_theirs_opens_no_organisation(visitor, home):
    secret = home.rpartition("/")[2]
    visitor.get(f"/my-page/open/{secret}", 410)
    visitor.get(home)
    visitor.post(f"/my-page/open/{secret}", status=410)
    contact_id = db.session.scalar(select(Organisation.contact_id))
    connection = db.session.connection()
    own = tokens.issue(connection, "own_page", contact_id, None, days.now() + timedelta(days=1))
    db.session.commit()
    visitor.get(f"/our-organisation/{own}", 410)


def test_an_old_or_invented_link_leads_nowhere(visitor, number, home, clock):
    visitor.get("/our-organisation/nonsense", 410)
    clock.move(days=31)
    visitor.get(home, 410)
    assert "You can ask for a new one" in visitor.text
