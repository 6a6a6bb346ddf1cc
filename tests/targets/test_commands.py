"""Loading targets and listing them, on both databases."""

from datetime import date

import pytest
from figures.comparisons.stored import ALL, WOMEN, figure, run_over, wave
from figures.town import found
from sqlalchemy import select

from engage.extensions import db
from engage.figures.comparisons.make import compare_run
from engage.figures.comparisons.store import comparisons_of
from engage.targets.models import IndicatorTarget
from engage.targets.store import goals_of

HEADING = "questionnaire,indicator,breakdown,group,operator,value,year,source\n"
SAFE = "fear_of_crime,safe_dark,,,>=,72%,2026,The plan\n"
WOMEN_SAFE = "fear_of_crime,safe_dark,sex,female,>=,0.65,2025/26,The plan\n"


@pytest.fixture
def run(app, clock, tmp_path):
    """Load a file of this text; the result of the command."""
    found(db.session())

    def load(text, *options):
        file = tmp_path / "targets.csv"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["targets", "load", str(file), *options])

    return load


def on_record():
    rows = db.session.scalars(select(IndicatorTarget).order_by(IndicatorTarget.id)).all()
    return {(row.indicator, row.group, row.year): (row.value, row.set_on) for row in rows}


def test_targets_are_loaded_and_listed(run, app):
    done = run(HEADING + SAFE + WOMEN_SAFE)
    assert done.exit_code == 0, done.output
    assert done.output == ("fear_of_crime: 2 targets are on record; 2 new, 0 changed, 0 gone.\n")
    assert [goal.figure for goal in goals_of(db.session, "fear_of_crime")] == [
        ("safe_dark", *ALL),
        ("safe_dark", *WOMEN),
    ]
    listed = app.test_cli_runner().invoke(args=["targets", "list"]).output.splitlines()
    assert listed[0].startswith("questionnaire\tindicator\t")
    assert listed[1:] == [
        "fear_of_crime\tsafe_dark\toverall\tall\t>=\t0.72\t2026\tThe plan\t2026-03-02",
        "fear_of_crime\tsafe_dark\tsex\tfemale\t>=\t0.65\t2025/26\tThe plan\t2026-03-02",
    ]


def test_what_was_set_before_keeps_its_day(run, clock):
    run(HEADING + SAFE + WOMEN_SAFE + "young_people,safe_live,,,>=,0.8,2026,Plan\n")
    clock.move(days=10)
    hate = "fear_of_crime,hate_problem,,,<=,12%,2026,The plan\n"
    done = run(HEADING + SAFE.replace("72%", "74%") + WOMEN_SAFE + hate)
    assert "3 targets are on record; 1 new, 1 changed, 0 gone." in done.output
    first, second = date(2026, 3, 2), date(2026, 3, 12)
    assert on_record() == {
        ("safe_dark", "all", "2026"): (0.74, second),
        ("safe_dark", "female", "2025/26"): (0.65, first),
        ("safe_live", "all", "2026"): (0.8, first),
        ("hate_problem", "all", "2026"): (0.12, second),
    }
    assert "0 new, 0 changed, 2 gone" in run(HEADING + hate).output
    assert [*on_record()] == [("safe_live", "all", "2026"), ("hate_problem", "all", "2026")]


def test_with_one_fault_nothing_is_changed(run):
    run(HEADING + SAFE)
    before = on_record()
    done = run(HEADING + WOMEN_SAFE + "fear_of_crime,safe_dark,ward,W9,>=,72,2026,P\n")
    assert done.exit_code == 1
    assert "targets.csv cannot be imported, and nothing was changed:" in done.output
    assert "- Line 3: 'W9' is none of the groups of ward in fear_of_crime." in done.output
    assert "- Line 3: 72 is not from 0% to 100%. Write 72% or 0.72." in done.output
    assert "W1 (Ward 1), W2 (Ward 2)" in done.output
    assert on_record() == before


def test_a_group_of_any_breakdown_that_the_figures_have_can_have_a_target(run):
    row = "fear_of_crime,safe_dark,{},>=,0.5,2026,P\n"
    groups = ("connection,visitor", "area_group,N", "ward,W1", "age,16_24", "sex,male")
    done = run(HEADING + "".join(row.format(group) for group in groups))
    assert done.exit_code == 0, done.output


def test_the_survey_can_be_named_on_the_command_line(run):
    text = "indicator,operator,value,year,source\nsafe_dark,>=,0.72,2026,P\n"
    assert "Line 2 has no questionnaire." in run(text).output
    assert run(text, "--questionnaire", "fear_of_crime").exit_code == 0
    done = run(text, "--questionnaire", "pets")
    assert "There is no questionnaire 'pets'. There are: event_feedback" in done.output
    assert done.exit_code == 1


def test_loading_holds_figures_that_are_there_to_the_targets(run):
    session = db.session()
    made = run_over(session, wave(session, 2026), {("safe_dark", *ALL): figure(0.8)})
    compare_run(session, made)
    session.commit()
    made_id = made.id
    run(HEADING + SAFE)
    (verdict,) = comparisons_of(db.session, made_id).verdicts
    assert (verdict.verdict, verdict.target.year) == ("met", "2026")
    run(HEADING + SAFE.replace("72%", "90%"))
    (verdict,) = comparisons_of(db.session, made_id).verdicts
    assert verdict.verdict == "not met"


def test_figures_that_were_made_before_comparisons_were_kept_are_compared_by_a_command(run, app):
    session = db.session()
    for year in (2025, 2026):
        made = run_over(session, wave(session, year), {("safe_dark", *ALL): figure(0.8)})
    session.commit()
    made_id = made.id
    assert comparisons_of(session, made_id).changes == ()
    session.rollback()
    done = app.test_cli_runner().invoke(args=["targets", "judge"])
    assert "the figures of 2 waves were compared." in done.output
    (change,) = comparisons_of(db.session, made_id).changes
    assert (change.value, change.before_wave) == (0, "2025")


def test_a_list_without_targets_is_its_heading(run, app):
    done = app.test_cli_runner().invoke(args=["targets", "list"])
    assert done.output == (
        "questionnaire\tindicator\tbreakdown\tgroup\toperator\tvalue\tyear\tsource\tset on\n"
    )
