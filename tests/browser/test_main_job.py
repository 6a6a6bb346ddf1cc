"""The main job on the real thing: a resident answers, the council downloads an indicator."""

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest
from access import check_access
from playwright.sync_api import Page
from walk import answer_page, on_a_question, press

from engage.accounts.models import Role
from engage.web.access import permits
from tools.demo_site import DemoSite, demo_site

SURVEY = "/surveys/fear-of-crime"
NOT_PAGES = {
    "static", "council.colours", "health.health", "leaving.leave", "downloads.take", "brought.go",
    "figure_table.take", "oversight.file", "followup_public.rss", "break_glass.enter",
    "languages.choice", "outreach.qr", "staying.stay", "counter.count", "counter.badge",
    "own_page.copy", "partners.badge", "partners.badge_image", "partners.certificate",
    "training.calendar", "staying_here.stay", "statistics.file",
}  # fmt: skip
SLUGS = {"surveys": "fear-of-crime", "pledges": "stand-against-hate"}
"""The first part of an address to what the demonstration has there."""
PARTS = {
    "section_id": "first_questions", "lowest": "16", "wave_id": "3", "pledge_id": "1",
    "event_id": "1",
}  # fmt: skip
"""Pages that need other parts are of what the demonstration lacks; their own tests look at them."""

CASEWORK = (
    "/staff", "/staff/reports", "/staff/reports?queue=closed", "/staff/reports/colleagues",
    "/staff/report-figures", "/staff/password", "/staff/password/changed", "/staff/spare-codes",
    "/staff/sessions", "/staff/centres/1", "/staff/centres/1/workers/new",
)  # fmt: skip
CENTRE = ("/staff", "/tell-us", "/staff/centre", "/staff/centre/reports/1", "/staff/centre/figures")
"""What those who hold keys see; pages of a report and of a period are found from these."""


@pytest.fixture(scope="module")
def demo(loaded_borough):
    with demo_site(loaded_borough) as site:
        yield site


