"""The pages for signing in and running waves, in every state, by keyboard where it matters."""

from datetime import UTC, datetime

import pytest
from access import check_access
from desk import make_account, sign_in
from walk import press


@pytest.fixture(scope="module")
def account(site):
    make_account(site)


@pytest.mark.browser
def test_signing_in_is_accessible_with_and_without_errors(page, account):
    page.goto("/staff")
    press(page, "Sign in")
    assert page.title().startswith("Error: ")
    check_access(page, "errors")
    page.click(".govuk-error-summary__list a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "password"
    page.fill("#email", "ada@testham.example")
    page.fill("#password", "not the password")
    press(page, "Sign in")
    check_access(page, "wrong password")
    sign_in(page)
    check_access(page, "home")
    page.click("summary >> text=Menu")  # a phone's width is what the check leaves
    page.click("text=Your sessions")
    check_access(page, "sessions")
    page.focus(".engage-menu__summary")
    page.keyboard.press("Enter")
    check_access(page, "menu that is open")
    press(page, "Sign out")
    assert page.inner_text("h1") == "Staff sign-in"


@pytest.mark.browser
def test_the_pages_about_waves_are_accessible_in_every_state(page, account):
    sign_in(page)
    page.goto("/staff/waves")
    check_access(page, "waves")
    page.click("text=Create a wave")
    check_access(page, "empty")
    press(page, "Create wave")
    check_access(page, "errors")
    page.click(".govuk-error-summary__list a >> nth=2")
    assert page.evaluate("document.activeElement.id") == "opens_on-day"
    page.check("input[value=fear_of_crime]")
    page.fill("#name", "Another wave")
    year = datetime.now(UTC).year
    page.fill("#opens_on-day", f"1 January {year}")
    page.fill("#closes_on-day", f"31/12/{year}")
    press(page, "Create wave")
    check_access(page, "prepared wave")
    page.click("text=Change this wave")
    check_access(page, "change")
    page.fill("#name", "A wave")
    press(page, "Save changes")
    page.click("text=Delete this wave")
    check_access(page, "question whether to delete")
    page.click("text=Cancel")
    page.click("text=What is needed to open it")
    opening = page.url
    check_access(page, "gates")
    page.goto(f"{opening}/impact")
    page.click("#save")
    page.wait_for_selector(".govuk-error-summary")
    check_access(page, "a gate with errors")
    page.goto("/staff/waves/calendar")
    check_access(page, "calendar")
    page.goto("/staff/questionnaires/fear_of_crime/1/try/phone")
    phone = page.frame_locator("iframe")
    phone.get_by_role("button", name="Start now").click()
    phone.get_by_role("button", name="Save and continue").wait_for()
    check_access(page, "a survey as on a phone")
    page.goto(opening.replace("/opening", "/open"))
    check_access(page, "question whether to open")
    press(page, "Open this wave")
    assert page.title().startswith("Error: ")
    check_access(page, "refused")
    page.goto("/staff/waves/1")
    check_access(page, "open wave")
    page.click("text=Close this wave")
    check_access(page, "question whether to close")
