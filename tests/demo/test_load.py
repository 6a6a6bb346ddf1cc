"""The demonstration is loaded once, whole, and only on this machine."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from page import PageClient
from quick import SHIPPED_STRETCH
from settings import settings_for
from sqlalchemy import func, select

from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import matches
from engage.app import create_app
from engage.approvals.store import waiting
from engage.areas.models import Ward
from engage.areas.search import find
from engage.areas.store import population_rows
from engage.clock import day_of
from engage.config import ROOT, read_settings
from engage.demo.allowed import reasons_against
from engage.demo.load import load
from engage.demo.logins import LOGINS
from engage.demo.manner import Period
from engage.demo.plan import COMPARED, WAVES
from engage.demo.short import SHORT
from engage.extensions import db
from engage.figures.comparisons.store import comparisons_of
from engage.figures.models import FigureRun
from engage.figures.store import figures_of, newest_run
from engage.keyring.ready import can_take
from engage.reports import restoring
from engage.responses.models import Response
from engage.responses.store import received
from engage.seals import stretch
from engage.waves.models import Wave, WaveState
from engage.waves.store import open_waves


@pytest.fixture(scope="module")
def site(loaded_borough, tmp_path_factory):
    """A site of this machine with the demonstration loaded, just now."""
    folder = tmp_path_factory.mktemp("demo") / "instance"
    shutil.copytree(loaded_borough, folder)
    app = create_app(read_settings({"INSTANCE_DIR": str(folder)}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def loaded_at(site) -> datetime:
    """When it was loaded."""
    return db.session.scalars(select(FigureRun.made_at)).first()


def waves():
    """Those with made-up answers."""
    planned = Wave.questionnaire.in_([plan.questionnaire for plan in WAVES])
    return db.session.scalars(select(Wave).filter(planned).order_by(Wave.id)).all()


def test_each_survey_has_two_past_waves_and_an_open_one_all_marked_as_made_up(site, loaded_at):
    for plan, wave in zip(WAVES, waves(), strict=True):
        assert wave.made_up
        assert wave.state == (WaveState.OPEN if plan.open else WaveState.CLOSED)
        assert received(db.session(), wave.id) == plan.received
        assert wave.delete_on.year > loaded_at.year + 3
    assert len(open_waves(db.session(), day_of(loaded_at))) == 3 + len(SHORT)


def test_the_short_questionnaires_wait_for_their_first_answers(site):
    for name in SHORT:
        [wave] = db.session.query(Wave).filter_by(questionnaire=name)
        assert wave.made_up
        assert wave.state == WaveState.OPEN
        assert received(db.session(), wave.id) == 0
        assert newest_run(db.session(), wave.id) is None


def test_nobody_answered_outside_a_wave_or_in_the_future(site, loaded_at):
    for wave in waves():
        days = select(func.min(Response.day), func.max(Response.day)).filter_by(wave_id=wave.id)
        first, last = db.session.execute(days).one()
        assert wave.opens_on <= first <= last <= min(wave.closes_on, day_of(loaded_at))


def test_every_wave_has_its_figures_at_once(site):
    for plan, wave in zip(WAVES, waves(), strict=True):
        run = newest_run(db.session(), wave.id)
        assert run.flow.used == plan.used
        assert run.interim is plan.open
    latest = newest_run(db.session(), waves()[1].id)
    dark = next(
        each
        for each in figures_of(db.session(), latest.id, ["overall"])
        if each.indicator == "safe_dark"
    )
    assert round(dark.estimate.value * 100) == 72


def test_figures_are_compared_with_the_wave_before_and_held_to_the_targets(site):
    for plan, wave in zip(WAVES, waves(), strict=True):
        stored = comparisons_of(db.session(), newest_run(db.session(), wave.id).id, "overall")
        assert bool(stored.changes) == (plan.period is not Period.BEFORE)
        assert any(each.verdict for each in stored.verdicts)
    latest = newest_run(db.session(), waves()[1].id)
    stored = comparisons_of(db.session(), latest.id, "overall", "safe_dark")
    assert round(stored.changes[0].value * 100) == 6
    assert stored.verdicts[0].target.value == 0.72


def test_of_two_versions_of_a_questionnaire_one_series_breaks_and_another_goes_on(site):
    listed = select(Wave).filter_by(questionnaire=COMPARED[0].questionnaire).order_by(Wave.id)
    own = db.session.scalars(listed).all()
    assert [each.definition.version for each in own] == [1, 1, 2]
    assert {each.state for each in own} == {WaveState.CLOSED}  # nothing new on the home page
    latest = newest_run(db.session(), own[-1].id)
    changes = comparisons_of(db.session(), latest.id, "overall").changes
    broken = {each.indicator: each.break_kind for each in changes}
    assert broken == {
        "safe_ride": "",
        "safe_stop": "answers",
        "sees_staff": "wording",
        "call_help": "",  # asked for the first time: there is nothing to compare it with
    }


def test_the_borough_can_be_searched_and_has_its_residents(site):
    assert find(db.session(), "anvil")[0].ward_name == "Foundry Lane"
    assert find(db.session(), "qh9 1aa")[0].ward_name == "Inkwell Cross"
    assert len(population_rows(db.session())) == 20 * 2 * 91


def test_the_demonstration_accounts_can_sign_in(site):
    for login in LOGINS:
        member = db.session.scalar(select(StaffMember).filter_by(email=login.email))
        assert member.role == login.role
        assert matches(member.password_hash, login.password)


def test_a_second_loading_does_nothing_and_says_so(site):
    runs = db.session.scalar(select(func.count()).select_from(FigureRun))
    result = site.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0
    assert "Quillhaven, an invented borough, is loaded already." in result.output
    for login in LOGINS:
        assert f"{login.email}" in result.output
        assert f"  {login.password}\n" in result.output
    assert len(waves()) == len(WAVES)
    assert db.session.scalar(select(func.count()).select_from(FigureRun)) == runs


def test_figures_that_are_missing_are_made_by_a_second_loading(site, loaded_at):
    lost = waves()[-1].id
    db.session.delete(db.session.scalar(select(FigureRun).filter_by(wave_id=lost)))
    db.session.commit()
    assert not load(db.session(), site.extensions["settings"], loaded_at)
    assert newest_run(db.session(), lost) is not None


def test_a_second_person_has_a_publication_and_a_request_to_decide(site):
    for kind in ("publication", "full_request"):
        [asked] = waiting(db.session(), kind)
        assert db.session.get(StaffMember, asked.asked_by).role == Role.ANALYST


def test_the_logins_are_printed(site):
    result = site.test_cli_runner().invoke(args=["demo", "logins"])
    assert result.exit_code == 0
    assert "for this machine only" in result.output
    assert result.output.count("@quillhaven.example") == len(LOGINS)


def test_a_login_with_keys_has_a_code_of_the_moment(site, loaded_at, clock, monkeypatch):
    clock.at = loaded_at
    monkeypatch.setattr(stretch, "PASSES", SHIPPED_STRETCH[0])  # as when its keys were made
    monkeypatch.setattr(stretch, "MEMORY", SHIPPED_STRETCH[1])
    client = PageClient(site)
    [login] = [each for each in LOGINS if each.email.startswith("caseworker")]
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {"email": login.email, "password": login.password}).follow()
    code = site.test_cli_runner().invoke(args=["demo", "code", login.email]).output.strip()
    assert client.page.find(".//main//code").text == code  # nobody has its generator
    client.post("/staff/second-step", {"code": code})
    client.get("/staff")
    assert can_take(db.session())
    kept = Path(site.instance_path) / "demo-recovery-key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert restoring.recovery_pair(db.session(), kept.read_text("ascii"))
    other = site.test_cli_runner().invoke(args=["demo", "code", "partner@quillhaven.example"])
    assert other.exit_code == 1


@pytest.fixture
def empty_site(sqlite_template, tmp_path):
    shutil.copy(sqlite_template, tmp_path / "demo.sqlite")
    app = create_app(settings_for(tmp_path, DEMO="1"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_there_are_no_logins_before_it_is_loaded(empty_site):
    result = empty_site.test_cli_runner().invoke(args=["demo", "logins"])
    assert result.exit_code == 1
    assert "It is not loaded" in result.output


def test_a_database_with_something_else_in_it_is_left_alone(empty_site):
    db.session.add(Ward(code="E05000001", name="A real ward"))
    db.session.commit()
    result = empty_site.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "holds wards that are not the demonstration's" in result.output
    assert db.session.scalar(select(func.count()).select_from(Wave)) == 0


def test_it_is_refused_where_it_is_off(lite_app):
    for command in ("load", "logins"):
        result = lite_app.test_cli_runner().invoke(args=["demo", command])
        assert result.exit_code == 1
        assert "DEMO is off. Set DEMO=1" in result.output
    assert db.session.scalar(select(func.count()).select_from(Wave)) == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"host": "0.0.0.0"}, "HOST is 0.0.0.0, which others can reach"),
        ({"public_url": "https://surveys.example.org"}, "not an address of this machine"),
        ({"database_url": "postgresql+psycopg://db/engage"}, "DATABASE_URL is no SQLite"),
        ({"demo": False}, "DEMO is off"),
    ],
)
def test_it_is_refused_wherever_others_could_reach_it(empty_site, changed, told):
    settings = empty_site.extensions["settings"]
    assert reasons_against(settings) == []
    elsewhere = replace(settings, **changed)
    assert any(told in reason for reason in reasons_against(elsewhere))
    empty_site.extensions["settings"] = elsewhere
    result = empty_site.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert told in result.output
    assert db.session.scalar(select(func.count()).select_from(Wave)) == 0


def test_the_documented_logins_are_the_real_ones():
    paper = (ROOT / "docs" / "demonstration.md").read_text("utf-8")
    for login in LOGINS:
        assert f"| {login.email} | {login.password} |" in paper
