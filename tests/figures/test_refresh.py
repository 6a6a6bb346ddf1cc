"""From stored responses to stored figures, on both databases."""

from datetime import date, timedelta

import pytest
from conftest import NOON
from figures.town import answer, filled, found, people, wave_of
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.extensions import db
from engage.figures.calculate import calculate
from engage.figures.models import Figure, FigureRun
from engage.figures.refresh import NoFiguresError, refresh, refresh_due
from engage.figures.store import figures_of, newest_run, newest_runs, run_of
from engage.responses.models import Response
from engage.waves.models import WaveState
from engage.waves.published import definition_of

pytestmark = pytest.mark.either_database


@pytest.fixture
def session(app):
    found(db.session())
    return db.session()


def made(session, wave):
    refresh(session, wave.id, NOON)
    session.commit()
    return newest_run(session, wave.id)


def test_stored_responses_become_stored_figures(session):
    wave = filled(session)
    run = made(session, wave)
    assert (run.wave_id, run.made_at, run.interim) == (wave.id, NOON, True)
    assert run.flow.received == 600 == run.flow.used
    assert run.weighting.residents + run.weighting.visitors == 600
    assert run.weighting.margins == ("age and sex", "ward")
    overall = {each.indicator: each for each in figures_of(session, run.id, ["overall"])}
    safe = overall["safe_dark"]
    assert (safe.group, safe.label, safe.estimator) == ("all", "Everybody who lives here", "rake")
    assert 0 < safe.estimate.lower < safe.estimate.value < safe.estimate.upper < 1
    assert safe.estimate.base <= run.weighting.residents
    assert overall["safe_dark_score"].method == "mean"


def test_every_breakdown_is_there_with_names_for_people(session):
    run = made(session, filled(session))
    labels = {}
    for each in figures_of(session, run.id):
        labels.setdefault(each.breakdown, {})[each.group] = each.label
    assert list(labels) == [
        *("overall", "connection", "area_group", "ward", "age", "sex", "ethnicity"),
        *("disability", "religion", "sexual_orientation", "minority"),
    ]
    assert labels["area_group"] == {"N": "North", "S": "South"}
    assert labels["ward"]["W3"] == "Ward 3"
    assert labels["disability"] == {"disabled": "Disabled", "not_disabled": "Not disabled"}
    assert labels["connection"]["visitor"] == "I work, study or visit here"


def test_visitors_are_a_group_of_their_own_and_not_in_the_overall_figures(session):
    wave = wave_of(session)
    everyone = [*people(definition_of(wave.definition), 400)]
    residents = [each | {"connection": "resident", "safe_dark": "1"} for each in everyone[:200]]
    visitors = [each | {"connection": "visitor", "safe_dark": "5"} for each in everyone[200:]]
    answer(session, wave, residents + visitors)
    run = made(session, wave)
    found_ = {
        (each.breakdown, each.group): each
        for each in figures_of(session, run.id, ["overall", "connection"])
        if each.indicator == "safe_dark"
    }
    assert found_["overall", "all"].estimate.value == 1
    assert found_["connection", "resident"].estimate == found_["overall", "all"].estimate
    assert found_["connection", "visitor"].estimate.value == 0
    assert found_["connection", "visitor"].estimator == "unweighted"


def test_small_groups_are_hidden_with_every_number(session):
    run = made(session, filled(session, 150))
    hidden = [each for each in figures_of(session, run.id, ["ward"]) if each.estimate.hidden]
    assert hidden
    for each in hidden:
        assert each.estimate.base is None
        assert each.estimate.value != each.estimate.value  # not a number
    stored = session.scalars(select(Figure).where(Figure.flag.contains("[c]"))).all()
    assert all(row.estimate is row.base is row.lower is None for row in stored)


