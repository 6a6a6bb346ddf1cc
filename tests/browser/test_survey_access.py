"""Every page of every survey, in every state: axe, no sideways scroll, no other host."""

import pytest
from access import check_access
from named import check_names
from walk import answer_page, on_a_question, press

SLUGS = ["fear-of-crime", "young-people", "women-and-girls"]


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_of_a_survey_is_accessible_empty_and_filled(page, site, slug):
    page.goto("/")
    check_access(page, "home")
    page.goto(f"/surveys/{slug}")
    check_access(page, "start")
    press(page, "Start now")
    pages = 0
    while on_a_question(page):
        check_names(page, "empty")
        answer_page(page)
        check_access(page, "filled")
        press(page, "Save and continue")
        pages += 1
    assert 5 <= pages <= 8
    assert page.url.endswith("/check")
    check_access(page, "check")
    press(page, "Send my answers")
    assert page.inner_text("h1") == "Thank you"
    check_access(page, "thank you")


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_with_errors_is_accessible_and_the_summary_has_the_focus(page, site, slug):
    page.goto(f"/surveys/{slug}")
    press(page, "Start now")
    press(page, "Save and continue")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    check_access(page, "errors")
    page.click(".govuk-error-summary__list a >> nth=0")
    assert page.evaluate("document.activeElement.type") == "radio"


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/privacy", "/accessibility", "/nothing", "/surveys/fear-of-crime/ended",
             "/surveys/fear-of-crime/deleted", "/staff/sign-in"],
)  # fmt: skip
def test_the_other_public_pages_are_accessible(page, site, path):
    page.goto(path)
    check_access(page, path)
