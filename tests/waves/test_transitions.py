"""A wave is created, opened once and closed for good, and says why when it cannot be."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from gates import SITE, clear, open_cleared
from sqlalchemy import func, select
from survey import DEFINITIONS

from engage.core.definition.faults import DefinitionError
from engage.extensions import db
from engage.waves import store, transitions
from engage.waves.faults import WaveError, WavePlan
from engage.waves.lengths import default_deletion, latest_deletion, latest_end
from engage.waves.models import PublishedDefinition, Wave
from engage.waves.published import publish

TODAY = date(2026, 3, 2)


def plan(name="Spring 2026", questionnaire="fear_of_crime", **changed):
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=30)}
    days |= {"delete_on": date(2028, 3, 2)}
    return WavePlan(questionnaire=questionnaire, name=name, **(days | changed))


def made(name="Spring 2026", **changed):
    wave = transitions.create(db.session, plan(name, **changed), TODAY)
    db.session.commit()
    return wave


def opened(wave, today=TODAY):
    clear(wave.id)
    open_cleared(wave.id, today)
    db.session.commit()
    return wave


def messages(caught) -> str:
    return str(caught.value)


def test_creating_a_wave_publishes_its_definition_once(app):
    first, second = made("One"), made("Two")
    assert first.state == "draft"
    assert first.definition_id == second.definition_id
    assert db.session.scalar(select(func.count()).select_from(PublishedDefinition)) == 1


def test_everything_that_is_wrong_with_a_plan_is_said_at_once(app):
    made("Spring 2026")
    bad = plan("  Spring   2026 ", closes_on=date(2026, 1, 1), delete_on=date(2025, 1, 1))
    with pytest.raises(WaveError) as caught:
        transitions.create(db.session, bad, TODAY)
    assert [fault.field for fault in caught.value.faults] == ["name", "closes_on", "delete_on"]
    assert "'Spring 2026'" in messages(caught)
    assert "1 January 2026" in messages(caught)


def test_an_unknown_questionnaire_is_answered_with_those_there_are(app):
    with pytest.raises(WaveError, match=r"'dogs'.*fear_of_crime"):
        transitions.create(db.session, plan(questionnaire="dogs"), TODAY)


def test_a_wave_opens_and_closes_and_stays_closed(app):
    wave = opened(made())
    assert wave.state == "open"
    transitions.close(db.session, wave.id, TODAY + timedelta(days=3))
    assert (wave.state, wave.closes_on) == ("closed", TODAY + timedelta(days=3))
    with pytest.raises(WaveError, match="closed for good"):
        opened(wave)
    with pytest.raises(WaveError, match="The wave Spring 2026 is closed already"):
        transitions.close(db.session, wave.id, TODAY)


def test_a_prepared_wave_is_not_closed(app):
    wave = made()
    with pytest.raises(WaveError, match="The wave Spring 2026 is not open"):
        transitions.close(db.session, wave.id, TODAY)


def test_a_wave_whose_last_day_is_over_is_not_closed_again_by_hand(app):
    wave = opened(made(closes_on=TODAY))
    with pytest.raises(WaveError, match="is closed already"):
        transitions.close(db.session, wave.id, TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 3, 1)},
            "The last day, 1 March 2026, is over. Choose today, 2 March 2026, or a later one.",
        ),
        ({"closes_on": date(2027, 3, 2)}, "for a year at most. Choose 1 March 2027 or an earlier"),
        ({"delete_on": date(2032, 4, 2)}, "limit. Choose 1 April 2032 or an earlier day."),
    ],
)
def test_a_wave_that_is_over_too_long_or_kept_too_long_is_refused(app, changed, said):
    with pytest.raises(WaveError) as caught:
        made(**changed)
    assert said in messages(caught)


def test_a_wave_may_be_as_long_and_kept_as_long_as_the_limits_say(app):
    closes_on = latest_end(TODAY)
    wave = made(closes_on=closes_on, delete_on=latest_deletion(closes_on))
    assert (wave.closes_on, wave.delete_on) == (date(2027, 3, 1), date(2033, 3, 1))


def test_a_wave_does_not_open_outside_its_dates(app):
    wave = made()
    days = {"1 March 2026": TODAY - timedelta(days=1), "2 April 2026": TODAY + timedelta(days=31)}
    for said, day in days.items():
        with pytest.raises(WaveError, match=f"today is {said}"):
            opened(wave, day)
    assert wave.state == "draft"


def test_a_wave_does_not_open_without_council_and_data_protection_officer(app):
    wave = made()
    with pytest.raises(WaveError) as caught:
        open_cleared(wave.id, TODAY, replace(SITE, council_name="", privacy_contact=""))
    assert "COUNCIL_NAME" in messages(caught)
    assert "PRIVACY_CONTACT" in messages(caught)


def test_a_second_wave_of_a_survey_waits_until_the_first_is_closed(app):
    first, second = opened(made("One")), made("Two")
    with pytest.raises(
        WaveError,
        match="The wave One of the same survey is open: close it before you open the wave Two",
    ):
        opened(second)
    opened(made("Other", questionnaire="young_people"))
    transitions.close(db.session, first.id, TODAY)
    assert opened(second).state == "open"


def test_a_wave_whose_time_is_over_does_not_stand_in_the_way_of_the_next(app):
    opened(made("One", closes_on=TODAY))
    tomorrow = TODAY + timedelta(days=1)
    assert opened(made("Two"), tomorrow).state == "open"


def test_an_unknown_wave_is_named(app):
    with pytest.raises(WaveError, match="no wave number 99"):
        transitions.close(db.session, 99, TODAY)


def test_waves_close_after_their_last_day_and_no_sooner(app):
    wave = opened(made(closes_on=TODAY))
    assert transitions.close_due(db.session, TODAY) == 0
    assert transitions.close_due(db.session, TODAY + timedelta(days=1)) == 1
    db.session.commit()
    assert wave.state == "closed"


@pytest.mark.parametrize(
    ("closes_on", "deleted"),
    [(date(2026, 3, 31), date(2028, 3, 31)), (date(2028, 2, 29), date(2030, 3, 1))],
)
def test_answers_are_deleted_two_years_after_the_wave(closes_on, deleted):
    assert default_deletion(closes_on) == deleted


def test_of_many_waves_opened_at_the_same_moment_one_opens(app):
    numbers = [made(f"Wave {number}").id for number in range(6)]
    for number in numbers:
        clear(number)
    db.session.remove()
    ready = threading.Barrier(len(numbers))
    outcomes = []

    def open_one(number: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                open_cleared(number, TODAY)
                db.session.commit()
                outcomes.append("opened")
            except WaveError as error:
                outcomes.append("refused" if "of the same survey is open" in str(error) else error)

    threads = [threading.Thread(target=open_one, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["opened"] + ["refused"] * 5
    assert db.session.scalar(select(func.count()).where(Wave.state == "open")) == 1


def test_of_equal_waves_created_at_the_same_moment_one_is_made_and_the_others_told(app):
    ready = threading.Barrier(6)
    outcomes = []

    def create_one() -> None:
        with app.app_context():
            ready.wait()
            try:
                outcomes.append(made().name)
            except WaveError as error:
                outcomes.append(str(error))

    threads = [threading.Thread(target=create_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = "There is a wave called 'Spring 2026' of this survey already: choose another name."
    assert sorted(outcomes) == ["Spring 2026"] + [said] * 5
    assert db.session.scalar(select(func.count()).select_from(Wave)) == 1


def test_a_definition_published_at_the_same_moment_is_published_once(app):
    ready = threading.Barrier(6)
    outcomes = []

    def create_one(number: int) -> None:
        with app.app_context():
            ready.wait()
            outcomes.append(made(f"Wave {number}").definition_id)

    threads = [threading.Thread(target=create_one, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 6
    assert len(set(outcomes)) == 1
    assert db.session.scalar(select(func.count()).select_from(PublishedDefinition)) == 1


def test_a_wave_takes_answers_on_its_days_only_even_if_no_worker_closes_it(app):
    opened(made(closes_on=TODAY + timedelta(days=1)))

    def name(day):
        wave = store.open_wave(db.session, "fear-of-crime", day)
        return wave and wave.name

    assert name(TODAY - timedelta(days=1)) is None
    assert name(TODAY) == "Spring 2026"
    assert name(TODAY + timedelta(days=1)) == "Spring 2026"
    assert name(TODAY + timedelta(days=2)) is None


def test_a_version_that_was_published_stays_as_it_was(app, tmp_path):
    file = tmp_path / "every_kind" / "v1.yaml"
    file.parent.mkdir()
    text = (DEFINITIONS / "every_kind" / "v1.yaml").read_text("utf-8")
    file.write_text(text, "utf-8")
    publish(db.session, file, TODAY)
    file.write_text(text.replace("Which places", "What places"), "utf-8")
    with pytest.raises(DefinitionError, match="make it version 2"):
        publish(db.session, file, TODAY)
