"""A victim tells us without scripts on a phone's width: form, receipt, coming back, evidence."""

import shutil

import pytest
from access import check_access
from playwright.sync_api import Page
from server import Server
from settings import settings_for
from telling import STORY, open_for_reports

from engage.app import create_app
from engage.extensions import db

pytestmark = pytest.mark.browser


@pytest.fixture
def open_site(sqlite_template, tmp_path) -> Server:
    """A site on which reports are taken."""
    shutil.copy(sqlite_template, tmp_path / "engage.sqlite")
    url = f"sqlite:///{tmp_path / 'engage.sqlite'}"
    app = create_app(settings_for(tmp_path, DATABASE_URL=url))
    open_for_reports(app)
    with app.app_context():
        db.engine.dispose()
    server = Server(tmp_path, url).start()
    yield server
    server.stop()


def test_a_victim_without_scripts_tells_us_and_comes_back(chromium, open_site):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 800}
    )
    context.set_default_timeout(10_000)
    page, titles = context.new_page(), set()

    def look(state: str) -> None:
        """Look at the same page with a browser in which the ruler can run."""
        with chromium.new_context(storage_state=context.storage_state()) as beside:
            shown = beside.new_page()
            shown.goto(page.url)
            check_access(shown, state)

    def press(name: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()
        titles.add(page.title())

    page.goto(f"{open_site.url}/tell-us")
    look("start")
    press("Start now")
    seen = 0
    while "/page/" in page.url:
        fill(page)
        if seen == 4:
            look(f"page {seen}")
        seen += 1
        press("Save and continue" if page.get_by_role("button", name="Save and continue").count()
              else "We are safe now. Go on")  # fmt: skip
    look("check")
    press("Send")
    look("receipt")
    code = page.locator(".engage-code").inner_text()
    press("I have the code. I want to send files")
    page.set_input_files("#files", {"name": "note.txt", "mimeType": "", "buffer": b"He shouted"})
    press("Send")
    assert page.get_by_text("note.txt").count() == 1
    look("files")
    page.goto(f"{open_site.url}/tell-us/mine")
    press("Close it on this device")
    page.goto(f"{open_site.url}/tell-us/back")
    page.get_by_label("Your code").fill(code)
    press("Open")
    look("conversation")
    assert page.get_by_text("You sent a file").count() == 1
    for path in ("wishes", "name", "contact"):
        page.goto(f"{open_site.url}/tell-us/mine/{path}")
        look(path)
    told = " ".join(titles).lower()
    for word in ("report", "hate", "abuse", "crime", "victim", "police"):
        assert word not in told
    context.close()


def fill(page: Page) -> None:
    """Answer what is asked on the page, as the story goes."""
    there = page.locator("[name^='q_']").evaluate_all("all => all.map(each => each.name)")
    for name, value in STORY.items():
        if f"q_{name}" not in there:
            continue
        boxes = page.locator(f"[name='q_{name}']")
        kind = boxes.first.get_attribute("type")
        for each in value if isinstance(value, list) else [value]:
            if kind in {"radio", "checkbox"}:
                page.locator(f"[name='q_{name}'][value='{each}']").check(force=True)
            elif boxes.first.evaluate("box => box.tagName") == "SELECT":
                boxes.first.select_option(each)
            else:
                boxes.first.fill(str(each))
