"""The fieldwork monitor: what it counts, and what it never tells."""

from datetime import date, timedelta

import pytest
from conftest import NOON
from figures.town import answer, filled, found, people, wave_of
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.answering import draft
from engage.answering.expiry import expire
from engage.answering.left import left_of
from engage.answering.models import Draft, LeftDrafts
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.monitoring.leaving import BEFORE, Leaving, Stop, sentence
from engage.responses.models import Mode
from engage.waves.models import WaveState
from engage.waves.published import definition_of


def walk(token: str, wave, *sections: str) -> None:
    """Begin a draft and save these pages of it."""
    with db.engine.begin() as connection:
        draft.start(connection, token, wave.id, NOON)
        number = connection.scalar(select(Draft.id).order_by(Draft.id.desc()).limit(1))
        for section in sections:
            draft.save(connection, token, number, section, {}, now=NOON, closes_on=date(2026, 4, 1))


def test_what_was_left_is_counted_by_its_last_page_once_its_time_is_over(app):
    found(db.session())
    wave = wave_of(db.session())
    first, second, *_ = definition_of(wave.definition).section_ids
    db.session.remove()
    walk("a" * 43, wave, second, first)
    walk("b" * 43, wave, first)
    walk("c" * 43, wave)
    walk("d" * 43, wave, second)
    with db.engine.begin() as connection:
        draft.discard(connection, "d" * 43)
    assert expire(db.session(), NOON + timedelta(hours=1)) == 0

    for _ in range(2):
        expire(db.session(), NOON + timedelta(hours=3))
        db.session.commit()

    assert left_of(db.session(), wave.id) == {second: 1, first: 1, "": 1}
    assert set(db.session.scalars(select(LeftDrafts.day))) == {NOON.date()}
    assert not db.session.scalars(select(Draft.id)).all()


@pytest.fixture
def manager(lite_app, clock) -> PageClient:
    found(db.session())
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))


def test_the_monitor_tells_of_days_ways_places_leaving_people_and_quality(manager):
    wave = filled(db.session(), 60)
    given = people(definition_of(wave.definition), 12, seed=7)
    on_paper = {"day": date(2026, 2, 20), "mode": Mode.PAPER, "source": "Library"}
    answer(db.session(), wave, given, start=90, **on_paper)
    section = definition_of(wave.definition).sections[1]
    db.session.add(LeftDrafts(wave_id=wave.id, day=NOON.date(), section=section.id, drafts=20))
    db.session.commit()
    refresh(db.session(), wave.id, NOON)
    db.session.commit()

    text = manager.get(f"/staff/waves/{wave.id}/progress").text

    assert "Answers so far: 72" in text
    assert "Answers came on 2 days, most of them on 2 March 2026: 60" in text
    assert "On paper 12" in text
    assert "Library 12" in text
    assert "75% of those who began sent their answers (60); 20 left." in text
    assert f"Most of those left after “{section.title}”" in text
    assert "Share of residents" in text


def test_of_the_invited_only_tens_are_told(manager):
    wave = filled(db.session(), 14, "victim_satisfaction")
    db.session.add(LeftDrafts(wave_id=wave.id, day=wave.opens_on, section="", drafts=3))
    db.session.commit()
    text = manager.get(f"/staff/waves/{wave.id}/progress").text

    assert "Answers so far: at least 10" in text
    assert "14" not in text.replace("2014", "")
    assert "fewer than ten left" in text


def test_the_monitor_is_for_those_who_run_and_analyse_surveys(lite_app, manager):
    wave = wave_of(db.session())
    prepared = wave_of(db.session(), name="2027", state=WaveState.DRAFT)
    path = f"/staff/waves/{wave.id}/progress"
    assert "No answers have come yet" in manager.get(path).text
    manager.get(f"/staff/waves/{prepared.id}/progress", 404)
    manager.get(f"/staff/waves/{wave.id}/review", 403)
    partner = sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))
    partner.get(path, 403)


@pytest.mark.parametrize(
    ("left", "invited", "said"),
    [
        (
            {"": 18, "one": 17, "two": 12},
            False,
            "More of those left before the first page was saved than after any page.",
        ),
        ({"one": 30, "two": 12}, False, "Most of those left after “One”."),
        (
            {"one": 10, "two": 9, "": 8},
            False,
            "More of those left after “One” than at any other point.",
        ),
        ({"one": 18, "two": 18}, False, "36 left."),
        ({"one": 18, "two": 12}, True, "at least 30 left."),
    ],
)
def test_most_is_more_than_half_and_a_tie_is_not_told(left, invited, said):
    stops = [
        Stop(BEFORE, left.get("", 0)),
        Stop("One", left.get("one", 0)),
        Stop("Two", left.get("two", 0)),
    ]

    assert sentence(Leaving(100, stops, invited)).endswith(said)
