"""A pledge in a real browser: a person and an organisation sign, and see what is kept of them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from access import check_access
from playwright.sync_api import Page
from server import Server
from settings import settings_for
from signing_desk import SLUG, open_a_pledge
from survey import open_a_wave

from engage.app import create_app
from engage.extensions import db
from engage.waves.catalogue import newest_file

pytestmark = pytest.mark.browser


@pytest.fixture
def pledged(sqlite_template, tmp_path) -> Server:
    """A site with a pledge, its questions, and a mail server that is never reached."""
    shutil.copy(sqlite_template, tmp_path / "engage.sqlite")
    url = f"sqlite:///{tmp_path / 'engage.sqlite'}"
    app = create_app(settings_for(tmp_path, DATABASE_URL=url))
    with app.app_context():
        open_a_pledge()
        open_a_wave("2026", newest_file("hate_crime_pledge"))
        db.engine.dispose()
    server = Server(tmp_path, url).start()
    yield server
    server.stop()


def link(folder: Path) -> str:
    """The address in the newest message, on the port of this server."""
    with closing(sqlite3.connect(folder / "engage.sqlite")) as database:
        (text,) = database.execute(
            "select text from outgoing_messages order by id desc limit 1"
        ).fetchone()
    return next(line.strip() for line in text.splitlines() if "://" in line)


def test_a_person_and_an_organisation_sign(chromium, pledged, tmp_path):
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    walk(page, pledged, tmp_path, lambda state: check_access(page, state))
    context.close()


def walk(page: Page, site: Server, folder: Path, look) -> None:
    """Go through every page; `look` is called with the name of each."""

    def press(name: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()

    def follow(name: str) -> None:
        with page.expect_navigation():
            page.get_by_role("link", name=name).first.click()

    page.goto(f"{site.url}/pledges")
    look("pledges")
    page.goto(f"{site.url}/pledges/{SLUG}")
    page.get_by_text("Show the count on your own website").click()
    look("pledge")
    page.goto(f"{site.url}/pledges/{SLUG}/before")
    look("before")
    page.get_by_role("button", name="Skip them and sign").click()
    press("Send me the link")
    look("sign with faults")
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("Your email address").fill("ada@example.org")
    page.get_by_label("Postcode", exact=True).fill("AB1 2CD")
    page.get_by_label("Show my name").check()
    look("sign")
    press("Send me the link")
    look("check your email")
    mailed = link(folder)
    page.goto(mailed)
    page.get_by_label("news of the pledge").check()
    look("confirm")
    press("Yes, I sign")
    look("thank you")
    page.goto(mailed)
    look("gone")
    page.goto(f"{site.url}/pledges/{SLUG}/sign/organisation")
    page.get_by_label("Name of the organisation").fill("Acme Bakery")
    page.get_by_label("Your email address there").fill("ada@example.org")
    look("sign for an organisation")
    press("Send me the link")
    page.goto(link(folder))
    press("Yes, we sign")
    look("confirm an organisation with faults")
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("What you do there").fill("Baker")
    page.get_by_label("Business or shop").check()
    page.get_by_label("1 to 9 people").check()
    page.get_by_label("Train our staff").check()
    press("Yes, we sign")
    page.goto(f"{site.url}/my-page")
    look("ask for my page")
    page.get_by_label("Your email address").fill("ada@example.org")
    press("Send me the link")
    look("the link is sent")
    site.work()
    page.goto(link(folder))
    look("open my page")
    press("Open my page")
    look("my page")
    follow("Change this")
    look("change")
    page.goto(f"{site.url}/my-page/see")
    follow("Take it back")
    look("withdraw")
    page.goto(f"{site.url}/my-page/messages")
    look("messages")
    page.goto(f"{site.url}/my-page/erase")
    look("erase")
    press("Yes, delete everything")
    look("erased")
