"""From stored tables to stored changes and verdicts, on both databases."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest
from conftest import running
from figures.comparisons.stored import ALL, HIDDEN, MEN, NOBODY, WOMEN, figure, run_over, wave
from figures.town import TODAY, answer, people
from publishing.editions import let_out
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engage.core.indicators.goals import Goal
from engage.core.indicators.model import BreakKind
from engage.core.statistics.sampling import SampleType
from engage.core.statistics.target import Operator, Target
from engage.extensions import db
from engage.figures.comparisons.make import compare_all, compare_run
from engage.figures.comparisons.models import FigureChange, FigureVerdict
from engage.figures.comparisons.store import comparisons_of
from engage.figures.comparisons.waves import hold_others_off
from engage.targets.store import replace_targets
from engage.waves.catalogue import SHIPPED
from engage.waves.models import PublishedDefinition, WaveState
from engage.waves.published import canonical, definition_of, digest

pytestmark = pytest.mark.either_database

SURVEY, SAFE = "fear_of_crime", "safe_dark"
BEFORE = {
    (SAFE, *ALL): figure(0.60),
    (SAFE, *WOMEN): figure(0.50, 0.03, 220),
    (SAFE, *MEN): HIDDEN,
    ("ni5", *ALL): figure(0.70),
    ("police_good", *ALL): NOBODY,
}
AFTER = {
    (SAFE, *ALL): figure(0.72),
    (SAFE, *WOMEN): figure(0.66, 0.03, 240),
    (SAFE, *MEN): figure(0.78, 0.03, 180),
    ("ni5", *ALL): HIDDEN,
    ("police_good", *ALL): figure(0.40),
    ("hate_problem", *ALL): figure(0.14),
}


@pytest.fixture
def session(app):
    return db.session()


def compared(session, of_wave, figures=AFTER, **given):
    """A run over a wave, stored and compared."""
    run = run_over(session, of_wave, figures, **given)
    compare_run(session, run)
    session.commit()
    return run


def changes(session, run):
    stored = comparisons_of(session, run.id).changes
    return {(each.indicator, each.breakdown, each.group): each for each in stored}


def change(session, run):
    return changes(session, run)[SAFE, *ALL]


def set_targets(session, *goals):
    replace_targets(session, SURVEY, goals, TODAY)
    session.commit()


def goal(value, year="2026", figure=ALL):
    target = Target(Operator.AT_LEAST, value, year, "The plan")
    return Goal(SAFE, target, *figure)


def test_a_change_is_stored_with_its_error_its_test_and_what_it_was_compared_with(session):
    first = compared(session, wave(session, 2025), BEFORE)
    second = compared(session, wave(session, 2026))
    each = change(session, second)
    assert (each.before_wave, each.before_run, each.label) == ("2025", first.id, "All")
    assert each.value == pytest.approx(0.12)
    assert each.standard_error == pytest.approx(math.hypot(0.02, 0.02))
    assert (each.lower, each.upper) == pytest.approx((0.12 - 0.05552, 0.12 + 0.05552), abs=1e-5)
    assert each.p == each.p_adjusted == pytest.approx(2.5e-5, rel=0.05)
    assert each.detectable == pytest.approx(2.8016 * math.hypot(0.02, 0.02), rel=1e-4)
    assert (each.tests, each.reason, each.says, each.break_kind) == (1, None, "", "")
    assert [*changes(session, second)] == [*AFTER]
    assert changes(session, first) == {}


def test_without_a_change_the_reason_is_stored_and_no_number(session):
    compared(session, wave(session, 2025), BEFORE)
    second = compared(session, wave(session, 2026))
    reasons = {key: each.reason for key, each in changes(session, second).items() if each.reason}
    assert reasons == {
        (SAFE, *MEN): "hidden",
        ("ni5", *ALL): "hidden",
        ("police_good", *ALL): "nobody",
        ("hate_problem", *ALL): "new",
    }
    assert all(changes(session, second)[key].says for key in reasons)


def test_no_row_about_a_hidden_figure_has_a_number(session):
    set_targets(session, goal(0.5), goal(0.5, figure=MEN))
    compared(session, wave(session, 2025), BEFORE)
    after = AFTER | {(SAFE, *ALL): HIDDEN}
    run = compared(session, wave(session, 2026), after)
    hidden = {key for table in (BEFORE, after) for key, each in table.items() if each.hidden}
    told = 0
    for model, names in (
        (FigureChange, "value standard_error lower upper p p_adjusted detectable"),
        (FigureVerdict, "distance lower upper detectable"),
    ):
        for row in session.scalars(select(model)):
            table = after if row.run_id == run.id else BEFORE
            key = (row.indicator, row.breakdown, row.group)
            if key in hidden and (model is FigureChange or table[key].hidden):
                assert {getattr(row, name) for name in names.split()} == {None}
                assert row.reason == "hidden"
                told += 1
    assert told == 5


def test_one_breakdown_or_one_indicator_can_be_asked_for(session):
    set_targets(session, goal(0.5), goal(0.5, figure=WOMEN))
    compared(session, wave(session, 2025), BEFORE)
    run = compared(session, wave(session, 2026))
    by_sex = comparisons_of(session, run.id, breakdown="sex")
    assert [each.group for each in by_sex.changes] == ["female", "male"]
    assert [each.group for each in by_sex.verdicts] == ["female"]
    of_safe = comparisons_of(session, run.id, indicator=SAFE)
    assert {each.indicator for each in of_safe.changes} == {SAFE}
    assert len(of_safe.changes) == 3
    both = comparisons_of(session, run.id, "overall", SAFE)
    assert len(both.changes) == len(both.verdicts) == 1


def test_new_figures_of_a_wave_change_what_comes_after(session):
    first, second = wave(session, 2025), wave(session, 2026)
    compared(session, first, BEFORE)
    run = compared(session, second)
    again = compared(session, first, BEFORE | {(SAFE, *ALL): figure(0.62)})
    assert change(session, run).before_run == again.id
    assert change(session, run).value == pytest.approx(0.10)


def test_a_change_goes_with_either_of_its_runs(session):
    first, second = wave(session, 2025), wave(session, 2026)
    before = compared(session, first, BEFORE)
    older, newest = compared(session, second), compared(session, second)
    again = compared(session, first, BEFORE)
    assert change(session, older).before_run == before.id
    session.delete(before)
    session.commit()
    assert changes(session, older) == {}
    assert change(session, newest).before_run == again.id
    session.delete(newest)
    session.commit()
    assert session.scalar(select(func.count()).select_from(FigureChange)) == 0


def test_the_wave_before_is_the_last_of_the_same_survey_that_opened_earlier(session):
    last = wave(session, 2026)
    compared(session, wave(session, 2023), BEFORE)
    compared(session, wave(session, 2024, questionnaire="young_people"), BEFORE)
    compared(session, wave(session, 2024, name="Tried", made_up=True), BEFORE)
    compared(session, wave(session, 2025, name="Planned", state=WaveState.DRAFT), BEFORE)
    wave(session, 2025, name="Has no figures")
    compared(session, wave(session, 2027), BEFORE)
    run = compared(session, last)
    assert change(session, run).before_wave == "2023"


def test_a_wave_whose_figures_are_made_late_takes_its_place_between_two(session):
    waves = [wave(session, year) for year in (2024, 2025, 2026)]
    compared(session, waves[0], BEFORE)
    last = compared(session, waves[2])
    assert change(session, last).before_wave == "2024"
    compared(session, waves[1], BEFORE)
    assert change(session, last).before_wave == "2025"


def test_of_two_waves_that_opened_on_one_day_the_later_number_is_after(session):
    waves = [wave(session, 2025, name=name) for name in ("A", "B")]
    runs = [compared(session, each, AFTER) for each in waves]
    assert change(session, runs[1]).before_wave == "A"
    assert changes(session, runs[0]) == {}


def test_people_found_in_another_way_break_every_series(session):
    compared(session, wave(session, 2025), BEFORE)
    run = compared(session, wave(session, 2026, sample=SampleType.RANDOM))
    each = change(session, run)
    assert (each.reason, each.break_kind) == ("broken", BreakKind.MODE)
    assert "found in another way" in each.says
    assert math.isnan(each.value)


def published_anew(session, of_wave, question, words):
    """The next version of a wave's questionnaire, in which one question has other words."""
    content = json.loads(of_wave.definition.content)
    content["version"] += 1
    for section in content["sections"]:
        for each in section["questions"]:
            if each["id"] == question:
                each["text"] = words
    row = PublishedDefinition(
        questionnaire=content["id"],
        version=content["version"],
        digest=digest(canonical(content)),
        content=canonical(content),
        published_on=TODAY,
    )
    session.add(row)
    session.commit()
    return row


