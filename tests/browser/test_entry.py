"""Typing forms in by keyboard alone, and the paper that they are typed from."""

import re
import subprocess

import pytest
from access import check_access
from desk import make_account, sign_in
from programs import needs
from walk import press

from engage.core.definition.load import load_definition
from engage.core.definition.paper import keys_of, numbers_of
from engage.waves.catalogue import newest_file

SURVEY = "fear_of_crime"


@pytest.fixture(scope="module")
def account(site):
    make_account(site)


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()")


def open_batch(page) -> None:
    """Open a batch of the first survey without touching the mouse."""
    page.goto("/staff/entry/new")
    page.focus("#wave")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Saturday market")
    page.keyboard.press("Tab")
    page.keyboard.type("Market square")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed_for(definition) -> list[str]:
    """What is typed for each box of the page, for somebody who answers everything."""
    answers = []
    wanted = {"age_band": "25_29", "connection": "resident", "health_condition": "yes"}
    for question in definition.questions.values():
        keys = {code: key for key, code in keys_of(question, [("ward", "?")]).items()}
        if question.beside or not question.options:
            answers.append("")
        elif question.id in wanted:
            answers.append(keys[wanted[question.id]])
        else:
            answers.append(next(iter(keys.values())))
    return answers


@pytest.mark.browser
def test_a_whole_form_is_typed_in_by_keyboard_alone(page, account):
    sign_in(page)
    open_batch(page)
    with page.expect_navigation():
        page.focus("text=Type in a form")
        page.keyboard.press("Enter")
    definition = load_definition(newest_file(SURVEY))
    assert len(numbers_of(definition)) > 30
    first = next(iter(definition.questions))
    assert focused(page) == f"t_{first}"
    for number, typed in enumerate(typed_for(definition)):
        page.keyboard.type(typed)
        long = page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        page.keyboard.press("Tab" if long or number % 2 else "Enter")
    # Some answers were not to be given; what they were is said before anything is counted.
    assert focused(page) == "Save and next form"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "Leave out what was not asked" in page.content():
        page.focus("text=Leave out what was not asked, and save")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "Write on the paper: batch 1, form 1." in page.inner_text("main")
    assert focused(page) == f"t_{first}"


@pytest.mark.browser
def test_enter_never_sends_a_form_half_typed(page, account, chromium, site):
    sign_in(page)
    open_batch(page)
    address = page.url
    cookies = page.context.cookies()
    plain = chromium.new_context(base_url=site.url, java_script_enabled=False)
    plain.add_cookies(cookies)
    other = plain.new_page()
    other.goto(f"{address}/form")
    other.focus("#t_age_band")
    other.keyboard.type("3")
    other.keyboard.press("Enter")
    other.wait_for_timeout(300)
    assert other.url == f"{address}/form"
    assert other.input_value("#t_age_band") == "3"
    plain.close()


@pytest.mark.browser
def test_the_pages_for_paper_are_accessible_in_every_state(page, account):
    sign_in(page)
    page.goto("/staff/entry/new")
    check_access(page, "new batch")
    press(page, "Open batch")
    check_access(page, "new batch with errors")
    open_batch(page)
    check_access(page, "empty batch")
    batch = page.url
    page.goto(f"{batch}/form")
    check_access(page, "empty form")
    page.fill("#t_age_band", "77")
    page.fill("#t_safe_live", "1 2")
    press(page, "Save and next form")
    assert page.title().startswith("Error: ")
    check_access(page, "errors")
    page.click(".govuk-error-summary__list a >> nth=0")
    assert focused(page) == "t_age_band"
    page.fill("#t_age_band", "3")
    page.fill("#t_connection", "2")
    page.fill("#t_safe_live", "1")
    press(page, "Save and next form")
    check_access(page, "answers that were not asked for")
    press(page, "Leave out what was not asked, and save")
    check_access(page, "counted")
    page.goto(batch)
    check_access(page, "batch")
    page.click("text=correct")
    check_access(page, "correction")
    page.goto(f"{batch}/forms/1/remove")
    check_access(page, "question whether to take out")
    page.goto(f"{batch}/close")
    check_access(page, "question whether to close")
    press(page, "Close this batch")
    check_access(page, "closed batch")
    page.goto("/staff/entry")
    check_access(page, "batches")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/surveys/fear-of-crime/paper", "/surveys/young-people/paper"])
def test_paper_is_accessible_on_the_screen(page, path):
    page.goto(path)
    check_access(page, "paper")
    links = page.eval_on_selector_all("main li a", "links => links.map(each => each.href)")
    for link in [each for each in links if "/paper/" in each]:
        page.goto(link)
        check_access(page, "paper of one age")


@pytest.mark.browser
def test_what_is_printed_keeps_questions_whole_and_their_numbers(page, tmp_path):
    reader = needs("pdftotext", "poppler-utils")
    page.goto("/surveys/fear-of-crime/paper")
    printed = tmp_path / "paper.pdf"
    printed.write_bytes(page.pdf(prefer_css_page_size=True))
    read = subprocess.run(
        [reader, "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    )
    sheets = read.stdout.split("\f")[:-1]
    definition = load_definition(newest_file(SURVEY))
    numbers = numbers_of(definition)
    for question in definition.questions.values():
        if question.beside or question.id == "ward":
            continue
        head = re.compile(
            rf"^ *{numbers[question.id]}\. +{re.escape(question.text[:25])}", re.MULTILINE
        )
        [sheet] = [sheet for sheet in sheets if head.search(sheet)]
        # All of it is on that sheet, after its head.
        after = sheet[head.search(sheet).start() :]
        words = " ".join(after.split())
        for option in question.options:
            assert " ".join(option.label.split())[:20] in words, (question.id, option.label)
    assert "Leave this page now" not in read.stdout
    assert "Print this page" not in read.stdout
    assert "Samaritans" in sheets[-1]
    assert len(sheets) <= 20
