"""Make pictures of every survey, to be looked at: start, scale, errors, check and thanks.

They go to build/screenshots/surveys, at the width of a small phone and of a desk, in English and in
Urdu, which runs from right to left. `python -m tools.survey_pictures [part of a name ...]`
"""

import shutil
import sys

from playwright.sync_api import Page, sync_playwright

from engage.config import ROOT
from tools.demo_site import demo_site
from tools.screenshots import QUIET

FOLDER = ROOT / "build" / "screenshots" / "surveys"
SURVEYS = (
    "fear-of-crime", "young-people", "women-and-girls",
    "pulse", "event-feedback", "payback-nomination",
)  # fmt: skip
BESIDE = ("", "privacy", "accessibility", "return", "surveys/fear-of-crime/paper",
          "surveys/victim-satisfaction", "surveys/victim-satisfaction/code")  # fmt: skip
LANGUAGES = ("en", "ur")
WIDTHS = (320, 1280)
MOST_PAGES = 12
ONWARD = "#questions .engage-actions .govuk-button, form[action$='/check'] .govuk-button"
ASKED = ("25_29", "16_17", "16_over", "resident", "q_woman_or_girl=yes")
"""The answers of somebody whom the surveys are for."""
FILL = """asked => {
  const groups = new Map();
  for (const box of document.querySelectorAll("#questions input:is([type=radio], [type=checkbox])"))
    groups.set(box.name, [...(groups.get(box.name) ?? []), box]);
  for (const boxes of groups.values()) {
    const wanted = boxes.find(box => asked.includes(box.value) || asked.includes(`${box.name}=${box.value}`));
    (wanted ?? boxes[Math.min(2, boxes.length - 1)]).checked = true;
  }
  for (const box of document.querySelectorAll("#questions textarea")) box.value = "Better lights";
  const choices = [...document.querySelectorAll("#questions select")];
  choices.forEach((choice, at) => { choice.selectedIndex = choices.length === 1 ? 1 : at < 3 ? at + 1 : 0; });
}"""  # noqa: E501  lines of another language


def picture(page: Page, name: str) -> None:
    """Write the whole page at every width, and leave it as narrow as a phone."""
    for width in WIDTHS[::-1]:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)


def onward(page: Page) -> None:
    """Press the button that saves the page or sends the answers."""
    with page.expect_navigation():
        page.locator(ONWARD).first.click()


def walk(page: Page, survey: str, language: str) -> None:
    """Go through one survey and take each kind of page once."""
    page.goto(f"/language/{language}?next=/surveys/{survey}")
    picture(page, f"{survey}-{language}-1-start")
    with page.expect_navigation():
        page.locator("main form .govuk-button").first.click()
    onward(page)
    if page.locator(".govuk-error-summary").count():  # the pulse survey asks nothing that must be
        picture(page, f"{survey}-{language}-2-errors")
    seen = False
    for _page in range(MOST_PAGES):
        if "/page/" not in page.url:
            break
        page.evaluate(FILL, list(ASKED))
        if not seen and page.locator(".govuk-radios--small").count():
            picture(page, f"{survey}-{language}-3-scale")
            seen = True
        onward(page)
    picture(page, f"{survey}-{language}-4-check")
    onward(page)
    picture(page, f"{survey}-{language}-5-thanks")


def main(wanted: list[str]) -> int:
    """Take every picture whose survey is wanted; return the exit status."""
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is needed: sudo apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        for language in LANGUAGES:
            page = browser.new_context(base_url=site.address).new_page()
            page.goto(f"/language/{language}")
            for path in BESIDE if not wanted else ():
                page.goto(f"/{path}")
                picture(page, f"beside-{path.replace('/', '-') or 'home'}-{language}")
            for survey in SURVEYS:
                if not wanted or any(each in survey for each in wanted):
                    walk(page, survey, language)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
