"""Ways through a survey: by keyboard alone, without scripts, and leaving in a hurry."""

import pytest
from playwright.sync_api import Page
from walk import answer_page, on_a_question, press

SLUG = "women-and-girls"
WHERE = """() => {
    const on = document.activeElement;
    return {tag: on.tagName, type: on.type || "", name: on.name || "", id: on.id,
            value: on.value || "", text: (on.innerText || "").trim()};
}"""
LONGEST = 400


def press_until_sent(page: Page) -> None:
    """Go through the survey with Tab, Space, arrows, letters and Enter, as a person would."""
    answered: set[str] = set()
    for _ in range(LONGEST):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at["type"] in {"radio", "checkbox"} and at["name"] not in answered:
            answered.add(at["name"])
            if at["name"] == "q_age_band":
                for _ in range(3):
                    page.keyboard.press("ArrowDown")
            else:
                page.keyboard.press("Space")
        elif at["tag"] == "SELECT":
            page.keyboard.type("Abb")
        elif at["tag"] in {"INPUT", "TEXTAREA"} and at["type"] in {"text", "textarea"}:
            if at["name"] != "find_words":
                page.keyboard.type("More light")
        elif at["text"] in {"Save and continue", "Send my answers"}:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            if page.url.endswith("/thank-you"):
                return
    raise AssertionError(f"the keyboard did not get past {page.url}")


@pytest.mark.browser
def test_the_keyboard_alone_completes_a_survey(page, site):
    page.goto(f"/surveys/{SLUG}")
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["text"] == "Skip to main content"
    while page.evaluate(WHERE)["text"] != "Start now":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until_sent(page)
    assert page.inner_text("h1") == "Thank you"


@pytest.mark.browser
def test_without_scripts_a_survey_is_completed(chromium, site):
    context = chromium.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    while on_a_question(page):
        answer_page(page)
        press(page, "Save and continue")
    press(page, "Send my answers")
    assert page.inner_text("h1") == "Thank you"
    context.close()


@pytest.mark.browser
def test_after_leaving_back_shows_nothing(page, site):
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    answer_page(page)
    press(page, "Save and continue")
    with page.expect_request("https://www.bbc.co.uk/weather"):
        page.click("text=Leave this page now")
    # The machine that tests has no way out; what counts is that the browser was sent there.
    page.wait_for_timeout(500)
    page.asked[:] = [url for url in page.asked if "bbc.co.uk" not in url]
    page.go_back()
    assert "Nothing is here any more" in page.inner_text("main")
    page.go_back()
    assert page.locator("input:checked").count() == 0


@pytest.mark.browser
def test_the_picker_finds_a_ward_and_enter_does_not_lose_it(page, site):
    page.goto(f"/surveys/{SLUG}")
    press(page, "Start now")
    answer_page(page)
    press(page, "Save and continue")
    page.fill("#find_words", "brid")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.check("text=Bridge")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#find_words").count() == 0
    assert on_a_question(page)
