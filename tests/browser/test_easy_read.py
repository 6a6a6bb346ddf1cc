"""Easy Read as people see it: accessible, larger, and one thought below the other."""

import pytest
from access import check_access
from walk import answer_page, press

SIZE = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
FOURTEEN_POINTS = 14 * 96 / 72


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["fear-of-crime", "young-people", "women-and-girls"])
def test_easy_read_is_accessible_and_its_letters_are_large(page, site, slug):
    page.goto(f"/surveys/{slug}")
    press(page, "Read this in Easy Read")
    check_access(page, "start in Easy Read")
    assert page.evaluate(SIZE, "main .govuk-body") >= FOURTEEN_POINTS
    press(page, "Start now")
    answer_page(page)
    press(page, "Save and continue")
    answer_page(page)
    press(page, "Save and continue")
    assert page.locator(".govuk-radios--small").count() > 0, "a page with a scale"
    check_access(page, "a scale in Easy Read")
    for part in (".govuk-radios__label", ".govuk-hint", ".govuk-fieldset__legend", ".govuk-button"):
        assert page.evaluate(SIZE, f"main {part}") >= FOURTEEN_POINTS, part


@pytest.mark.browser
def test_easy_read_is_chosen_and_left_by_keyboard(page, site):
    page.goto("/surveys/fear-of-crime")
    link = page.get_by_role("link", name="Read this in Easy Read")
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("body.engage-easy").count() == 1
    page.get_by_role("link", name="Read the usual version").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("body.engage-easy").count() == 0