def test_a_closed_wave_is_final_and_one_without_answers_says_nobody(session):
    wave = wave_of(session, state=WaveState.CLOSED)
    run = made(session, wave)
    assert not run.interim
    assert run.flow.received == 0
    assert "Nobody" in run.weighting.reason
    assert all(each.estimate.empty for each in figures_of(session, run.id, ["overall"]))


def test_without_residents_on_record_everybody_counts_once(app):
    session = db.session()
    found(session, residents=False)
    run = made(session, filled(session, 100))
    assert "No residents are on record" in run.weighting.reason
    assert {each.estimator for each in figures_of(session, run.id, ["overall"])} == {"unweighted"}


def test_the_run_before_is_kept_and_older_ones_go_with_their_rows(session):
    wave = filled(session, 60)
    runs = [made(session, wave).id for _time in range(3)]
    assert session.scalars(select(FigureRun.id).order_by(FigureRun.id)).all() == runs[1:]
    assert run_of(session, runs[1]) is not None
    assert run_of(session, runs[0]) is None
    counted = select(func.count()).select_from(Figure).where(Figure.run_id == runs[0])
    assert session.scalar(counted) == 0


def test_the_same_answers_give_the_same_figures(session):
    wave = filled(session, 200)
    first = figures_of(session, made(session, wave).id)
    second = figures_of(session, made(session, wave).id)
    assert repr(first) == repr(second)


@pytest.mark.both_databases
@pytest.mark.parametrize("minutes", [-1, 1])
def test_of_two_runs_at_once_the_one_that_began_to_read_later_is_seen(
    session, monkeypatch, minutes
):
    wave_id = filled(session, 60).id
    session.commit()
    other = NOON + timedelta(minutes=minutes)

    def meanwhile(given):
        monkeypatch.undo()
        with Session(db.engine) as another:
            refresh(another, wave_id, other)
            another.commit()
        return calculate(given)

    monkeypatch.setattr("engage.figures.refresh.calculate", meanwhile)
    run = refresh(session, wave_id, NOON)
    session.commit()

    assert run.made_at == newest_run(session, wave_id).made_at == max(NOON, other)


@pytest.mark.both_databases
def test_nothing_is_stored_when_the_caller_rolls_back(session):
    wave = filled(session, 60)
    refresh(session, wave.id, NOON)
    session.rollback()
    assert newest_run(session, wave.id) is None
    assert newest_runs(session) == {}


def test_figures_outlive_the_answers_they_were_made_of(session):
    wave = filled(session, 60, delete_on=date(2026, 4, 2))
    before = made(session, wave)
    session.query(Response).delete()
    session.commit()
    with pytest.raises(NoFiguresError, match="due to be deleted on 2026-04-02"):
        refresh(session, wave.id, NOON + timedelta(days=31))
    session.rollback()
    assert newest_run(session, wave.id) == before


def test_an_unknown_wave_is_named(session):
    with pytest.raises(NoFiguresError, match="no wave 77"):
        refresh(session, 77, NOON)


def test_open_waves_and_those_closed_within_a_week_are_made_anew_daily(session):
    old, late = date(2026, 2, 1), date(2026, 2, 27)
    gone = {"state": WaveState.CLOSED, "opens_on": date(2026, 1, 1)}
    waves = {
        "open": filled(session, 20, name="open"),
        "late": filled(session, 20, name="late", closes_on=late, **gone),
        "old": filled(session, 20, name="old", closes_on=old, **gone),
        "draft": wave_of(session, name="draft", state=WaveState.DRAFT),
    }
    assert refresh_due(session, NOON) == 2
    session.commit()
    assert set(newest_runs(session)) == {waves["open"].id, waves["late"].id}


@pytest.mark.parametrize("questionnaire", ["young_people", "women_and_girls"])
def test_the_other_surveys_have_figures_too(session, questionnaire):
    wave = filled(session, 150, questionnaire)
    run = made(session, wave)
    assert bool(run.weighting.margins) == (questionnaire == "women_and_girls")
    assert len(figures_of(session, run.id, ["overall"])) > 20