def test_changed_words_break_the_series_that_they_are_about(session):
    first, second = wave(session, 2025), wave(session, 2026)
    second.definition_id = published_anew(session, first, SAFE, "Is it safe here at night?").id
    compared(session, first, AFTER)
    run = compared(session, second)
    each = change(session, run)
    assert (each.reason, each.break_kind) == ("broken", "wording")
    assert each.says
    assert math.isnan(each.value)
    assert changes(session, run)["ni5", *ALL].reason == "hidden"
    assert changes(session, run)["hate_problem", *ALL].value == 0


def test_other_weighting_is_no_change(session):
    compared(session, wave(session, 2025), BEFORE, estimator="unweighted")
    each = change(session, compared(session, wave(session, 2026)))
    assert (each.reason, math.isnan(each.value)) == ("weighting", True)


def test_a_target_has_a_verdict_by_the_printed_interval(session):
    set_targets(
        session,
        goal(0.5, figure=("ward", "W99")),
        goal(0.8, "2025/26", WOMEN),
        goal(0.7),
        goal(0.9, "2027"),
    )
    run = compared(session, wave(session, 2026))
    everybody, women, nowhere = comparisons_of(session, run.id).verdicts
    assert everybody.target == Target(Operator.AT_LEAST, 0.7, "2026", "The plan")
    assert (everybody.verdict, everybody.label) == ("met within sampling error", "All")
    limits = (everybody.distance, everybody.lower, everybody.upper)
    assert limits == pytest.approx((0.02, -0.02, 0.06))
    assert everybody.detectable == pytest.approx(2.8016 * math.hypot(0.02, 0.02), rel=1e-4)
    assert (women.verdict, women.label, women.ahead) == ("not met", "Female", False)
    assert (nowhere.verdict, nowhere.reason, nowhere.label) == (None, "gone", "W99")
    assert nowhere.says == "There is no such figure."


