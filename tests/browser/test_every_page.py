"""Every page of the demonstration in every state, in both directions of script and in Easy Read."""

import pytest
from access import check_access
from borough import INVITED, SHIPPED, slug_of, texts
from named import check_names, check_questions
from playwright.sync_api import Page
from walk import answer_page, begin, on_a_question, onward

IN_BOTH_DIRECTIONS = ["en", "ur"]
ELSEWHERE = ("fear_of_crime", "young_people", "women_and_girls")
"""Those that test_survey_access.py walks in English."""
MOST_PAGES = 12
WALKS = [
    *((each, "en") for each in SHIPPED if each not in ELSEWHERE),
    *((each, "ur") for each in SHIPPED),
]


@pytest.fixture(scope="module")
def site(borough):
    return borough


def enter(page: Page, site, questionnaire: str, language: str) -> None:
    """Stand on the first page of a survey; where it is for the invited, use up a code."""
    slug = slug_of(questionnaire)
    if questionnaire == INVITED:
        page.goto(f"/language/{language}?next=/surveys/{slug}/code")
        check_access(page, "code")
        page.fill("#invitation", "4k7d")
        submit(page)
        check_access(page, "a code that is wrong")
        page.fill("#invitation", site.invitations.pop())
        submit(page)
    else:
        page.goto(f"/language/{language}?next=/surveys/{slug}")
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ur" else "ltr")
    check_access(page, "start")
    begin(page, slug, language)


def press(page: Page, place: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.click(place)


def submit(page: Page) -> None:
    press(page, "main form .govuk-button >> nth=0")


@pytest.mark.browser
@pytest.mark.parametrize(("questionnaire", "language"), WALKS)
def test_every_page_is_accessible_empty_wrong_and_filled(page, site, questionnaire, language):
    words = texts(questionnaire, language)
    enter(page, site, questionnaire, language)
    onward(page)
    check_access(page, "errors")
    for _page in range(MOST_PAGES):
        if not on_a_question(page):
            break
        check_questions(page, words, language)
        answer_page(page)
        check_access(page, "filled")
        onward(page)
    assert page.url.endswith("/check"), page.inner_text("main")
    check_access(page, "check")
    onward(page)
    assert page.url.endswith("/thank-you")
    check_access(page, "thank you")


@pytest.mark.browser
@pytest.mark.parametrize("questionnaire", [each for each in SHIPPED if each != INVITED])
def test_every_question_in_easy_read_is_announced_in_its_own_words(page, site, questionnaire):
    begin(page, slug_of(questionnaire), "easy")
    for _page in range(MOST_PAGES):
        if not on_a_question(page):
            break
        check_questions(page, texts(questionnaire, "easy"), "Easy Read")
        check_names(page, "Easy Read")
        answer_page(page)
        onward(page)
    assert page.url.endswith("/check"), page.inner_text("main")
    check_names(page, "check in Easy Read")


@pytest.mark.browser
@pytest.mark.parametrize("language", IN_BOTH_DIRECTIONS)
def test_saving_and_coming_back_are_accessible(page, site, language):
    begin(page, "fear-of-crime", language)
    answer_page(page)
    onward(page)
    with page.expect_navigation(wait_until="load"):
        page.click("[name=go][value=later]")
    check_access(page, "save")
    submit(page)
    check_access(page, "code, with the form for mail")
    code = page.locator(".engage-code li").all_inner_texts()
    send_to(page, "nobody")
    check_access(page, "an address that is wrong")
    send_to(page, "person@testham.example")
    assert page.locator("main [role=status]").count() == 1
    check_access(page, "mailed")
    with page.expect_navigation(wait_until="load"):
        page.click("form[action$=put-away] button")
    check_access(page, "put away")
    page.goto("/return")
    check_access(page, "return")
    submit(page)
    check_access(page, "return with nothing")
    page.fill("#code", " ".join(each.strip() for each in code))
    submit(page)
    assert on_a_question(page)


def send_to(page: Page, address: str) -> None:
    page.fill("#address", address)
    with page.expect_navigation(wait_until="load"):
        page.click("form[action$=mail] button")


@pytest.mark.browser
@pytest.mark.parametrize("language", IN_BOTH_DIRECTIONS)
def test_pages_beside_the_walk_are_accessible(page, site, language):
    page.goto(f"/language/{language}")
    for path in (
        "/", "/privacy", "/accessibility", "/surveys/fear-of-crime/ended",
        "/surveys/fear-of-crime/deleted", "/surveys/fear-of-crime/paper",
        "/surveys/young-people/paper", "/surveys/young-people/paper/from-16",
        f"/surveys/{slug_of(INVITED)}", f"/go/{site.link}",
    ):  # fmt: skip
        assert page.goto(path).status == 200, path
        check_access(page, path)
    for path, status in (("/nothing", 404), ("/surveys/fear-of-crime/save/mail", 405)):
        assert page.goto(path).status == status
        check_access(page, path)


@pytest.mark.browser
@pytest.mark.parametrize("language", IN_BOTH_DIRECTIONS)
def test_the_page_for_those_who_are_not_asked_is_accessible(page, site, language):
    begin(page, "fear-of-crime", language)
    answer_page(page, {"q_age_band": page.get_attribute("[name=q_age_band] >> nth=0", "value")})
    onward(page)
    assert page.url.endswith("/not-for-you")
    check_access(page, "not for you")
    press(page, "main a.govuk-button >> nth=0")
    check_access(page, "whether to delete")
    page.goto("/surveys/fear-of-crime/delete")
    check_access(page, "delete")
    submit(page)
    check_access(page, "deleted")


@pytest.mark.browser
@pytest.mark.parametrize("language", IN_BOTH_DIRECTIONS)
def test_answers_that_wait_and_pages_that_are_out_of_date_are_told_accessibly(page, site, language):
    begin(page, "young-people", language)
    answer_page(page)
    onward(page)
    page.goto("/surveys/young-people")
    check_access(page, "answers wait")
    page.goto("/return")
    check_access(page, "answers wait, and a code is asked for")
    page.goto("/surveys/young-people/check")
    page.eval_on_selector_all("[name=csrf_token]", "all => all.forEach(each => each.value = '')")
    onward(page)
    check_access(page, "out of date")
