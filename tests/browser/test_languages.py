"""Reading from right to left in a real browser, and choosing a language there."""

import shutil

import pytest
from access import check_access
from playwright.sync_api import Page
from pseudo import write_definitions
from server import Server
from settings import settings_for
from survey import SLUG, open_a_wave
from walk import answer_page, on_a_question, press

from engage.app import create_app
from engage.extensions import db

URDU = "اردو"
KINDS = ["every-kind", "write-in", "ranking", "when", "postcode"]


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory) -> Server:
    """The demonstration, in which every survey of the tests has words in Urdu's place."""
    folder = tmp_path_factory.mktemp("urdu")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url, own = f"sqlite:///{folder / 'engage.sqlite'}", folder / "own"
    environ = {"DEMO": "1", "DEFINITIONS_DIR": str(own)}
    files = write_definitions(own, "ur")
    app = create_app(settings_for(folder, DATABASE_URL=url, **environ))
    with app.app_context():
        for file in files:
            open_a_wave(file=file)
        db.engine.dispose()
    server = Server(folder, url, **environ).start()
    yield server
    server.stop()


def start(page: Page, slug: str) -> None:
    """Choose Urdu on the start page, unless it is chosen, and begin."""
    page.goto(f"/surveys/{slug}")
    if page.get_attribute("html", "lang") != "ur":
        press(page, URDU)
    with page.expect_navigation():
        page.click("main form .govuk-button")


def onward(page: Page) -> None:
    """Press the button that saves the page, whatever it says."""
    with page.expect_navigation():
        page.click("#questions .engage-actions .govuk-button >> nth=0")


@pytest.mark.browser
@pytest.mark.parametrize("slug", KINDS)
def test_every_page_is_accessible_from_right_to_left(page, site, slug):
    page.goto("/")
    press(page, URDU)
    check_access(page, "home")
    start(page, slug)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    while on_a_question(page):
        check_access(page, "empty")
        before = page.url
        answer_page(page, {"find_words": ""})
        onward(page)
        if page.url == before:
            check_access(page, "errors")
            break
    check_access(page, "last")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/nothing", "/surveys/every-kind"])
def test_the_other_pages_are_accessible_from_right_to_left(page, site, path):
    page.goto("/language/ur")
    page.goto(path)
    assert page.get_attribute("html", "dir") == "rtl"
    check_access(page, path)


@pytest.mark.browser
def test_what_stands_at_the_left_in_english_stands_at_the_right(page, site):
    page.set_viewport_size({"width": 1280, "height": 800})
    start(page, SLUG)
    radio = page.locator("input[type=radio] >> nth=0").bounding_box()
    words = page.locator(".govuk-radios__label >> nth=0").bounding_box()
    assert radio["x"] > words["x"], "a radio button stands before its words"
    onward(page)
    summary = page.locator(".govuk-error-summary").bounding_box()
    group = page.locator(".govuk-form-group--error")
    edge = "e => getComputedStyle(e).borderRightWidth + getComputedStyle(e).borderLeftWidth"
    assert group.evaluate(edge) == "5px0px"
    assert summary["x"] + summary["width"] > 1280 / 2


@pytest.mark.browser
def test_numbers_and_telephone_numbers_stay_from_left_to_right(page, site):
    start(page, SLUG)
    page.check("input[value='3']")
    for _page in range(3):
        onward(page)
    assert page.evaluate("getComputedStyle(document.querySelector('#q_years')).direction") == "ltr"
    page.goto(f"/surveys/{SLUG}")
    ways = page.eval_on_selector_all(
        "a[href^='tel:']", "links => [...new Set(links.map(e => getComputedStyle(e).direction))]"
    )
    assert ways == ["ltr"]


@pytest.mark.browser
def test_a_choice_in_the_middle_of_a_page_keeps_what_was_answered(page, site):
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    page.check("input[value='3']")
    press(page, URDU)
    assert page.is_checked("input[value='3']")
    press(page, "English")
    assert page.is_checked("input[value='3']")
    assert page.get_attribute("html", "dir") == "ltr"


@pytest.mark.browser
def test_enter_in_a_box_goes_on_and_chooses_no_language(page, site):
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    page.check("input[value='3']")
    for _page in range(3):
        onward(page)
    page.fill("#q_years", "12")
    before = page.url
    with page.expect_navigation():
        page.press("#q_years", "Enter")
    assert page.url != before
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.browser
def test_the_languages_can_be_chosen_by_keyboard(page, site):
    page.goto(f"/surveys/{SLUG}")
    for _key in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.lang") == "ur":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_attribute("html", "lang") == "ur"


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/surveys/every-kind"])
def test_urdu_has_the_room_between_lines_that_its_letters_need(page, site, path):
    page.goto("/")
    press(page, URDU)
    page.goto(path)
    rooms = page.evaluate(
        """() => [...document.querySelectorAll("main :is(h1, h2, p, li, a)")].map((each) => {
            const style = getComputedStyle(each);
            return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        })"""
    )
    assert rooms
    assert min(rooms) > 1.85
