"""Results come out in a browser: two accounts, a set time, a correction; and an action."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from access import check_access
from figures.town import answer, people
from flask import Flask
from page import PageClient
from playwright.sync_api import Browser, BrowserContext, Page
from publishing.editions import COUNCIL, counted_wave
from sqlalchemy import select
from staff import make_staff, sign_in
from walk import press
from werkzeug.serving import make_server

from engage import clock as real_clock
from engage.accounts.models import Role, StaffMember
from engage.areas.models import Ward
from engage.areas.outlines import draw
from engage.extensions import db
from engage.published.freeze import freeze
from engage.published.models import Publication, PublicationState
from engage.published.release import publish_due
from engage.responses.screened import ScreeningState
from engage.responses.screening import queue
from engage.waves.published import definition_of

pytestmark = pytest.mark.browser
HERE, PUBLIC = "/staff/publishing/1", "/results/fear-of-crime/1"
NOTE = "The first edition had no figures by age."


@pytest.fixture
def wave(lite_app, clock):
    """A closed wave with figures, in wards that can be drawn."""
    made = counted_wave(db.session())
    for place, ward in enumerate(db.session.scalars(select(Ward).order_by(Ward.code))):
        x, y = place % 3 / 100, 51.5 + place // 3 / 100
        ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
        ward.boundary = json.dumps({"type": "Polygon", "coordinates": [ring]})
    draw(db.session())
    db.session.commit()
    return made


@pytest.fixture
def texts(wave):
    """Words of people that screening passed."""
    session, definition = db.session(), definition_of(wave.definition)
    wrote = [each | {"one_thing": "More light, please"} for each in people(definition, 12, seed=7)]
    rows = answer(session, wave, wrote, start=9000)
    queue(session.connection(), definition, rows, state=ScreeningState.PASSED)
    session.commit()


@pytest.fixture
def site(lite_app, wave) -> Iterator[str]:
    db.session.remove()
    server = make_server("127.0.0.1", 0, lite_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


def signed_in(context: BrowserContext, site: str, app: Flask, role: Role) -> None:
    """Sign the person of that role in, also anew after the hours for which the clock was moved."""
    member = db.session.scalars(select(StaffMember).filter_by(role=role)).one()
    cookie = sign_in(PageClient(app), member).http.get_cookie("session")
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie.value, "url": site}])


@contextmanager
def visitor(
    chromium: Browser, site: str, *, app: Flask | None = None, role: Role | None = None
) -> Iterator[Page]:
    """A person with a browser of their own; of that role, signed in."""
    context: BrowserContext = chromium.new_context(base_url=site)
    context.set_default_timeout(15_000)
    if role is not None:
        make_staff(app, role)
        signed_in(context, site, app, role)
    yield context.new_page()
    context.close()


def looked_at(page: Page, name: str) -> None:
    """Check the page as it is; keep pictures of it where PICTURES names a folder."""
    check_access(page, name)
    folder = os.environ.get("PICTURES")
    for width in (320, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"results-{name}-{width}.png", full_page=True)
    if folder:
        page.pdf(path=Path(folder) / f"results-{name}.pdf")
    page.set_viewport_size({"width": 320, "height": 800})


def worked() -> None:
    """Do what the worker does: freeze what was chosen, let out what is due."""
    session, now = db.session(), real_clock.now()
    chosen = select(Publication.id).where(Publication.state == PublicationState.CHOSEN)
    for number in session.scalars(chosen).all():
        assert freeze(session, number, now)
    session.commit()
    publish_due(session, now, council=COUNCIL)
    db.session.remove()


def ask(page: Page, time: str) -> None:
    """Go on from what was chosen: look at the preview, then ask for a yes."""
    worked()
    page.goto(HERE)
    looked_at(page, "ready")
    press(page, "Look at the preview")
    looked_at(page, "preview")
    page.goto(HERE)
    for part, number in (("day", "2"), ("month", "3"), ("year", "2026")):
        page.fill(f"#day-{part}", number)
    page.fill("#time", time)
    press(page, "Ask a second person")
    assert "somebody else has to agree" in page.inner_text("main")


def agree(page: Page) -> None:
    page.goto(f"{HERE}/preview")
    page.check("#looked")
    page.get_by_role("button", name="Agree", exact=True).click()
    page.wait_for_selector("text=It comes out by itself")


def test_two_people_publish_and_correct_what_everyone_reads(lite_app, site, clock, chromium):
    with (
        visitor(chromium, site, app=lite_app, role=Role.ANALYST) as ann,
        visitor(chromium, site, app=lite_app, role=Role.SURVEY_MANAGER) as bob,
        visitor(chromium, site) as anyone,
    ):
        ann.goto("/staff/publishing")
        looked_at(ann, "waves")
        ann.goto(f"{HERE}/choose")
        looked_at(ann, "choose")
        for box in ann.locator("input[name=breakdowns]").all():
            box.set_checked(box.get_attribute("value") in {"overall", "sex", "ward"})
        press(ann, "Make the page")
        assert "being made" in ann.inner_text("main")
        ask(ann, "14:00")
        bob.goto(HERE)
        looked_at(bob, "asked")
        press(bob, "Look and decide")
        bob.get_by_role("button", name="Agree", exact=True).click()
        assert bob.title().startswith("Error: ")
        looked_at(bob, "not looked at")
        agree(bob)
        assert anyone.goto(PUBLIC).status == 404
        clock.move(hours=2)
        worked()
        anyone.goto("/")
        press(anyone, "Results")
        looked_at(anyone, "every")
        anyone.click("main li a >> nth=0")
        anyone.wait_for_url(f"**{PUBLIC}")
        looked_at(anyone, "wave")
        anyone.goto(f"{PUBLIC}?figure=safe_dark")
        looked_at(anyone, "figure")
        anyone.goto(f"{PUBLIC}?by=ward")
        looked_at(anyone, "wards")
        anyone.goto(f"{PUBLIC}/methods")
        looked_at(anyone, "methods")

        for page, role in ((ann, Role.ANALYST), (bob, Role.SURVEY_MANAGER)):
            signed_in(page.context, site, lite_app, role)
        ann.goto(f"{HERE}/choose")
        press(ann, "Make the page")
        assert ann.title().startswith("Error: ")
        ann.fill("#note", NOTE)
        press(ann, "Make the page")
        ask(ann, "16:00")
        agree(bob)
        clock.move(hours=2)
        worked()
        anyone.goto(PUBLIC)
        assert NOTE in anyone.inner_text("main")
        looked_at(anyone, "corrected")
        press(anyone, "Edition 1")
        assert "This is the old edition 1" in anyone.inner_text("main")
        looked_at(anyone, "old edition")
        signed_in(bob.context, site, lite_app, Role.SURVEY_MANAGER)
        bob.goto(HERE)
        bob.click("text=Take it back")
        bob.fill("#why", "The wards were wrong.")
        bob.get_by_role("button", name="Take it back").click()
        bob.wait_for_selector("text=Taken back")
        looked_at(bob, "taken back")
        anyone.goto(PUBLIC)
        assert "The wards were wrong." in anyone.inner_text("main")
        looked_at(anyone, "withdrawn")


def fill_by_keyboard(page: Page, field: str, words: str) -> None:
    """Type into a field that the Tab key reaches from where the focus is."""
    for _step in range(80):
        if page.evaluate("document.activeElement.id") == field:
            page.keyboard.type(words)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not reach {field}.")


@pytest.mark.usefixtures("clock", "texts")
def test_an_action_is_written_by_keyboard_and_shown_to_everyone(lite_app, site, chromium):
    with (
        visitor(chromium, site, app=lite_app, role=Role.SURVEY_MANAGER) as bob,
        visitor(chromium, site, app=lite_app, role=Role.ANALYST) as ann,
        visitor(chromium, site) as anyone,
    ):
        bob.goto("/staff/actions/new")
        looked_at(bob, "new action")
        for field, words in (
            ("title", "Lights in Abbey Lane"),
            ("said", "It is too dark."),
            ("did", "We put up new lamps."),
            ("owner", "Street lighting team"),
            ("due_on-day", "1"),
            ("due_on-month", "4"),
            ("due_on-year", "2026"),
        ):
            fill_by_keyboard(bob, field, words)
        with bob.expect_navigation(wait_until="load"):
            bob.keyboard.press("Enter")
        assert bob.url.endswith("/staff/actions/1"), bob.inner_text("main")
        looked_at(bob, "action")
        press(bob, "Ask somebody to agree")
        ann.goto("/staff/actions/1")
        looked_at(ann, "asked action")
        press(ann, "Agree and show it to everybody")
        ann.goto("/staff/actions")
        looked_at(ann, "actions")
        ann.goto("/staff/themes")
        looked_at(ann, "themes")
        press(ann, "one thing")
        looked_at(ann, "texts")
        ann.goto("/staff/themes/quotes")
        looked_at(ann, "quotes")
        anyone.goto("/you-said-we-did")
        assert "We put up new lamps." in anyone.inner_text("main")
        looked_at(anyone, "you said we did")
