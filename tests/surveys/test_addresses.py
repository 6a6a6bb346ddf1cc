"""Addresses and titles that do not tell what is asked, and pages that no browser keeps."""

import re

import pytest
from page import PageClient
from survey import DEFINITIONS, SLUG, answer, begin, open_a_wave

from engage.core.definition.load import load_definition
from engage.waves.catalogue import definition_files, newest_file
from engage.web.access import PUBLIC, rule_of

pytestmark = pytest.mark.either_database

WOMEN = newest_file("women_and_girls")
PARTS = {
    "slug": SLUG,
    "section_id": "you",
    "text_id": "x",
    "wave_id": "1",
    "code": "en",
    "place": "x",
    "word": "x",
}
NOT_PAGES = {"static", "council.colours", "health.health"}
TOLD_TO_ALL = ("/results", "/areas", "/statistics", "/you-said-we-did")
"""Published figures and actions, of nobody: a browser may keep them if it asks each time."""


def test_a_survey_on_what_may_hurt_is_shown_at_its_number(client):
    number = open_a_wave("2026", WOMEN)
    assert client.get("/").page.find(f".//a[@href='/surveys/{number}']") is not None
    client.get("/surveys/women-and-girls", 303)
    assert client.location == f"/surveys/{number}"
    client.follow().post(f"/surveys/{number}")
    assert client.location == f"/surveys/{number}/page/1"
    client.follow()
    first = {"q_age_band": "25_29", "q_woman_or_girl": "yes", "q_connection": "visitor"}
    client.post(f"/surveys/{number}/page/1", first)
    assert client.location == f"/surveys/{number}/page/3", "the page that is not put is passed over"
    client.follow().post(client.response.request.path, {"go": "back"})
    assert client.location == f"/surveys/{number}/page/1"
    check = client.get(f"/surveys/{number}/check").page
    changes = [each.get("href") for each in check.iterfind(".//dd/a")]
    assert changes
    assert all(
        re.match(rf"/surveys/{number}/page/\d\?then=check#at_\d+$", each) for each in changes
    )


def ways(client) -> set[str]:
    """Every address that a browser gets to know from the last answer."""
    if client.response.status_code == 303:
        return {client.location}
    named = ((each.get("href"), each.get("action")) for each in client.page.iter())
    return {way for both in named for way in both if way}


def test_no_address_on_the_way_names_the_survey_a_page_or_a_question(app, client):
    number = open_a_wave("2026", WOMEN)
    definition = load_definition(WOMEN)
    here, known = f"/surveys/{number}", set()
    first = {"q_age_band": "25_29", "q_woman_or_girl": "yes", "q_connection": "visitor"}

    def get(path, device=client):
        known.update(ways(device.get(path, follow=True)))

    def post(path, data, status=303, device=client):
        known.update(ways(device.post(path, data, status)))
        if status == 303:
            known.update(ways(device.follow()))

    get("/surveys/women-and-girls")
    post(here, {})
    post(f"{here}/page/1", first)
    post(f"{here}/page/3", {"go": "later"})
    post(f"{here}/save", {name: client.value(name) for name in ("seed", "instead")}, 200)
    said = " ".join((each.text or "") for each in client.page.iterfind(".//ol/li"))
    another = PageClient(app)
    get(f"{here}/return", another)
    post(f"{here}/return", {"code": said}, device=another)
    assert another.response.request.path == f"{here}/page/3"
    while "/page/" in another.response.request.path:
        post(another.response.request.path, {"seen": another.value("seen")}, device=another)
    post(f"{here}/page/1?then=check", {**first, "seen": "1"}, device=another)
    assert another.response.request.path == f"{here}/check"
    get(f"{here}/delete", another)
    another.get("/leave", 303)
    get(f"{here}/check")
    ours = {each for each in known if each.startswith(("/", "#")) and "/static/" not in each}
    told = {"women", *definition.section_ids, *definition.questions}
    words = {each: set(re.split(r"[^a-z_0-9]+", each.replace("#q_", "#"))) for each in ours}
    found = {each for each in ours if words[each] & told}
    assert not found


def test_nothing_in_the_head_of_a_page_names_the_survey(client):
    number = open_a_wave("2026", WOMEN)
    definition = load_definition(WOMEN)
    client.get(f"/surveys/{number}").post(f"/surveys/{number}").follow()
    titles = []
    while "/page/" in client.response.request.path:
        titles.append(client.page.findtext("head/title"))
        client.post(
            client.response.request.path,
            {"q_age_band": "25_29", "q_woman_or_girl": "yes", "q_connection": "resident"},
        ).follow()
    for path in ("", "/check", "/not-for-you", "/ended", "/deleted"):
        client.get(f"/surveys/{number}{path}", follow=True)
        titles.append(client.page.findtext("head/title"))
    assert titles[:2] == [
        "Page 1 - Survey - Testham Council",
        "Page 2 of 8 - Survey - Testham Council",
    ]
    told = {definition.title, *(each.title for each in definition.sections)}
    assert not any(each in title for title in titles for each in told)


def test_a_page_sent_back_says_error_first(client):
    open_a_wave()
    begin(client)
    client.post(client.response.request.path, {}, 422)
    assert client.page.findtext("head/title") == "Error: Page 1 - Survey - Testham Council"


@pytest.mark.parametrize(
    "address",
    ["0", "01", "99", "999999999", "9" * 30, "1/page/0", "1/page/99", "1/page/" + "9" * 40],
)
def test_a_number_that_there_is_not_is_a_page_that_is_not_there(client, address):
    open_a_wave()
    answer_ = client.http.get(f"/surveys/{address}", follow_redirects=True)
    assert answer_.status_code == (404 if "/" not in address else 200), address


def test_names_stay_good_addresses(client):
    open_a_wave()
    answer(begin(client))
    assert client.response.request.path == f"/surveys/{SLUG}/check"


def test_the_surveys_with_questions_that_may_hurt_are_those():
    found = {each.id for each in map(load_definition, definition_files()) if each.sensitive}
    assert found >= {"fear_of_crime", "women_and_girls", "young_people"}
    assert not load_definition(DEFINITIONS / "every_kind" / "v1.yaml").sensitive


def paths(app) -> list[str]:
    """The address of every public page."""
    found = [
        re.sub(r"<(?:[^:>]*:)?([^>]*)>", lambda part: PARTS.get(part.group(1), "1"), rule.rule)
        for rule in app.url_map.iter_rules()
        if PUBLIC in rule_of(app.view_functions[rule.endpoint]) and rule.endpoint not in NOT_PAGES
    ]
    return [*found, "/nothing", "/surveys/nothing"]


def test_no_browser_keeps_a_public_page_or_passes_its_address_on(lite_app):
    open_a_wave()
    begun = begin(PageClient(lite_app))
    for http in (lite_app.test_client(), begun.http):
        for path in paths(lite_app):
            for method in ("GET", "POST"):
                if path == "/leave" and http is begun.http:
                    continue  # it would end the walk
                answered = http.open(path, method=method)
                said = f"{method} {path}: {answered.status}"
                kept = answered.headers["Cache-Control"]
                published = method == "GET" and path.startswith(TOLD_TO_ALL)
                assert kept == "no-store" or (published and kept.endswith(" no-cache")), said
                assert answered.headers["Referrer-Policy"] == "no-referrer", said
                assert answered.status_code != 500, said
