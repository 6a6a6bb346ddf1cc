"""Staff make pledges, word them and set their days; signed words never change."""

from datetime import date

import pytest
from page import PageClient
from pledged import make_pledge, signed_by
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.extensions import db
from engage.pledges.models import Pledge, PledgeWords, Signature

PLEDGES = "/staff/pledges"
GIVEN = {
    "title": "Stand against hate",
    "slug": "stand-against-hate",
    "short": "Say it aloud.",
    "words": "I will not look away.",
    "opens_on-day": "1",
    "opens_on-month": "3",
    "opens_on-year": "2026",
}


@pytest.fixture
def manager(lite_app, clock):
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def versions() -> list[tuple]:
    found = select(PledgeWords.version, PledgeWords.language, PledgeWords.words)
    rows = db.session.execute(found.order_by(PledgeWords.version, PledgeWords.language)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def test_a_pledge_is_made_unseen_and_put_on_the_site(manager):
    manager.get(f"{PLEDGES}/new").post(f"{PLEDGES}/new", GIVEN).follow()
    assert "Not on the site" in manager.text
    manager.get("/pledges/stand-against-hate", 404)
    days = {name: value for name, value in GIVEN.items() if "opens_on" in name}
    days |= {"published": "y", "questionnaire": "hate_crime_pledge"}
    manager.get(f"{PLEDGES}/1/days").post(f"{PLEDGES}/1/days", days, 422)
    assert "Nobody has checked the words in English" in manager.text
    manager.get("/pledges/stand-against-hate", 404)
    manager.get(f"{PLEDGES}/1/days").post(f"{PLEDGES}/1/days", days | {"unchecked": "y"}).follow()
    assert "/pledges/stand-against-hate" in manager.text
    [pledge] = db.session.scalars(select(Pledge))
    assert (pledge.published, pledge.questionnaire) == (True, "hate_crime_pledge")
    db.session.rollback()
    manager.get("/pledges/stand-against-hate")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "Stand Against"}, "small letters"),
        ({"slug": "stand"}, "There is a pledge stand already"),
        ({"words": ""}, "Enter the words"),
        ({"title": "a\x00b"}, "cannot be printed"),
        ({"opens_on-day": "31", "opens_on-month": "2"}, "is not a day"),
    ],
)
def test_what_is_wrong_with_a_new_pledge_is_said(manager, wrong, said):
    make_pledge()
    manager.get(f"{PLEDGES}/new").post(f"{PLEDGES}/new", GIVEN | wrong, 422)
    assert said in manager.text


def test_a_last_day_before_the_first_is_refused(manager):
    make_pledge()
    days = {"opens_on-day": "2", "opens_on-month": "3", "opens_on-year": "2026"}
    days |= {"closes_on-day": "1", "closes_on-month": "3", "closes_on-year": "2026"}
    manager.get(f"{PLEDGES}/1/days").post(f"{PLEDGES}/1/days", days, 422)
    assert "before the first" in manager.text


def test_a_pledge_whose_signatories_are_forgotten_is_not_opened_again(manager):
    first = {"opens_on": date(2024, 2, 1)}
    make_pledge("forgotten", closes_on=date(2024, 3, 2), **first)
    make_pledge("known", closes_on=date(2024, 3, 3), **first)
    days = {"opens_on-day": "1", "opens_on-month": "2", "opens_on-year": "2024", "published": "y"}
    ends = {"closes_on-day": "1", "closes_on-month": "3", "closes_on-year": "2024"}
    for later in ({}, ends | {"closes_on-year": "2029"}):
        manager.get(f"{PLEDGES}/1/days").post(f"{PLEDGES}/1/days", days | later, 422)
        assert "Make a new pledge" in manager.text
    manager.post(f"{PLEDGES}/1/days", days | ends)
    manager.get(f"{PLEDGES}/2/days").post(f"{PLEDGES}/2/days", days)
    closed = db.session.scalars(select(Pledge.closes_on).order_by(Pledge.id)).all()
    assert closed == [date(2024, 3, 1), None]


def word(client, code: str, words: str) -> None:
    page = f"{PLEDGES}/1/words/{code}"
    client.get(page).post(page, {"title": "T", "short": "S", "words": words})


def test_words_are_corrected_until_they_are_signed_and_then_a_new_version_follows(manager):
    pledge = make_pledge()
    word(manager, "en", "First")
    word(manager, "pl", "Pierwszy")
    assert versions() == [(1, "en", "First"), (1, "pl", "Pierwszy")]
    signed_by(pledge, "ada@example.com")
    word(manager, "pl", "Lepszy")
    assert versions() == [(1, "en", "First"), (1, "pl", "Lepszy")]
    db.session.query(Signature).update({"words_id": 2})
    db.session.commit()
    word(manager, "pl", "Najlepszy")
    assert versions()[2:] == [(2, "en", "First"), (2, "pl", "Najlepszy")]
    db.session.query(Signature).update({"words_id": 3})
    db.session.commit()
    manager.get(f"{PLEDGES}/1/words/en")
    assert "is a new version" in manager.text
    word(manager, "en", "Anew")
    assert versions()[4:] == [(3, "en", "Anew")]


def test_analysts_see_pledges_and_change_nothing(lite_app, clock):
    make_pledge()
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, "analyst"))
    analyst.get(PLEDGES).get(f"{PLEDGES}/1")
    assert "Find signatures" not in analyst.text
    analyst.get(f"{PLEDGES}/1/statistics")
    for page in ("new", "1/days", "1/words/en", "1/signatures", "1/signs", "1/take-out"):
        analyst.get(f"{PLEDGES}/{page}", 403)
