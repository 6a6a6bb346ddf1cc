"""Answering the page that a real browser shows, whatever it asks."""

from playwright.sync_api import Page


def on_a_question(page: Page) -> bool:
    return "/page/" in page.url


def press(page: Page, words: str) -> None:
    """Press the button or link with these words and wait for the page it leads to."""
    with page.expect_navigation(wait_until="load"):
        page.click(f"text={words}")


def begin(page: Page, slug: str, language: str = "en") -> None:
    """Open a survey in a language and start it, whatever its button says there."""
    page.goto(f"/language/{language}?next=/surveys/{slug}")
    with page.expect_navigation(wait_until="load"):
        page.click("main form .govuk-button")


def onward(page: Page) -> None:
    """Save the page, or send the answers, whatever the button says."""
    button = "#questions .engage-actions .govuk-button, form[action$='/check'] .govuk-button"
    with page.expect_navigation(wait_until="load"):
        page.click(f"{button} >> nth=0")


def answer_page(page: Page, prefer: dict[str, str] | None = None) -> None:
    """Give an answer to everything on the page; `prefer` names the code for a question's field.

    Elsewhere the second option is taken: the first age band or connection may not be eligible.
    Options are pressed by one script, since a long page has dozens; they hear of it as of a finger.
    """
    prefer = prefer or {}
    page.evaluate(PRESS_OPTIONS, [prefer, USUAL])
    for box in page.locator(
        "#questions textarea:visible, #questions input[type=text]:visible"
    ).all():
        if box.get_attribute("name") != "find_words":
            box.fill(prefer.get(box.get_attribute("name"), "Better lights by the station"))
    page.evaluate(CHOOSE, prefer)


USUAL = {
    "q_age_band": ["25_29", "16_17"],
    "q_connection": ["resident"],
    "q_woman_or_girl": ["yes"],
}
PRESS_OPTIONS = """([prefer, usual]) => {
  const boxes = [...document.querySelectorAll(
    "#questions input[type=radio], #questions input[type=checkbox]")];
  for (const name of new Set(boxes.map(box => box.name))) {
    const values = boxes.filter(box => box.name === name).map(box => box.value);
    const known = (usual[name] || []).find(value => values.includes(value));
    const wanted = prefer[name] ?? known ?? values[Math.min(2, values.length - 1)];
    const box = boxes.find(each => each.name === name && each.value === wanted);
    if (!box) throw new Error(`${name} has no option ${wanted}`);
    if (!box.checked) box.click();
  }
}"""
CHOOSE = """prefer => {
  const ranked = [...document.querySelectorAll("#questions fieldset select")];
  for (const choice of document.querySelectorAll("#questions select")) {
    const place = ranked.indexOf(choice);
    if (choice.name in prefer) choice.value = prefer[choice.name];
    else if (place < 0) choice.selectedIndex = 1;
    // No two things in one place.
    else if (place < choice.options.length - 1) choice.selectedIndex = 1 + place;
    choice.dispatchEvent(new Event("input", {bubbles: true}));
    choice.dispatchEvent(new Event("change", {bubbles: true}));
  }
}"""
