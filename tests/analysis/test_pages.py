"""The analyst's pages: what they say, who may open them, and asking for new figures."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOON
from figures.town import answer, filled, found, people, wave_of
from page import PageClient
from sqlalchemy import delete, select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.jobs.models import Job
from engage.jobs.store import claim, fail, finish
from engage.responses.models import Response
from engage.waves.models import WaveState
from engage.waves.published import definition_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def session(lite_app, clock):
    found(db.session())
    return db.session()


@pytest.fixture
def analyst(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def with_figures(session, count=300, questionnaire="fear_of_crime", **given):
    wave = filled(session, count, questionnaire, **given)
    refresh(session, wave.id, NOON)
    session.commit()
    return wave


def test_the_list_has_every_wave_that_went_into_the_field(session, analyst):
    with_figures(session, name="First")
    wave_of(session, "young_people", name="Second")
    wave_of(session, "women_and_girls", name="Hidden", state=WaveState.DRAFT)
    analyst.get("/staff/figures")
    assert "300 responses used. Made on 2 March 2026, 12:00. Interim" in analyst.text
    assert "Second Open until 1 April 2026. No figures yet." in analyst.text
    assert "Hidden" not in analyst.text


def test_the_page_says_what_was_found_and_how_far_to_trust_it(session, analyst):
    wave = with_figures(session)
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "How safe do you feel?, version 1" in text
    assert "Interim The wave was still open, so these figures will change." in text
    assert "Received 300 Removed 0 Used 300" in text
    assert "weighted by age and sex and by ward to 25,200 residents" in text
    assert "this is not a random sample" in text
    assert "Feels safe outside after dark" in text
    assert "95% interval" in text
    assert "Mean score from 1 to 5" in text


def bar_of(client: PageClient, label: str):
    rows = client.page.findall(".//li[@class]")
    return next(row for row in rows if label in " ".join(row.itertext()))


def test_a_bar_is_words_with_a_drawing_that_says_no_more(session, analyst):
    wave = wave_of(session)
    everyone = [
        each | {"connection": "resident"} for each in people(definition_of(wave.definition), 300)
    ]
    safe = [each | {"safe_dark": "1" if place < 75 else "4"} for place, each in enumerate(everyone)]
    answer(
        session,
        wave,
        [{**each, "ward": "dont_know", "age_band": "refused", "sex": "refused"} for each in safe],
    )
    refresh(session, wave.id, NOON)
    session.commit()
    analyst.get(f"/staff/figures/{wave.id}")
    row = bar_of(analyst, "Feels safe outside after dark")
    said = " ".join(" ".join(row.itertext()).split())
    assert said == "Feels safe outside after dark 25% 95% interval 20% to 30% 300 people"
    drawing = row.find(f"{SVG}svg")
    assert drawing.get("aria-hidden") == "true"
    assert "".join(drawing.itertext()).strip() == ""
    assert [part.get("width") for part in drawing.findall(f"{SVG}rect")] == ["100%", "25.0%"]


def test_small_groups_are_marked_and_the_marks_explained(session, analyst):
    wave = with_figures(session)
    text = analyst.get(f"/staff/figures/{wave.id}?by=ethnicity").text
    assert "[u] Fewer than 100 people answered. Read it with care." in text
    by = f"/staff/figures/{wave.id}?by=sexual_orientation"
    assert "Too few people answered to show it for any group." in analyst.get(by).text
    analyst.get(f"{by}&figure=why_not_trust")
    hidden = [
        row
        for row in analyst.page.findall(".//li[@class]")
        if "engage-bars__row--hidden" in row.get("class")
    ]
    assert hidden
    for row in hidden:
        assert row.find(f"{SVG}svg") is None
        assert not any(character.isdigit() for character in "".join(row.itertext()))
    assert "Not shown, so that nobody can be recognised" in analyst.text


def test_figures_can_be_seen_by_group_and_one_by_one(session, analyst):
    wave = with_figures(session)
    analyst.get(f"/staff/figures/{wave.id}?by=area_group")
    assert "By area group" in analyst.text
    assert "North" in analyst.text
    analyst.get(f"/staff/figures/{wave.id}?figure=safe_dark")
    assert "Higher is better." in analyst.text
    assert "I work, study or visit here" in analyst.text
    assert "Ward 6" in analyst.text
    analyst.get(f"/staff/figures/{wave.id}?figure=safe_dark&by=shoe_size", 404)
    analyst.get(f"/staff/figures/{wave.id}?by=shoe_size", 404)
    analyst.get(f"/staff/figures/{wave.id}?figure=<script>", 404)


def ways(client: PageClient) -> dict[str, str]:
    """The links above the figures, by what they say."""
    nav = client.page.find(".//nav[@aria-label='Ways to see the figures']")
    return {link.text: link.get("href") for link in nav.iterfind(".//a")}


def test_one_figure_stays_in_view_while_the_groups_change(session, analyst):
    path = f"/staff/figures/{with_figures(session).id}"
    analyst.get(f"{path}?figure=safe_dark")
    assert ways(analyst)["Ward"] == "?figure=safe_dark&by=ward#figures"
    analyst.get(path + ways(analyst)["Ward"].split("#")[0])
    headings = [each.text for each in analyst.page.iterfind(".//h4")]
    assert headings == ["Ward"]
    assert analyst.page.find(".//h3").text == "Feels safe outside after dark"
    assert ways(analyst)["Every group"] == "?figure=safe_dark#figures"
    assert ways(analyst)["Age"] == "?figure=safe_dark&by=age#figures"
    assert ways(analyst)["All figures"] == "?by=ward#figures"
    assert ways(analyst.get(f"{path}?by=ward"))["Age"] == "?by=age#figures"


def test_the_page_tells_no_count_of_a_few_people_of_a_kind(session, analyst):
    wave = with_figures(session, 90)
    text = analyst.get(f"/staff/figures/{wave.id}/who-answered").text
    details = text[text.index("What did not fit") : text.index("Weighted by Category")]
    assert "(fewer than 10 people) is weighted with" in details
    assert (
        "fewer than 20 people answered in each of these, so their weights rest on little" in details
    )
    assert not re.search(r"\b\d (people|person)\b", details)
    assert "consider merging" not in text


def test_reasons_for_removal_are_told_and_made_up_ones_say_so(session, analyst):
    wave = wave_of(session, made_up=True)
    full = [*people(definition_of(wave.definition), 60)]
    empty, young = {"age_band": "16_24", "connection": "visitor"}, {"age_band": "under_16"}
    answer(session, wave, [*full, empty, full[1] | young])
    answer(session, wave, [full[0]])  # the form of the first again
    refresh(session, wave.id, NOON)
    session.commit()
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "The answers of this wave are made up. So are the reasons" in text
    assert "Received 63 Removed 3 " in text
    for reason in ("Not for this survey: 1.", "Mostly empty: 1.", "Sent twice: 1."):
        assert reason in text


def test_a_closed_wave_is_not_interim(session, analyst):
    wave = with_figures(session, state=WaveState.CLOSED)
    assert "Interim" not in analyst.get(f"/staff/figures/{wave.id}").text


def test_who_asks_for_new_figures_waits_without_scripts_until_they_are_there(session, analyst):
    wave = filled(session, 60)
    path = f"/staff/figures/{wave.id}"
    assert "60 responses have come in." in analyst.get(path).text
    analyst.post(f"{path}/refresh").follow()
    assert "The figures are being made." in analyst.text
    assert analyst.page.find(".//meta[@http-equiv='refresh']") is not None
    analyst.get(path)
    assert analyst.page.find(".//meta[@http-equiv='refresh']") is None
    assert "New figures are being made." in analyst.text

    held = claim(session, NOON)
    assert (held.kind, held.payload) == ("refresh_figures", {"wave_id": wave.id})
    refresh(session, wave.id, NOON)
    finish(session, held)
    session.commit()
    assert analyst.get(f"{path}?wait=1", 302).location == path
    assert "Feels safe outside after dark" in analyst.get(path).text


def test_asking_twice_makes_one_job(session, analyst):
    wave = filled(session, 20)
    analyst.get(f"/staff/figures/{wave.id}")
    token = analyst.value("csrf_token")
    for _time in range(2):
        analyst.post(f"/staff/figures/{wave.id}/refresh", token=token)
    assert len(session.scalars(select(Job.id)).all()) == 1


def test_when_the_worker_fails_the_page_says_so(session, analyst):
    wave = filled(session, 20)
    analyst.get(f"/staff/figures/{wave.id}")
    analyst.post(f"/staff/figures/{wave.id}/refresh")
    now = NOON
    for _attempt in range(5):
        now += timedelta(hours=2)
        fail(session, claim(session, now), now, "KeyError")
        session.commit()
    assert "could not be made" in analyst.get(f"/staff/figures/{wave.id}").text


def test_once_the_answers_are_deleted_the_last_figures_stay(session, analyst, clock):
    wave = with_figures(session, delete_on=date(2026, 4, 2))
    session.execute(delete(Response))
    session.commit()
    clock.move(days=31)
    sign_in(analyst, make_staff(analyst.http.application, Role.ANALYST, "Ada Late"))
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "Deleted on 2 April 2026. These are the last figures." in text
    assert "Feels safe outside after dark" in text
    assert "Make the figures" not in text
    analyst.post(f"/staff/figures/{wave.id}/refresh", status=400)


def test_new_answers_since_the_figures_are_counted(session, analyst):
    wave = with_figures(session)
    answer(session, wave, people(definition_of(wave.definition), 5, seed=2))
    text = analyst.get(f"/staff/figures/{wave.id}").text
    assert "Since then the number of responses has gone from 300 to 305." in text


def test_analysts_make_figures_managers_look_and_others_sign_in(lite_app, session, clock):
    wave = with_figures(session)
    path = f"/staff/figures/{wave.id}"
    PageClient(lite_app).get(path, 302)
    manager = sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))
    assert "Make the figures" not in manager.get(path).text
    manager.post(f"{path}/refresh", status=403)
    administrator = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ADMINISTRATOR))
    assert "Make the figures anew" in administrator.get(path).text
    administrator.post(f"{path}/refresh", status=303)


def test_a_forged_or_missing_token_makes_no_job(session, analyst):
    wave = filled(session, 20)
    analyst.get(f"/staff/figures/{wave.id}")
    analyst.post(f"/staff/figures/{wave.id}/refresh", status=400, token="forged")
    assert session.scalars(select(Job.id)).all() == []


def test_an_unknown_wave_and_one_in_preparation_are_not_found(session, analyst):
    draft = wave_of(session, state=WaveState.DRAFT)
    analyst.get("/staff/figures/999", 404)
    analyst.get(f"/staff/figures/{draft.id}", 404)


WITHOUT_PANDAS = """
import sys
sys.path.insert(0, "tests")
from pathlib import Path
from settings import settings_for
from page import PageClient
from staff import make_staff, sign_in
from engage.app import create_app

folder, url, wave = sys.argv[1:]
app = create_app(settings_for(Path(folder), DATABASE_URL=url))
client = PageClient(app)
client.get("/")
with app.app_context():
    sign_in(client, make_staff(app, "analyst"))
client.get(f"/staff/figures/{wave}")
assert "Feels safe outside after dark" in client.text
heavy = {"pandas", "numpy", "scipy", "pyarrow", "pyreadstat"} & set(sys.modules)
assert not heavy, heavy
"""


def test_the_web_process_never_carries_pandas(session, sqlite_url, tmp_path):
    wave = with_figures(session, 60)
    given = [sys.executable, "-c", WITHOUT_PANDAS, str(tmp_path), sqlite_url, str(wave.id)]
    session.rollback()
    root = Path(__file__).parents[2]
    run = subprocess.run(given, cwd=root, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
