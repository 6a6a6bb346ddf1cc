"""The commands about definitions and waves."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from engage.extensions import db
from engage.waves import transitions
from engage.waves.faults import WavePlan
from engage.waves.models import PublishedDefinition


def run(app, *words):
    return app.test_cli_runner().invoke(args=words)


def test_the_shipped_definitions_are_sound(lite_app):
    result = run(lite_app, "check-definitions")
    assert result.exit_code == 0, result.output
    assert "are sound" in result.output


def test_faults_in_the_councils_own_folder_are_listed_and_the_command_fails(lite_app, catalogue):
    catalogue.put(catalogue.own / "dogs" / "v1.yaml", "id: dogs")
    settings = lite_app.extensions["settings"]
    lite_app.extensions["settings"] = replace(settings, definitions_dir=catalogue.own)
    result = run(lite_app, "check-definitions")
    assert result.exit_code == 1
    assert "dogs/v1.yaml" in result.output
    assert "faults." in result.output


def test_waves_are_listed(app):
    assert "There are no waves yet" in run(app, "waves", "list").output
    days = (date(2026, 3, 2), date(2026, 4, 2), date(2028, 4, 2))
    transitions.create(db.session, WavePlan("fear_of_crime", "Spring", *days), date(2026, 3, 1))
    db.session.commit()
    line = run(app, "waves", "list").output
    assert "fear_of_crime\tSpring\tdraft\t2026-03-02 to 2026-04-02, deleted on 2028-04-02" in line


def test_the_newest_definition_is_published_once(app):
    for _ in range(2):
        result = run(app, "waves", "publish", "fear_of_crime")
        assert "fear_of_crime version 1 is published as number 1" in result.output
    assert db.session.scalar(select(func.count()).select_from(PublishedDefinition)) == 1


def test_an_unknown_questionnaire_is_not_published(app):
    result = run(app, "waves", "publish", "dogs")
    assert result.exit_code == 1
    assert "There is no questionnaire 'dogs'. There are: event_feedback" in result.output
