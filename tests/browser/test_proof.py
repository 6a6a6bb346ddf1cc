"""The start page in an attack, in a real browser: the sum is done, told and never in the way."""

import shutil
import sqlite3
import time

import pytest
from access import check_access
from server import Server
from settings import settings_for
from survey import open_a_wave
from walk import press

from engage.app import create_app
from engage.extensions import db
from engage.waves.catalogue import newest_file

START = "/surveys/fear-of-crime"
DONE = "Your browser has been checked. You can start."


@pytest.fixture(scope="module")
def chromium(whole_chromium):
    """The browser as people have it: how fast it does a sum is what this is about."""
    return whole_chromium


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory) -> Server:
    """The site under attack: everybody is asked for a proof of work."""
    folder = tmp_path_factory.mktemp("attacked")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    app = create_app(settings_for(folder, DATABASE_URL=url))
    with app.app_context():
        open_a_wave("2026", newest_file("fear_of_crime"))
        db.engine.dispose()
    server = Server(folder, url, ATTACK_STARTS_PER_MINUTE="0").start()
    server.database = folder / "engage.sqlite"
    yield server
    server.stop()


def noted(site: Server) -> int:
    """How many drafts were begun with something odd about them."""
    with sqlite3.connect(site.database) as connection:
        query = "select count(*) from draft_pages where section = '@signs'"
        return connection.execute(query).fetchone()[0]


@pytest.mark.browser
def test_the_sum_is_done_within_seconds_told_and_accessible(page, site):
    before = noted(site)
    page.goto(START)
    began = time.monotonic()
    page.wait_for_selector(f"[role=status]:has-text('{DONE}')")
    assert time.monotonic() - began < 10, "a quiet machine needs half a second"
    assert page.inner_text("[data-proof] [role=status]") == DONE
    check_access(page, "start in an attack")
    press(page, "Start now")
    assert "/page/" in page.url
    assert noted(site) == before


@pytest.mark.browser
def test_a_start_that_is_pressed_early_waits_for_the_sum(page, site):
    before = noted(site)
    page.goto(START, wait_until="commit")
    page.wait_for_selector("[data-proof] [role=status]:not(:empty)")  # the script has begun
    with page.expect_navigation(url="**/page/**"):
        page.click("text=Start now")
    assert noted(site) == before


@pytest.mark.browser
def test_where_the_sum_cannot_be_done_people_start_all_the_same(page, site):
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto(START)
    page.wait_for_selector("[role=status]:has-text('You can start all the same')")
    press(page, "Start now")
    assert "/page/" in page.url


@pytest.mark.browser
def test_without_scripts_people_are_let_in_and_noted(chromium, site):
    before = noted(site)
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(START)
    assert "You can start all the same" in plain.inner_text("main")
    press(plain, "Start now")
    assert "/page/" in plain.url
    assert noted(site) == before + 1
    context.close()


@pytest.mark.browser
def test_the_hidden_field_takes_no_focus_and_is_in_no_accessible_name(page, site):
    page.goto(START)
    spare = page.locator("[name=detail]")
    assert spare.is_hidden()
    assert page.get_by_label("Leave this box empty").is_visible() is False
    seen = set()
    for _press in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert "detail" not in seen
    assert (
        page.evaluate(
            "document.querySelector('[name=detail]').focus(), document.activeElement.name"
        )
        != "detail"
    )
