"""Make the pictures of README: a survey and a pledge on a small phone, and an analyst's page."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from engage.config import ROOT
from tools.demo_site import DemoSite, demo_site

FOLDER = ROOT / "docs" / "screenshots"
# Chromium must not talk to anyone, and cannot use its sandbox where the user is root.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def survey_page(page: Page, site: DemoSite) -> None:
    """Answer the first page of the fear of crime survey and stop at the questions on safety."""
    page.goto(f"{site.address}/surveys/fear-of-crime")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("35 to 44").check()
    page.get_by_label("I live here").check()
    while page.get_by_label("Fairly safe").count() == 0:
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Fairly safe").first.check()
    page.get_by_role("heading", level=1).scroll_into_view_if_needed()


def pledge_page(page: Page, site: DemoSite) -> None:
    """Open the pledge of the demonstration."""
    page.goto(f"{site.address}/pledges/stand-against-hate")


def analysis_page(page: Page, site: DemoSite) -> None:
    """Sign in as the analyst and open the figures of a wave that has closed."""
    email, password = site.login("analyst")
    page.goto(f"{site.address}/staff/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(page.locator("main code").inner_text())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/staff")
    page.goto(f"{site.address}/staff/figures")
    page.goto(f"{site.address}/staff/figures/2")  # the newest that has closed
    page.locator(".engage-bars").first.evaluate(
        "bars => window.scrollTo(0, bars.getBoundingClientRect().top - 220)"
    )


PAGES = {"survey": survey_page, "pledge": pledge_page, "analysis": analysis_page}
SIZES = (("survey", 320, 640), ("pledge", 320, 640), ("analysis", 1280, 900))


def take(browser: Browser, site: DemoSite, name: str, width: int, height: int) -> Path:
    """Walk to a page in a fresh browser and write its picture; return its path."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    PAGES[name](page, site)
    file = FOLDER / f"{name}-{width}.png"
    page.screenshot(path=file)
    page.context.close()
    return file


def main() -> int:
    """Make the pictures; return the exit status."""
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is needed: sudo apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        for name, width, height in SIZES:
            print(take(browser, site, name, width, height).relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
