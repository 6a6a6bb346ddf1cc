"""An override with two people, and the hand-over of the JSON that a script of the police reads."""

import shutil
import subprocess
import sys

import pytest
from access import check_access
from caseload import put_report
from handover_walk import NOTHING
from playwright.sync_api import Page
from quick import SHIPPED_STRETCH
from server import Server
from settings import settings_for
from staff import PASSWORD, code_of, make_keyholder, make_recovery

from engage.accounts.models import Role
from engage.app import create_app
from engage.config import ROOT
from engage.extensions import db
from engage.seals import stretch

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def signed_in(chromium, url: str, member) -> Page:
    context = chromium.new_context(base_url=url, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/staff/sign-in")
    page.fill("#email", member.email)
    page.fill("#password", PASSWORD)
    press(page, "Sign in")
    assert "second-step" in page.url, page.inner_text("main")
    page.fill("#code", code_of(member))
    press(page, "Continue")
    return page


def test_an_override_of_two_people_and_what_the_police_read(
    chromium, sqlite_template, tmp_path, monkeypatch
):
    for name, shipped in zip(("PASSES", "MEMORY"), SHIPPED_STRETCH, strict=True):
        monkeypatch.setattr(stretch, name, shipped)  # the server is another process
    shutil.copy(sqlite_template, tmp_path / "engage.sqlite")
    url = f"sqlite:///{tmp_path / 'engage.sqlite'}"
    app = create_app(settings_for(tmp_path, DATABASE_URL=url))
    make_recovery(app)
    people = [make_keyholder(app, role) for role in (Role.CASEWORKER, Role.SAFEGUARDING_LEAD)]
    with app.app_context():
        report_id = put_report(wishes=NOTHING)
        db.session.remove()
        server = Server(tmp_path, url).start()
        try:
            first, second = (signed_in(chromium, server.url, member) for member in people)
            home = f"/staff/reports/{report_id}/hand-over"
            first.goto(home)
            press(first, "Ask for an override")
            press(first, "Ask for it")
            assert first.title().startswith("Error: ")
            check_access(first, "ask, with errors")
            for label in (
                "Full details",
                "There is a risk of serious harm to anyone",
                "A public task (UK GDPR, article 6(1)(e))",
                "When a second person has approved it",
            ):
                first.get_by_label(label, exact=True).check()
            first.locator("input[name=told][value=yes]").check()
            first.fill("#words", "They said that they will come back")
            press(first, "Ask for it")
            check_access(first, "waits for a second person")
            second.goto(home)
            second.get_by_label("Yes", exact=True).check()
            second.get_by_label("Why?", exact=True).fill("I agree")
            check_access(second, "to be decided")
            press(second, "Save the decision")
            press(second, "See what leaves by override 1")
            check_access(second, "preview")
            press(second, "Hand it over")
            check_access(second, "package")
            with second.expect_download() as download:
                second.get_by_role("button", name="Take the JSON", exact=True).click()
            file = tmp_path / "package.json"
            download.value.save_as(file)
        finally:
            server.stop()
            db.session.remove()
            db.engine.dispose()
    script = [sys.executable, "-I", "-S", str(ROOT / "tools" / "read_handover.py"), str(file)]
    told = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    assert "by an override; the victim was told" in told
    assert "Amal Osei-Brandt" in told