def picture(page: Page, name: str) -> None:
    """Keep what a person sees, at a phone's width and a desk's, where PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    for width in (320, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def answer_as_a_resident(page: Page, demo: DemoSite) -> None:
    page.goto(demo.address + SURVEY)
    assert "made-up borough" in page.inner_text("header")
    press(page, "Start now")
    while on_a_question(page):
        answer_page(page)
        picture(page, page.url.rsplit("/", 1)[1])
        press(page, "Save and continue")
    picture(page, "check")
    press(page, "Send my answers")
    picture(page, "thanks")
    assert page.inner_text("h1") == "Thank you"


def sign_in(page: Page, demo: DemoSite) -> None:
    email, password = demo.login("analyst")
    page.goto(demo.address + "/staff/sign-in")
    check_access(page, "sign in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    check_access(page, "second step")
    page.fill("#code", page.inner_text("main code"))
    with page.expect_navigation():
        page.click("main button[type=submit]")
    check_access(page, "staff home")


def received(page: Page) -> int:
    """How many responses the page of figures says were received."""
    said = re.search(r"Received\s+([\d,]+)", page.inner_text("main"))
    return int(said.group(1).replace(",", ""))


def open_the_open_wave(page: Page, demo: DemoSite) -> None:
    page.goto(demo.address + "/staff/figures")
    check_access(page, "list of figures")
    row = page.locator("main tr, main li, main .govuk-summary-list__row").filter(
        has_text="How safe do you feel?"
    )
    with page.expect_navigation():
        row.filter(has_text=re.compile("interim", re.IGNORECASE)).locator("a").first.click()
    assert "interim" in page.inner_text("main").lower()


def refresh(page: Page) -> None:
    """Press the button, then wait for the page that comes back by itself once they are made."""
    with page.expect_navigation():
        page.click("text=Make the figures anew")
    page.wait_for_selector("button:has-text('Make the figures anew')", timeout=60_000)


def take_workbook(page: Page, demo: DemoSite) -> openpyxl.Workbook:
    with page.expect_navigation():
        page.click("text=Download files of this wave")
    check_access(page, "downloads")
    page.get_by_label("Figures as a workbook", exact=True).check()
    with page.expect_navigation():
        page.click("text=Make this file")
    link = page.locator("main a[download]").first
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.browser
def test_a_resident_answers_and_the_analyst_downloads_the_workbook_with_the_answer(chromium, demo):
    analyst = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(analyst, demo)
    open_the_open_wave(analyst, demo)
    before = received(analyst)
    resident = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    answer_as_a_resident(resident, demo)
    refresh(analyst)
    check_access(analyst, "figures")
    picture(analyst, "figures")
    assert received(analyst) == before + 1
    by = analyst.locator("main a:has-text('Area group')")
    with analyst.expect_navigation():
        by.click()
    check_access(analyst, "figures by area group")
    workbook = take_workbook(analyst, demo)
    cells = [
        [cell.value for cell in row] for sheet in workbook.worksheets for row in sheet.iter_rows()
    ]
    said = [row for row in cells if row and str(row[0]).startswith("Received")]
    assert said, "the workbook does not say how many responses were received"
    assert before + 1 in said[0]
    for context in chromium.contexts:
        context.close()


def first_of(page: Page, listed: str) -> str:
    """The slug of the first that a public list leads to."""
    page.goto(f"/{listed}")
    return page.get_attribute(f"main a[href^='/{listed}/']", "href").split("/")[2]


def enter(chromium, demo: DemoSite, part: str) -> Page:
    """The page of a browser in which somebody is signed in, by the second step as well."""
    page = chromium.new_context(base_url=demo.address).new_page()
    email, password = demo.login(part)
    page.goto("/staff/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    if page.locator("#code").count():
        check_access(page, "second step")
        page.fill("#code", page.inner_text("main code"))
        with page.expect_navigation():
            page.click("main button[type=submit]")
    return page


@pytest.mark.browser
def test_every_page_of_those_who_hold_keys_is_accessible(chromium, demo):
    page = enter(chromium, demo, "caseworker@")
    for path in CASEWORK:
        look_at(page, path)
    page.goto("/staff/reports?queue=all")
    first = page.get_attribute("main th a", "href")
    look_at(page, first)
    picture(page, "report")
    within = page.eval_on_selector_all(
        f"main a[href^='{first}/']", "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(within) > 8
    for path in within:
        look_at(page, path)
    page.goto("/staff/report-figures")
    look_at(page, page.get_attribute("main a[href*='report-figures/']", "href"))
    with page.expect_navigation():
        page.click("main form[action*='report-figures'] button")
    check_access(page, "figures of reports")
    picture(page, "reported")
    page.context.close()
    page = enter(chromium, demo, "centre@")
    for path in CENTRE:
        look_at(page, path)
    look_at(page, page.get_attribute("main a[href*='centre/figures/']", "href"))
    picture(page, "centre-figures")
    page.context.close()


def look_at(page: Page, path: str) -> None:
    """Open a page that is there, check it, and keep what is seen."""
    assert page.goto(path).status == 200, path
    check_access(page, path)


@pytest.mark.browser
def test_every_page_of_the_site_is_accessible(chromium, demo, lite_app):
    page = enter(chromium, demo, "administrator")
    slugs = SLUGS | {each: first_of(page, each) for each in ("organisations", "events")}
    page.goto(SURVEY)
    press(page, "Start now")
    seen = 0
    for rule in lite_app.url_map.iter_rules():
        parts = PARTS | {"slug": slugs.get(rule.rule.split("/")[1], "")}
        known = all(parts.get(each) for each in rule.arguments)
        allowed = permits(lite_app.view_functions[rule.endpoint], Role.ADMINISTRATOR)
        if "GET" in rule.methods and rule.endpoint not in NOT_PAGES and known and allowed:
            path = re.sub(r"<(?:[^:>]*:)?([^>]*)>", r"{\1}", rule.rule).format(**parts)
            answer = page.goto(path)
            assert answer.status in {200, 404, 409}, path  # what this wave cannot have is not there
            check_access(page, rule.endpoint)
            seen += 1
    assert seen > 60
    for path, status in (("/nothing", 404), ("/staff/figures/999999", 404)):
        assert page.goto(path).status == status
        check_access(page, f"error {status}")
    page.context.close()
