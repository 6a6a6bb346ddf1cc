"""Every feature of the engine in a real browser, from its tiny definition: each page and state."""

import shutil

import pytest
from access import check_access
from named import check_names
from server import Server
from settings import settings_for
from survey import DEFINITIONS, open_a_wave
from walk import answer_page, on_a_question, press

from engage.app import create_app
from engage.areas.places import NamedPlace, replace_places
from engage.extensions import db

FEATURES = sorted(
    file.parent.name for file in DEFINITIONS.glob("*/v1.yaml") if file.parent.name != "invited"
)
"""All but the one that asks for a code first: `test_every_page.py` walks a survey like it."""


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory) -> Server:
    """The site with an open wave of each tiny definition, in place of the surveys that ship."""
    folder = tmp_path_factory.mktemp("features")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    app = create_app(settings_for(folder, DATABASE_URL=url))
    with app.app_context():
        for feature in FEATURES:
            open_a_wave("2026", DEFINITIONS / feature / "v1.yaml")
        replace_places(
            db.session,
            [NamedPlace("Mill Park", "park", "W2"), NamedPlace("Old Mill", "landmark", "W1")],
        )
        db.session.commit()
        db.engine.dispose()
    server = Server(folder, url).start()
    yield server
    server.stop()


def begin(page, feature: str) -> None:
    page.goto(f"/surveys/{feature.replace('_', '-')}")
    press(page, "Start now")


@pytest.mark.browser
@pytest.mark.parametrize("feature", FEATURES)
def test_every_page_of_a_feature_is_accessible_empty_and_filled(page, site, feature):
    begin(page, feature)
    while on_a_question(page):
        check_names(page, "empty")
        answer_page(page, PREFER.get(feature))
        check_access(page, "filled")
        press(page, "Save and continue")
    assert page.url.endswith("/check")
    check_access(page, "check")


PREFER = {
    "comparing": {
        "q_times": "5",
        "q_moved-month": "1",
        "q_moved-year": "2020",
        "q_last_year": "5",
        "q_first-month": "2",
        "q_first-year": "2020",
    },
    "calculated": {"q_by_day": "4", "q_by_night": "7", "q_alone": "3"},
    "required_if": {"q_years": "3"},
    "totals": {
        "q_visits": "9",
        "q_light": "100",
        "q_police": "0",
        "q_shops": "",
        "q_alone": "9",
        "q_together": "",
        "q_awake": "16",
        "q_asleep": "8",
    },
    "routing": {"q_visits": "25"},
    "every_kind": {"q_years": "3"},
    "rules": {
        "q_years": "50",
        "q_visits": "3",
        "q_last-month": "1",
        "q_last-year": "2024",
    },
    "ranking": {
        "q_first-light": "1",
        "q_first-police": "2",
        "q_first-shops": "",
        "q_three-bus": "3",
        "q_three-foot": "1",
        "q_three-bike": "2",
        "q_three-car": "",
    },
    "wording": {"q_minutes": "10"},
    "piping": {
        "q_spot": "the <b>quay</b>",
        "q_visits": "3",
        "q_since-month": "3",
        "q_since-year": "2024",
        "q_rank-light": "1",
        "q_rank-people": "2",
        "q_hours": "4",
        "q_when-day": "1",
        "q_when-month": "2",
        "q_when-year": "2026",
    },
    "places": {"q_years": "3"},
    "when": {
        "q_happened-day": "5",
        "q_happened-month": "March",
        "q_happened-year": "2026",
        "q_moved-month": "1",
        "q_moved-year": "2026",
    },
}


@pytest.mark.browser
def test_the_notice_of_what_was_taken_out_is_accessible(page, site):
    begin(page, "routing")
    answer_page(page, PREFER["routing"])
    press(page, "Save and continue")
    answer_page(page)
    press(page, "Save and continue")
    page.goto("/surveys/routing/page/you")
    page.fill("#q_visits", "3")
    press(page, "Save and continue")
    assert "You changed an answer" in page.inner_text("main")
    check_access(page, "notice")


@pytest.mark.browser
def test_a_box_beside_an_option_opens_with_it_and_is_reached_by_keyboard(page, site):
    begin(page, "write_in")
    assert not page.is_visible("#q_connection_other_text")
    page.check("input[name=q_connection][value=other]")
    assert page.is_visible("#q_connection_other_text")
    page.keyboard.press("Tab")
    page.keyboard.type("My nan")
    assert page.input_value("#q_connection_other_text") == "My nan"
    check_access(page, "open")
    page.check("input[name=q_age_band][value='2']")
    page.fill("#q_connection_other_text", "")
    press(page, "Save and continue")
    assert "Say what, in a few words" in page.inner_text("main")
    check_access(page, "error")


@pytest.mark.browser
def test_a_postcode_that_is_not_known_is_said_accessibly(page, site):
    begin(page, "postcode")
    answer_page(page)
    press(page, "Save and continue")
    page.fill("#find_words", "XX9 9ZZ")
    press(page, "Save and continue")
    assert "We do not know the postcode" in page.inner_text("main")
    check_access(page, "unknown")


@pytest.mark.browser
def test_the_count_of_letters_left_is_live(page, site):
    begin(page, "long_text")
    answer_page(page)
    press(page, "Save and continue")
    page.fill("#q_idea", "x" * 43)
    page.wait_for_selector("text=You have 7 characters remaining")
    page.fill("#q_idea", "x" * 53)
    page.wait_for_selector("text=You have 3 characters too many")
    check_access(page, "too many")


@pytest.mark.browser
def test_answers_that_do_not_go_together_are_told_accessibly(page, site):
    begin(page, "rules")
    page.check("input[name=q_age_band][value='2']")
    press(page, "Save and continue")
    page.fill("#q_years", "50")
    page.fill("#q_visits", "0")
    page.check("input[name=q_came_by][value=bus]")
    press(page, "Save and continue")
    page.click("text=You said that you did not come. >> nth=0")
    assert page.evaluate("document.activeElement.id") == "q_came_by"
    check_access(page, "error")


@pytest.mark.browser
@pytest.mark.parametrize("feature", ["place", "places"])
def test_places_are_found_and_chosen_by_keyboard_and_accessibly(page, site, feature):
    begin(page, feature)
    answer_page(page)
    press(page, "Save and continue")
    page.fill("#find_words", "mill")
    with page.expect_navigation(wait_until="load"):
        page.press("#find_words", "Enter")
    assert "We found 2 places for “mill”" in page.inner_text("main")
    check_access(page, "found")
    page.check("input[value='W2:mill_park']")
    with page.expect_navigation(wait_until="load"):
        page.press("input[value='W2:mill_park']", "Enter")
    assert "Mill Park" in page.inner_text("main")
    page.goto(f"/surveys/{feature}/page/where")
    assert page.is_checked("input[value='W2:mill_park']")
    check_access(page, "chosen")
    page.fill("#find_words", "nowhere at all")
    with page.expect_navigation(wait_until="load"):
        page.click("button[name=find]")
    assert "We found nothing" in page.inner_text("main")
    assert page.is_checked("input[value='W2:mill_park']")
    check_access(page, "nothing found")
