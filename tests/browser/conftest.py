"""A real Chromium and a real server with the surveys that ship."""

import shutil

import borough as demonstration
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from postbox import Postbox
from programs import needs
from server import Server
from settings import settings_for
from survey import open_a_wave

from engage.app import create_app
from engage.extensions import db
from engage.waves.catalogue import newest_file

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SURVEYS = ("fear_of_crime", "young_people", "women_and_girls")


@pytest.fixture(scope="session")
def launched() -> Playwright:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(launched) -> Browser:
    """Chromium without a window, which loads a page in two thirds of the time."""
    program = needs("chromium-headless-shell", "chromium-headless-shell")
    browser = launched.chromium.launch(executable_path=program, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def whole_chromium(launched) -> Browser:
    """Chromium as people have it, with a history to go back in."""
    program = needs("chromium", "chromium")
    browser = launched.chromium.launch(executable_path=program, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory) -> Server:
    """The site with an open wave of each survey that ships."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    app = create_app(settings_for(folder, DATABASE_URL=url))
    with app.app_context():
        for questionnaire in SURVEYS:
            open_a_wave("2026", newest_file(questionnaire))
        db.engine.dispose()
    server = Server(folder, url).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def borough(sqlite_template, tmp_path_factory) -> Server:
    """The demonstration, with every questionnaire that ships in every language, and mail."""
    with Postbox() as postbox:
        folder = tmp_path_factory.mktemp("borough")
        server = demonstration.serve(sqlite_template, folder, postbox.url)
        yield server
        server.stop()


@pytest.fixture
def page(chromium, site) -> Page:
    """A browser window as narrow as a phone's."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 320, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.on("pageerror", lambda error: page.asked.append(f"error: {error}"))
    yield page
    foreign = [url for url in page.asked if not url.startswith((site.url, "about:", "data:"))]
    context.close()
    assert foreign == [], "the page asked another host, or a script failed"
