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
    """
    prefer = prefer or {}
    names = page.eval_on_selector_all(
        "#questions input[type=radio], #questions input[type=checkbox]",
        "boxes => [...new Set(boxes.map(box => box.name))]",
    )
    for name in names:
        boxes = page.locator(f"#questions input[name='{name}']")
        wanted = prefer.get(name) or _usual(page, name)
        page.check(f"#questions input[name='{name}'][value='{wanted}']", force=boxes.count() == 0)
    for box in page.locator(
        "#questions textarea:visible, #questions input[type=text]:visible"
    ).all():
        if box.get_attribute("name") != "find_words":
            box.fill(prefer.get(box.get_attribute("name"), "Better lights by the station"))
    ranked = page.eval_on_selector_all(
        "#questions fieldset select", "all => all.map(select => select.name)"
    )
    for choice in page.locator("#questions select").all():
        name = choice.get_attribute("name")
        if name in prefer:
            choice.select_option(value=prefer[name])
        elif name not in ranked:
            choice.select_option(index=1)
        elif ranked.index(name) < choice.locator("option").count() - 1:
            choice.select_option(index=1 + ranked.index(name))  # no two things in one place


USUAL = {
    "q_age_band": ("25_29", "16_17"),
    "q_connection": ("resident",),
    "q_woman_or_girl": ("yes",),
}


def _usual(page: Page, name: str) -> str:
    values = page.eval_on_selector_all(
        f"#questions input[name='{name}']", "boxes => boxes.map(box => box.value)"
    )
    for value in USUAL.get(name, ()):
        if value in values:
            return value
    return values[min(2, len(values) - 1)]
