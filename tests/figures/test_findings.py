"""What a run finds besides its figures: rules of before, doubtful words, who answered."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOON
from figures.town import TODAY, answer, filled, found, people, wave_of
from sqlalchemy import select

from engage.extensions import db
from engage.figures.models import FigureRun
from engage.figures.refresh import FailedWavesError, refresh, refresh_due
from engage.figures.store import figures_of, newest_run, newest_runs
from engage.responses.models import Response
from engage.waves.published import definition_of

pytestmark = pytest.mark.either_database

MASHED = "sdfghjkl zxcvbnm"


@pytest.fixture
def session(app):
    found(db.session())
    return db.session()


def made(session, wave):
    refresh(session, wave.id, NOON)
    session.commit()
    return newest_run(session, wave.id)


def test_what_came_before_the_wave_opened_is_removed_by_todays_rules_alone(session):
    wave = wave_of(session)
    everyone = [*people(definition_of(wave.definition), 60)]
    answer(session, wave, everyone[:50])
    answer(session, wave, everyone[50:], start=50, day=wave.opens_on - timedelta(days=1))
    run = made(session, wave)
    assert run.flow.removed["before_opening"] == 10
    assert (run.flow.received, run.flow.used) == (60, 50)
    assert list(run.past_flows) == [1, 2]
    before = run.past_flows[1]
    assert (before.rules, before.received, before.used) == (1, 60, 60)
    assert "before_opening" not in before.removed


def test_who_wrote_no_words_is_marked_and_nothing_of_the_words_is_kept(session, caplog):
    caplog.set_level(logging.DEBUG)
    wave = wave_of(session)
    everyone = [*people(definition_of(wave.definition), 60)]
    mashed = [{**each, "one_thing": MASHED} for each in everyone[:7] if "one_thing" in each]
    answer(session, wave, [*mashed, *everyone[7:]])
    run = made(session, wave)
    assert run.flow.flagged["gibberish"] == len(mashed) > 3
    row = session.get(FigureRun, run.id)
    kept = [row.flow, row.past_flows, row.sensitivity, row.representation, row.unanswered]
    assert "sdfgh" not in " ".join(kept) + caplog.text
    assert "gibberish" not in run.past_flows[1].flagged


def test_who_answered_is_kept_beside_who_lives_here_without_small_counts(session):
    mirror = made(session, filled(session, 150)).representation
    ages = [group for group in mirror.groups if group.margin == "age"]
    assert [group.name for group in ages] == ["16 to 29", "30 to 44", "45 to 64", "65 or over"]
    assert {group.people % 10 for group in mirror.groups if group.people is not None} == {0}
    wards = [group for group in mirror.groups if group.margin == "ward"]
    assert all(group.residents > 0 for group in wards)
    assert [each.by for each in mirror.needed]


def test_a_survey_that_stands_for_nobody_says_so_instead(session):
    mirror = made(session, filled(session, 60, "young_people")).representation
    assert "not compared with the residents" in mirror.reason
    assert mirror.groups == mirror.needed == ()


def test_groups_put_together_are_a_breakdown_of_their_own(session):
    run = made(session, filled(session, 900))
    rows = {
        (each.breakdown, each.group): each
        for each in figures_of(session, run.id, ["ethnicity", "minority"])
        if each.indicator == "would_report"
    }
    parts = [rows["ethnicity", each].estimate.base for each in ("mixed", "asian", "black", "other")]
    assert rows["minority", "minority"].estimate.base == sum(parts)
    assert rows["minority", "minority"].label == "Ethnic minorities (excluding White minorities)"
    assert rows["minority", "white"].estimate == rows["ethnicity", "white"].estimate


def test_one_wave_that_cannot_be_counted_keeps_no_other_from_its_figures(session, caplog):
    broken, whole = filled(session, 20, name="a"), filled(session, 20, "young_people", name="b")
    first = session.scalars(select(Response).filter_by(wave_id=broken.id)).first()
    first.codes = b"?"
    session.commit()
    with pytest.raises(FailedWavesError, match=rf"1 waves: {broken.id} \(CodesError at core/"):
        refresh_due(session, NOON)
    session.commit()
    assert set(newest_runs(session)) == {whole.id}
    assert f"wave={broken.id}" in caplog.text
    assert first.id not in caplog.text


def test_what_is_stored_is_plain_data(session):
    run = made(session, filled(session, 60))
    row = session.get(FigureRun, run.id)
    assert TODAY.isoformat() not in row.representation
    assert json.loads(row.representation)["people"] == run.representation.people


def test_a_council_may_have_numbers_of_people_rounded_and_the_page_can_say_so(app, session):
    wave = filled(session, 203)
    exact = {each.estimate.base for each in figures_of(session, made(session, wave).id)}
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, counts_rounded_to=5)
    run = made(session, wave)
    told = {each.estimate.base for each in figures_of(session, run.id)}
    assert run.counts_rounded_to == 5
    assert all(base % 5 == 0 for base in told if base is not None)
    assert any(base % 5 for base in exact if base is not None)
    assert run.flow.received == 203
