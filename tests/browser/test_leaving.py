"""Leaving at once, and what a real browser remembers of a survey."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from access import check_access
from playwright.sync_api import Page, sync_playwright
from programs import needs
from walk import answer_page, on_a_question, press

AWAY = "https://www.bbc.co.uk/weather"
ROOT = Path(__file__).resolve().parents[2]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def leaving(page: Page) -> Page:
    """A window in which the place to which the exit leads is answered here, not by the network."""
    page.route(AWAY, lambda route: route.fulfill(body="<title>Weather</title><h1>Weather</h1>"))
    yield page
    page.asked[:] = [url for url in page.asked if not url.startswith(AWAY)]


@pytest.fixture(scope="module")
def chromium(whole_chromium):
    """The browser with a history, which going back is about."""
    return whole_chromium


def on_the_second_page(page: Page, slug: str = "women-and-girls") -> None:
    page.goto("/privacy")
    page.goto(f"/surveys/{slug}")
    press(page, "Start now")
    answer_page(page)
    press(page, "Save and continue")
    assert on_a_question(page)


def escape(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Escape")


@pytest.mark.browser
@pytest.mark.parametrize("way", ["escape", "shift", "button"])
def test_every_way_out_leads_away_and_going_back_does_not_lead_in_again(leaving, site, way):
    on_the_second_page(leaving)
    length = leaving.evaluate("history.length")
    if way == "button":
        leaving.click("text=Leave this page now")
    else:
        for _ in range(3):
            leaving.keyboard.press(way.title())
    leaving.wait_for_selector("h1:text-is('Weather')")
    assert leaving.evaluate("history.length") == length, "the page's place was taken"
    leaving.go_back()
    leaving.wait_for_load_state()
    assert "Nothing is here any more" in leaving.inner_text("main")


@pytest.mark.browser
def test_escape_works_on_every_page_and_while_somebody_writes(leaving, site):
    leaving.goto("/surveys/women-and-girls")
    escape(leaving, 3)
    leaving.wait_for_selector("h1:text-is('Weather')")
    leaving.goto("/surveys/fear-of-crime")
    press(leaving, "Start now")
    while not leaving.locator("#questions textarea").count():
        answer_page(leaving)
        press(leaving, "Save and continue")
    leaving.focus("#questions textarea")
    leaving.keyboard.type("Please")
    escape(leaving, 3)
    leaving.wait_for_selector("h1:text-is('Weather')")


@pytest.mark.browser
def test_the_page_is_covered_at_once_even_if_the_next_one_is_slow(page, site):
    on_the_second_page(page)
    page.route("**/leave", lambda route: route.fulfill(status=204))
    escape(page, 3)
    page.wait_for_selector(".govuk-exit-this-page-overlay")
    covered = page.evaluate(
        "document.elementFromPoint(150, 400).classList.contains('govuk-exit-this-page-overlay')"
    )
    assert covered


@pytest.mark.browser
def test_escape_is_counted_aloud_and_forgotten_after_five_seconds(page, site):
    on_the_second_page(page)
    said = page.locator(".engage-exit > [role=status]")
    escape(page, 1)
    assert said.inner_text() == "Escape, press 2 more times to leave."
    escape(page, 1)
    assert said.inner_text() == "Escape, press 1 more time to leave."
    check_access(page, "counting")
    page.wait_for_selector(".engage-exit > [role=status]:has-text('expired')", state="attached")
    escape(page, 2)
    assert on_a_question(page)


@pytest.mark.browser
def test_escape_that_closes_a_dialog_is_not_counted(page, site):
    on_the_second_page(page)
    page.evaluate("document.body.append(document.createElement('dialog'))")
    for _ in range(4):
        page.evaluate("document.querySelector('dialog').showModal()")
        escape(page, 1)
    assert on_a_question(page)


def remembered(folder: Path) -> list[tuple[str, str]]:
    """The addresses and titles in the browser's history, as its own page of history lists them."""
    [file] = folder.rglob("History")
    with closing(sqlite3.connect(file)) as history:
        rows = history.execute(
            "select url, title from urls where hidden = 0 order by last_visit_time"
        )
        return list(rows)


def walk(folder: Path, address: str) -> None:
    """Go through a survey to its end in a browser that keeps its history in a folder."""
    # The browser of the session holds this process; one with a history has one of its own.
    walked = subprocess.run(
        [sys.executable, __file__, str(folder), address, needs("chromium", "chromium")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr


@pytest.mark.browser
def test_the_history_holds_neutral_addresses_and_titles_alone(site, tmp_path):
    walk(tmp_path, f"{site.url}/")
    found = remembered(tmp_path)
    assert len(found) > 8
    home, *pages = found
    assert home[0] == f"{site.url}/"
    for address, title in pages:
        assert re.fullmatch(rf"{site.url}/surveys/\d+(/page/\d|/check|/thank-you)?", address), (
            address
        )
        assert re.fullmatch(
            r"(Start|Page \d( of \d)?|Check your answers|Thank you) - Survey - Testham Council",
            title,
        ), title


@pytest.mark.browser
def test_an_address_with_a_name_is_all_that_a_browser_may_remember_besides(site, tmp_path):
    walk(tmp_path, f"{site.url}/surveys/women-and-girls")
    telling = [each for each in remembered(tmp_path) if "women" in "".join(each)]
    assert [address for address, _ in telling] == [f"{site.url}/surveys/women-and-girls"]
    assert telling[0][1] == "Start - Survey - Testham Council"


def main(folder: str, address: str, program: str) -> None:
    """What `walk` runs."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=program, args=QUIET
        )
        page = context.new_page()
        page.goto(address)
        if not page.locator("text=Start now").count():
            press(page, "Women and girls: how safe do you feel?")
        press(page, "Start now")
        while on_a_question(page):
            answer_page(page)
            press(page, "Save and continue")
        press(page, "Send my answers")
        context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
