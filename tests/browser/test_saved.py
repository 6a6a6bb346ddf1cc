"""Saving for later, a second device, no signal, and more time, in a real browser."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from access import check_access
from playwright.sync_api import Browser, Page
from walk import answer_page, on_a_question, press

SLUG = "fear-of-crime"


@pytest.fixture
def second(chromium: Browser, site) -> Page:
    """A second device."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 320, "height": 800})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def begun(page: Page) -> None:
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    answer_page(page)
    press(page, "Save and continue")


def code_of(page: Page) -> str:
    press(page, "Save and finish later")
    check_access(page, "save")
    press(page, "Make my code")
    check_access(page, "code")
    return " ".join(page.locator(".engage-code li").all_inner_texts())


def come_back(page: Page, code: str) -> None:
    page.goto("/return")
    page.fill("#code", code)
    press(page, "Open my answers")


def asked(page: Page) -> str:
    return page.inner_text("h1")


def database(site) -> sqlite3.Connection:
    return sqlite3.connect(site.log.parent / "engage.sqlite", timeout=10)


def responses(site) -> list[dict]:
    with database(site) as connection:
        return [json.loads(each) for (each,) in connection.execute("select answers from responses")]


@pytest.mark.browser
def test_half_a_survey_is_finished_on_a_second_device(page, second, site):
    before = len(responses(site))
    begun(page)
    heading = asked(page)
    code = code_of(page)
    with page.expect_navigation(wait_until="load"):
        page.click("button:has-text('Stop for now')")
    check_access(page, "put away")
    page.goto(f"/surveys/{SLUG}/check")
    assert "Nothing is here any more" in page.inner_text("main")
    second.goto("/return")
    check_access(second, "return")
    come_back(second, code.replace(" ", "-").upper().replace(code.split()[0].upper(), "Xxqz"))
    assert "first word is not in our list" in second.inner_text("main")
    assert second.evaluate("document.activeElement.className") == "govuk-error-summary"
    check_access(second, "a code that is wrong")
    come_back(second, code)
    assert asked(second) == heading
    while on_a_question(second):
        answer_page(second)
        press(second, "Save and continue")
    press(second, "Send my answers")
    assert asked(second) == "Thank you"
    assert len(responses(site)) == before + 1


@pytest.mark.browser
def test_two_devices_on_one_page_lose_nothing_silently(page, second):
    begun(page)
    come_back(second, code_of(page))
    answer_page(second)
    press(second, "Save and continue")
    for device in (page, second):
        device.goto(second.url)
    radios = "#questions input[type=radio]"
    name = page.locator(radios).first.get_attribute("name")
    values = page.eval_on_selector_all(f"{radios}[name='{name}']", "all => all.map(e => e.value)")
    here = page.url
    for device, value in ((page, values[0]), (second, values[1])):
        device.check(f"input[name='{name}'][value='{value}']")
        press(device, "Save and continue")
    assert "This page was changed" in second.inner_text("main")
    assert second.evaluate("document.activeElement.className").startswith("govuk-notification")
    check_access(second, "changed elsewhere")
    assert second.locator(f"input[name='{name}']:checked").get_attribute("value") == values[1]
    page.goto(here)
    assert page.locator(f"input[name='{name}']:checked").get_attribute("value") == values[0]
    with second.expect_navigation(wait_until="load"):
        second.click("button:has-text('Save and continue')")
    page.goto(here)
    assert page.locator(f"input[name='{name}']:checked").get_attribute("value") == values[1]


@pytest.mark.browser
def test_back_and_on_again_bothers_nobody(page):
    begun(page)
    answer_page(page)
    press(page, "Save and continue")
    second = page.url
    answer_page(page)
    press(page, "Save and continue")
    page.go_back()
    page.wait_for_load_state()
    assert page.url == second
    radios = page.locator("#questions input[type=radio]:checked")
    assert radios.count() > 0, "the answers are still there"
    page.locator("#questions input[type=radio]").first.check()
    press(page, "Save and continue")
    assert "This page was changed" not in page.inner_text("main")


@pytest.mark.browser
def test_no_signal_loses_no_answer_and_doubles_none(page, site):
    before = len(responses(site))
    begun(page)
    here = page.url
    answer_page(page)
    page.context.set_offline(True)
    page.click("text=Save and continue")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(here)
    while on_a_question(page):
        answer_page(page)
        press(page, "Save and continue")
    lost = []

    def lose_the_answer(route) -> None:
        """The request arrives, its answer does not."""
        route.fetch(max_redirects=0)
        lost.append(route.request.url)
        route.abort("connectionreset")

    page.route("**/check", lose_the_answer, times=1)
    check = page.url
    page.evaluate("document.querySelector('form[action$=check]').requestSubmit()")
    page.wait_for_timeout(1000)
    assert len(lost) == 1
    assert len(responses(site)) == before + 1, "it arrived, though nobody was told"
    page.goto(check)
    assert len(responses(site)) == before + 1
    assert "Nothing is here any more" in page.inner_text("main")


def leave_it_alone(site, minutes: int) -> None:
    """Let every draft end in so many minutes."""
    ends = datetime.now(UTC) + timedelta(minutes=minutes)
    with database(site) as connection:
        connection.execute("update drafts set expires_at = ?", (f"{ends:%Y-%m-%d %H:%M:%S.%f}",))
    connection.close()


@pytest.mark.browser
def test_time_that_runs_out_is_announced_and_put_off(page, site):
    page.clock.install()
    begun(page)
    assert "We keep your answers until" in page.inner_text("#kept")
    box = page.locator("#more-time")
    page.clock.fast_forward("01:54:00")
    page.wait_for_timeout(300)
    assert box.inner_text().strip() == ""
    page.focus("#find_words")
    leave_it_alone(site, 4)
    page.clock.fast_forward("00:01:30")
    page.wait_for_selector("text=Do you need more time?")
    assert page.evaluate("document.activeElement.id") == "find_words", "it takes no focus"
    assert box.locator("[role=status]").inner_text().startswith("Do you need more time?")
    check_access(page, "time runs out")
    page.click("text=Give me more time")
    page.wait_for_selector("text=Give me more time", state="hidden")
    assert page.evaluate("document.activeElement.id") == "more-time"
    page.clock.fast_forward("00:10:00")
    page.wait_for_timeout(300)
    assert "Do you need more time?" not in page.inner_text("main")
    answer_page(page)
    press(page, "Save and continue")
    assert on_a_question(page)


@pytest.mark.browser
def test_when_the_time_is_over_the_page_shows_no_answers(page, site):
    page.clock.install()
    begun(page)
    leave_it_alone(site, -1)
    page.clock.fast_forward("02:00:30")
    page.wait_for_url("**/ended")
    assert "Nothing is here any more" in page.inner_text("main")


@pytest.mark.browser
def test_without_signal_the_warning_is_still_given(page, site):
    page.clock.install()
    begun(page)
    page.context.set_offline(True)
    page.clock.fast_forward("01:56:00")
    page.wait_for_selector("text=we cannot reach the site")
    page.click("text=Give me more time")
    page.wait_for_timeout(300)
    assert "we cannot reach the site" in page.inner_text("main")
    page.context.set_offline(False)
    page.click("text=Give me more time")
    page.wait_for_selector("text=Give me more time", state="hidden")
