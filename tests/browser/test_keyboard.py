"""What only some surveys ask, by keyboard alone; and saving and coming back without scripts."""

import pytest
from playwright.sync_api import Page
from walk import answer_page, begin, on_a_question, onward, press

AT = "document.activeElement.name || document.activeElement.lang || document.activeElement.tagName"
MOST = 60


@pytest.fixture(scope="module")
def site(borough):
    return borough


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the box or button of that name has the focus."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(AT) == name:
            return
    raise AssertionError(f"Tab does not come to {name!r} at {page.url}")


def enter(page: Page) -> None:
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def go_on(page: Page) -> None:
    """Tab to the button that saves the page, and press it."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.engage-actions button:not([name])')"):
            enter(page)
            return
    raise AssertionError(f"Tab does not come to the button at {page.url}")


def first_page(page: Page, survey: str) -> None:
    begin(page, survey)
    tab_to(page, "q_age_band")
    page.keyboard.press("ArrowDown")
    go_on(page)


@pytest.mark.browser
def test_days_and_months_are_written_by_keyboard(page, site):
    first_page(page, "when")
    for name, written in (
        ("q_happened-day", "5"), ("q_happened-month", "March"), ("q_happened-year", "2026"),
        ("q_moved-month", "1"), ("q_moved-year", "2026"),
    ):  # fmt: skip
        tab_to(page, name)
        page.keyboard.type(written)
    go_on(page)
    page.goto("/surveys/when/check")
    assert "5 March 2026" in page.inner_text("main")


@pytest.mark.browser
def test_things_are_put_in_order_by_keyboard(page, site):
    first_page(page, "ranking")
    for name, place in (("q_first-light", "2"), ("q_first-police", "1")):
        tab_to(page, name)
        page.keyboard.type(place)
    go_on(page)
    page.goto("/surveys/ranking/check")
    listed = page.inner_text("main")
    assert listed.index("More police") < listed.index("Better lights")


@pytest.mark.browser
def test_places_are_searched_for_and_ticked_by_keyboard(page, site):
    first_page(page, "places")
    tab_to(page, "find_words")
    page.keyboard.type("mill")
    tab_to(page, "find")
    enter(page)
    tab_to(page, "q_avoid")
    page.keyboard.press("Space")
    go_on(page)
    page.goto("/surveys/places/page/where")
    assert page.locator("input:checked").count() == 1


@pytest.mark.browser
def test_a_language_is_chosen_by_keyboard_in_the_middle_of_a_page(page, site):
    begin(page, "fear-of-crime")
    tab_to(page, "language")
    enter(page)
    assert page.get_attribute("html", "lang") == "pl"
    tab_to(page, "language")
    assert page.evaluate("document.activeElement.value") == "en"
    enter(page)
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.browser
def test_without_scripts_answers_are_saved_and_finished_with_the_code(chromium, site):
    context = chromium.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    begin(page, "young-people")
    answer_page(page)
    onward(page)
    press(page, "Save and finish later")
    press(page, "Make my code")
    code = " ".join(page.locator(".engage-code li").all_inner_texts())
    press(page, "Stop for now >> nth=-1")
    page.goto("/return")
    page.fill("#code", code)
    press(page, "Open my answers")
    for _page in range(MOST):
        if not on_a_question(page):
            break
        answer_page(page)
        onward(page)
    onward(page)
    assert page.inner_text("h1") == "Thank you"
    context.close()
