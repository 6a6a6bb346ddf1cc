"""The queue of what people wrote: in every state, and by keyboard alone."""

import subprocess
import sys
from datetime import timedelta

import pytest
from access import check_access
from settings import settings_for
from walk import press

from engage import clock
from engage.app import create_app
from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.keyring import factor
from engage.responses.screening import receive
from engage.responses.store import row
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave

PASSWORD = "six quiet herons waiting"
ADDRESS = "jo@testham.example"
ACCOUNT = ["create", "--role", "safeguarding_lead", "--email", ADDRESS, "--name", "Jo Fern"]
WORDS = ("Somebody waits for me at the bus stop", "More lights please", "x" * 190)


@pytest.fixture(scope="module")
def lead(site):
    """A safeguarding lead with an account."""
    command = [sys.executable, "-m", "flask", "--app", "run", "staff", *ACCOUNT, "--password-stdin"]
    subprocess.run(command, env=site.environ, input=PASSWORD.encode(), check=True)


def write(site, tmp_path) -> None:
    """Some texts come, one of them long ago."""
    definition = load_definition(newest_file("fear_of_crime"))
    app = create_app(settings_for(tmp_path, DATABASE_URL=site.environ["DATABASE_URL"]))
    with app.app_context():
        wave = db.session.query(Wave).filter_by(questionnaire="fear_of_crime").one()
        number, definition_id = wave.id, wave.definition_id
        db.session.remove()
        for days, words in zip((9, 0, 0), WORDS, strict=True):
            made = row(
                definition,
                {"age_band": "25_29", "connection": "visitor", "one_thing": words},
                wave_id=number,
                definition_id=definition_id,
                submission=words[:8],
                day=clock.today() - timedelta(days=days),
                duration=60,
            )
            with db.engine.begin() as connection:
                receive(connection, definition, made)
        db.engine.dispose()


def sign_in(page) -> None:
    page.goto("/staff/screening")
    page.fill("#email", ADDRESS)
    page.fill("#password", PASSWORD)
    press(page, "Sign in")
    check_access(page, "the second step, which is set up now")
    secret = page.text_content("code").replace(" ", "")
    page.fill("#code", factor.code_at(secret, factor.step_at(clock.now())))
    press(page, "Continue")
    check_access(page, "spare codes")
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/staff/screening")


@pytest.mark.browser
def test_the_queue_is_accessible_in_every_state_and_worked_by_keyboard(page, site, lead, tmp_path):
    sign_in(page)
    assert "Nothing waits." in page.inner_text("main")
    check_access(page, "empty")
    write(site, tmp_path)
    page.goto("/staff")
    assert "1 text has waited for more than a working day" in page.inner_text("main")
    check_access(page, "home with a notice")
    page.goto("/staff/screening")
    assert page.inner_text("main").index("Overdue") < page.inner_text("main").index("Text 2")
    check_access(page, "waiting")

    page.locator("main summary").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Why do you flag it?")
    check_access(page, "about to flag")
    page.keyboard.press("Tab")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "flag":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title().startswith("Error: ")
    check_access(page, "no reason")
    page.click(".govuk-error-summary__list a")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "You flagged a text" in page.inner_text("main")
    check_access(page, "flagged one")

    # After a decision, Tab and Enter decide about the next text.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "pass"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "You found nothing to worry about." in page.inner_text("main")
    with page.expect_navigation():
        page.click("text=Take that back")
    assert page.locator("blockquote").count() == 2

    page.click("text=Flagged texts (1)")
    assert WORDS[0] in page.inner_text("main")
    check_access(page, "flagged")
    press(page, "Dealt with")
    check_access(page, "dealt with")
    assert "Nothing is flagged." in page.inner_text("main")
