"""The pages behind the figures: changes and targets, who answered, how answers were cleaned."""

from datetime import date

import pytest
from conftest import NOON
from figures.town import answer, filled, found, people, wave_of
from page import PageClient
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.core.statistics.sampling import SampleType
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.targets.models import IndicatorTarget
from engage.waves.models import WaveState
from engage.waves.published import definition_of

EARLIER = {
    "name": "2025",
    "state": WaveState.CLOSED,
    "opens_on": date(2025, 2, 1),
    "closes_on": date(2025, 4, 1),
}


@pytest.fixture
def session(lite_app, clock):
    found(db.session())
    return db.session()


@pytest.fixture
def analyst(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def made(session, wave):
    refresh(session, wave.id, NOON)
    session.commit()
    return wave


def safer(session, wave, share: float, count: int = 300):
    """A wave in which so many of the residents feel safe after dark."""
    everyone = [
        each | {"connection": "resident", "safe_dark": "1" if place < share * count else "4"}
        for place, each in enumerate(people(definition_of(wave.definition), count))
    ]
    answer(session, wave, everyone)
    return made(session, wave)


def row_of(client: PageClient, label: str) -> str:
    rows = [" ".join(" ".join(each.itertext()).split()) for each in client.page.iter("tr")]
    return next(each for each in rows if each.startswith(label))


def test_a_clear_change_and_a_target_are_told_with_their_intervals(session, analyst):
    safer(session, wave_of(session, **EARLIER), 0.4)
    session.add(
        IndicatorTarget(
            questionnaire="fear_of_crime", indicator="safe_dark", breakdown="overall", group="all",
            operator=">=", value=0.6, year="2026", source="Safety plan", set_on=date(2026, 1, 1),
        )
    )  # fmt: skip
    session.commit()
    wave = safer(session, wave_of(session), 0.8)
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "Up " in text
    assert " points since 2025 (" in text
    assert "which is better." in text
    assert "The target of at least 60% for 2026 (Safety plan) is met among those who answered" in (
        text
    )
    assert "The next wave, if as many answer, could show a change of" in text
    analyst.get(f"/staff/figures/{wave.id}/changes")
    told = row_of(analyst, "Feels safe outside after dark")
    assert " Up under 0.001 under 0.001 At least 60% in 2026: met " in told
    analyst.get(f"/staff/figures/{wave.id}/changes?figure=safe_dark")
    assert "North" in analyst.text
    analyst.get(f"/staff/figures/{wave.id}/changes?figure=shoe_size", 404)


def test_a_first_wave_says_that_there_is_nothing_to_compare_with(session, analyst):
    wave = made(session, filled(session, 60))
    text = analyst.get(f"/staff/figures/{wave.id}/changes").text
    assert "no earlier wave of this survey with figures" in text
    assert "since" not in text.split("Choose a figure")[1]


def test_waves_that_asked_other_people_are_not_compared_and_it_says_why(session, analyst):
    made(session, filled(session, 200, **EARLIER, sample=SampleType.RANDOM))
    wave = made(session, filled(session, 200))
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "Not compared with 2025: the people who answered were found in another way" in text
    assert "point" not in text.split("Main findings")[1].split("Responses")[0]


def test_a_random_sample_may_speak_of_residents_and_an_open_link_may_not(session, analyst):
    drawn = made(session, filled(session, 300, **EARLIER, sample=SampleType.RANDOM))
    linked = made(session, filled(session, 300))
    findings = [
        analyst.get(f"/staff/figures/{wave.id}").text.split("Main findings")[1].split("Feels")[1]
        for wave in (drawn, linked)
    ]
    assert " of residents" in findings[0]
    assert " of residents" not in findings[1]
    assert "of those who answered" in findings[1]


def test_who_answered_is_told_beside_who_lives_here_without_counts_of_a_few(session, analyst):
    wave = made(session, filled(session, 200))
    text = analyst.get(f"/staff/figures/{wave.id}/who-answered").text
    assert "Still needed" in text
    assert "R-indicator" in text
    assert "dissimilarity index" in text
    assert row_of(analyst, "Women").split()[1].isdigit()
    for row in analyst.page.iter("tr"):
        counts = [cell.text for cell in row.iterfind("td[@class]")][:1]
        assert not any(count and count.isdigit() and 0 < int(count) < 10 for count in counts)
    closed = made(session, filled(session, 200, **EARLIER))
    assert "Still needed" not in analyst.get(f"/staff/figures/{closed.id}/who-answered").text


def test_a_survey_that_stands_for_nobody_says_so(session, analyst):
    wave = made(session, filled(session, 60, "young_people"))
    text = analyst.get(f"/staff/figures/{wave.id}/who-answered").text
    assert "This survey is not compared with the residents" in text


def test_the_flow_is_told_under_every_version_of_the_rules(session, analyst):
    wave = wave_of(session)
    full = [*people(definition_of(wave.definition), 60)]
    empty = {"age_band": "16_24", "connection": "visitor"}
    answer(session, wave, [*full, *[empty] * 12])
    made(session, wave)
    analyst.get(f"/staff/figures/{wave.id}/responses")
    assert row_of(analyst, "Responses") == "Responses Rules 3 (used) Rules 2 Rules 1"
    assert row_of(analyst, "Received") == "Received 72 72 72"
    assert row_of(analyst, "Removed: mostly empty") == "Removed: mostly empty 12 12 12"
    assert row_of(analyst, "Used") == "Used 60 60 60"
    assert "Did it move the figures?" in analyst.text


def test_the_pages_are_not_there_before_figures_are_made(session, analyst):
    wave = filled(session, 20)
    for page in ("changes", "who-answered", "responses"):
        analyst.get(f"/staff/figures/{wave.id}/{page}", 404)
