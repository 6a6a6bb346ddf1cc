"""What a page weighs on the wire, and that it is of use before its scripts are there."""

import pytest
from playwright.sync_api import CDPSession, Page, Route
from walk import answer_page, begin, on_a_question, onward

PAGE = 60 * 1024
FIRST_LOAD = 120 * 1024
WHOLE_SURVEY = 240 * 1024
"""What the pages after the first weigh together, as they leave the site: the browser keeps the
files, and the pages themselves, which hold a secret, are not compressed."""
SLOW = {
    "offline": False, "latency": 800, "downloadThroughput": 35_000, "uploadThroughput": 35_000,
}  # fmt: skip
"""280 kilobits a second, and most of a second until anything comes: the edge of a network."""


@pytest.fixture(scope="module")
def site(borough):
    return borough


class Scales:
    """Counts what comes over the wire: by the kind of thing, in bytes with their headers."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Network.enable")
        self.kinds: dict[str, str] = {}
        self.loads: list[tuple[str, int]] = []
        self.cdp.on("Network.responseReceived", self.began)
        self.cdp.on("Network.loadingFinished", self.ended)

    def began(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def ended(self, event: dict) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.loads.append((kind, int(event["encodedDataLength"])))

    def take(self, kind: str = "") -> int:
        """The bytes since the last time, of one kind or all; counting begins anew."""
        taken = sum(size for each, size in self.loads if kind in ("", each))
        self.loads.clear()
        return taken


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_first_load_and_every_page_of_a_survey_are_light(page, site, language):
    page.goto(f"/language/{language}?next=/nothing")
    scales = Scales(page)
    page.context.clear_cookies()
    scales.cdp.send("Network.clearBrowserCache")
    page.goto(f"/language/{language}?next=/surveys/fear-of-crime", wait_until="networkidle")
    first = scales.take()
    assert 10_000 < first < FIRST_LOAD, "10 kB would be less than the style sheet: nothing counted"
    page.reload()
    weights = {"start": scales.take("Document")}
    begin(page, "fear-of-crime", language)
    scales.take()
    total = 0
    while True:
        page.reload(wait_until="load")
        weights[page.url] = scales.take("Document")
        if not on_a_question(page):
            break
        answer_page(page)
        onward(page)
        total += scales.take()
    onward(page)
    weights["thanks"] = scales.take("Document")
    assert len(weights) > 7
    for where, weight in weights.items():
        assert 500 < weight < PAGE, f"{where} weighs {weight} bytes"
    assert total < WHOLE_SURVEY


@pytest.mark.browser
def test_a_page_loads_no_script_that_it_does_not_need(page, site):
    page.goto("/surveys/fear-of-crime")
    assert scripts(page) == {"engage", "govuk", "exit"}
    begin(page, "fear-of-crime")
    assert scripts(page) == {"engage", "govuk", "exit", "timeout"}
    page.goto("/privacy")
    assert scripts(page) == {"engage", "govuk"}


def scripts(page: Page) -> set[str]:
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    return {name.rpartition("/")[2].partition("-")[0] for name in names if name.endswith(".js")}


@pytest.mark.browser
def test_on_a_slow_line_a_page_can_be_answered_before_its_scripts_are_there(page, site):
    page.goto("/nothing")
    scales = Scales(page)
    scales.cdp.send("Network.clearBrowserCache")
    scales.cdp.send("Network.emulateNetworkConditions", SLOW)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.js", hold)
    page.set_default_timeout(30_000)
    page.goto("/surveys/pulse", wait_until="commit")
    page.click("main form .govuk-button", no_wait_after=True)
    page.wait_for_url("**/page/**", wait_until="commit")
    page.locator("#questions input[type=radio]").nth(2).check()
    assert held, "the scripts were asked for, and never came"
    assert page.evaluate("getComputedStyle(document.querySelector('.govuk-button')).cursor") == (
        "pointer"
    ), "the style sheets are there"
    assert not page.evaluate("document.body.classList.contains('js-enabled')")
    with page.expect_request(lambda request: request.method == "POST"):
        page.click("#questions .govuk-button >> nth=0", no_wait_after=True)
    for route in held:
        route.abort()
