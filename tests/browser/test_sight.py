"""For eyes and hands of all kinds: zoom, spacing, chosen colours, less motion, large targets."""

import pytest
from borough import slug_of
from named import check_names
from playwright.sync_api import Page
from walk import answer_page, begin, on_a_question, onward

SMALL = {"width": 320, "height": 480}
"""What is left of a desk's window of 1280 by 1920 pixels at a zoom of 400%."""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  }
  p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""  # the measures of WCAG 1.4.12
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
COVERED = """() => {
  const on = document.activeElement, at = on.getBoundingClientRect();
  if (on === document.body) return "";
  const told = on.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  if (at.bottom <= 0 || at.top >= innerHeight) return `out of sight: ${told}`;
  const seen = [0.15, 0.5, 0.85].some(part => {
    const y = Math.min(innerHeight - 1, Math.max(1, at.top + part * at.height));
    const top = document.elementFromPoint(at.left + Math.min(at.width / 2, 60), y);
    return top && (on.contains(top) || top.contains(on) || [...(on.labels ?? [])].some(l => l.contains(top)));
  });
  return seen ? "" : `covered: ${told}`;
}"""  # noqa: E501  lines of another language
MOVES = """() => [document.documentElement, ...document.querySelectorAll("*")].filter(each => {
  const style = getComputedStyle(each);
  return parseFloat(style.transitionDuration) || style.animationName !== "none"
    || style.scrollBehavior === "smooth";
}).map(each => each.outerHTML.slice(0, 140))"""


@pytest.fixture(scope="module")
def site(borough):
    return borough


def reach_a_scale(page: Page, language: str = "en") -> None:
    """Stand on the first page of the fear of crime survey that holds a scale."""
    begin(page, "fear-of-crime", language)
    while not page.locator(".govuk-radios--small").count():
        answer_page(page)
        onward(page)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ur"])
def test_at_400_percent_and_with_wide_spacing_nothing_is_cut(page, site, language):
    page.set_viewport_size(SMALL)
    begin(page, "women-and-girls", language)
    onward(page)
    while True:
        for change in ("() => null", SPACED):
            page.evaluate(change)
            assert page.evaluate(SIDEWAYS) <= 0, page.url
            check_names(page, "spaced")
        if not on_a_question(page):
            break
        answer_page(page)
        onward(page)
    onward(page)
    page.evaluate(SPACED)
    assert page.evaluate(SIDEWAYS) <= 0
    check_names(page, "thank you, spaced")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/return", "/surveys/fear-of-crime", "/accessibility",
                                  "/surveys/fear-of-crime/paper", "/nothing"])  # fmt: skip
def test_the_other_pages_take_wide_spacing_at_400_percent(page, site, path):
    page.set_viewport_size(SMALL)
    for language in ("en", "ur"):
        page.goto(f"/language/{language}")
        page.goto(path)
        page.evaluate(SPACED)
        assert page.evaluate(SIDEWAYS) <= 0
        check_names(page, f"{path}, spaced")


@pytest.mark.browser
def test_what_has_the_focus_is_never_covered(page, site):
    page.set_viewport_size(SMALL)
    page.clock.install()
    reach_a_scale(page)
    page.evaluate("document.querySelector('#more-time').dataset.seconds")
    show_the_warning(page)
    for key in ("Tab", "Shift+Tab"):
        for _press in range(35):
            page.keyboard.press(key)
            assert page.evaluate(COVERED) == "", key


def show_the_warning(page: Page) -> None:
    """Let the bar that asks whether more time is needed stand at the foot of the window."""
    page.route("**/stay", lambda route: route.abort())
    page.clock.fast_forward("01:56:00")
    page.wait_for_selector(".engage-more-time--shown")


@pytest.mark.browser
def test_nothing_moves_for_those_who_asked_for_less_motion(page, site):
    page.emulate_media(reduced_motion="reduce")
    reach_a_scale(page)
    onward(page)
    assert page.evaluate(MOVES) == []
    page.goto("/surveys/fear-of-crime")
    assert page.evaluate(MOVES) == []


LOOK = """([selector, pseudo, names]) => {
  const style = getComputedStyle(document.querySelector(selector), pseudo);
  return Object.fromEntries(names.map(name => [name, style[name]]));
}"""


def look(page: Page, selector: str, *names: str, pseudo: str = "") -> dict[str, str]:
    """How something is drawn."""
    return page.evaluate(LOOK, [selector, pseudo or None, list(names)])


def is_drawn(style: dict[str, str], what: str) -> bool:
    """Whether a border or an outline can be seen: colours of the reader are never transparent."""
    parts = [style[name] for name in style if name.startswith(what)]
    return not {"none", "0px", "rgba(0, 0, 0, 0)", "transparent"} & set(parts)


EDGE = ("borderTopStyle", "borderTopWidth", "borderTopColor")
RING = ("outlineStyle", "outlineWidth", "outlineColor")


@pytest.mark.browser
def test_colours_that_the_reader_chose_leave_every_state_visible(page, site):
    page.emulate_media(forced_colors="active")
    page.goto("/surveys/fear-of-crime")
    begin(page, "fear-of-crime")
    for button in (".govuk-exit-this-page__button", "#questions .govuk-button"):
        assert is_drawn(look(page, button, *EDGE), "border"), button
    onward(page)
    assert is_drawn(look(page, ".govuk-error-summary", *EDGE), "border")
    side = ("borderLeftStyle", "borderLeftWidth", "borderLeftColor")
    assert is_drawn(look(page, ".govuk-form-group--error", *side), "border")
    page.keyboard.press("Tab")
    assert is_drawn(look(page, ":focus", *RING), "outline"), "a link of the summary"
    radio = page.locator("#questions input[type=radio]").nth(2)
    ring = ("#questions input[type=radio]:focus + label", RING)
    radio.focus()
    page.keyboard.press("Space")
    assert is_drawn(look(page, ring[0], *ring[1], pseudo="::before"), "outline"), "a radio button"
    dot = look(page, "input:checked + label", *EDGE, "opacity", pseudo="::after")
    assert dot["opacity"] == "1"
    assert is_drawn(dot, "border"), "the dot of a radio button that is chosen"
    exit_button = page.locator(".govuk-exit-this-page__button")
    exit_button.focus()
    assert is_drawn(look(page, ".govuk-exit-this-page__button", *RING), "outline"), "the way out"
    quiet = "button[name=go][value=later]"
    page.locator(quiet).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert is_drawn(look(page, quiet, *RING), "outline"), "a button that reads as a link"


@pytest.mark.browser
def test_a_ticked_box_is_seen_in_the_readers_colours(page, site):
    page.emulate_media(forced_colors="active")
    begin(page, slug_of("payback_nomination"))
    while not page.locator("#questions input[type=checkbox]").count():
        answer_page(page)
        onward(page)
    page.locator("#questions input[type=checkbox]").first.check()
    side = ("borderLeftStyle", "borderLeftWidth", "borderLeftColor", "opacity")
    tick = look(page, "input:checked + label", *side, pseudo="::after")
    assert tick["opacity"] == "1"
    assert is_drawn(tick, "border")