def test_targets_that_are_loaded_later_are_held_to_figures_that_are_there(session):
    old = compared(session, wave(session, 2024), BEFORE)
    now = wave(session, 2026)
    seen = compared(session, now)
    let_out(session, now)  # partners see this run alone
    run = compared(session, now)
    assert comparisons_of(session, run.id).verdicts == ()
    set_targets(session, goal(0.5, "2025"))
    assert compare_all(session, SURVEY) == 2
    session.commit()
    (verdict,) = comparisons_of(session, run.id).verdicts
    assert (verdict.verdict, verdict.ahead) == ("met", False)
    (ahead,) = comparisons_of(session, old.id).verdicts
    assert (ahead.target.year, ahead.ahead) == ("2025", True)
    assert comparisons_of(session, seen.id).verdicts == (verdict,)
    assert len(changes(session, run)) == len(changes(session, seen)) == len(AFTER)


def test_the_target_in_the_indicator_file_counts_until_there_is_one_on_record(
    session, app, tmp_path
):
    own = Target(Operator.HOLD, 0.72, "2026", "The file")
    shipped = (SHIPPED / "indicators" / f"{SURVEY}.yaml").read_text("utf-8")
    target = '    target: {operator: "=", value: 0.72, year: "2026", source: The file}'
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / f"{SURVEY}.yaml").write_text(
        shipped.replace(f"  - id: {SAFE}\n", f"  - id: {SAFE}\n{target}\n"), "utf-8"
    )
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, definitions_dir=tmp_path)
    run = compared(session, wave(session, 2026))
    (verdict,) = comparisons_of(session, run.id).verdicts
    assert (verdict.target, verdict.verdict) == (own, "met within sampling error")
    set_targets(session, goal(0.5, figure=WOMEN), goal(0.5, "2025"))
    compare_all(session, SURVEY)
    sources = [each.target.source for each in comparisons_of(session, run.id).verdicts]
    assert sources == ["The plan", "The plan"]


def test_nothing_is_kept_when_the_caller_rolls_back(session):
    compared(session, wave(session, 2025), BEFORE)
    run = run_over(session, wave(session, 2026), AFTER)
    compare_run(session, run)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(FigureChange)) == 0


def test_two_runs_are_compared_one_after_the_other_while_people_answer(postgres_url, tmp_path):
    with running(tmp_path, postgres_url):
        session = db.session()
        first, second = wave(session, 2025), wave(session, 2026)
        compared(session, first, BEFORE)
        compare_run(session, run_over(session, second, AFTER))
        with Session(db.engine) as other:
            other.execute(text("set lock_timeout = '300ms'"))
            answer(other, second, people(definition_of(second.definition), 1))
            with pytest.raises(OperationalError, match="lock timeout"):
                hold_others_off(other, SURVEY)
            other.rollback()
            session.commit()
            hold_others_off(other, SURVEY)
            other.rollback()


def test_a_year_is_that_of_the_day_on_which_the_wave_opened(session):
    early = wave(session, 2026)
    assert early.opens_on == date(2026, 2, 1)
    set_targets(session, goal(0.5, "2025/26"), goal(0.6, "2026/27"))
    (verdict,) = comparisons_of(session, compared(session, early).id).verdicts
    assert verdict.target.year == "2025/26"
