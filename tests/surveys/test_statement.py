"""The statement on accessibility says what is tested, what is not, and whom to turn to."""

import re
from pathlib import Path

import pytest
from access import TAGS
from page import PageClient
from settings import settings_for

from engage.app import create_app
from engage.surveys.home import STATEMENT_OF

BROWSER = Path(__file__).resolve().parents[1] / "browser"
CLAIMS = {
    "every page of the surveys, also when something is missing or wrong": {
        "test_every_page_is_accessible_empty_wrong_and_filled",
        "test_every_page_of_a_survey_is_accessible_empty_and_filled",
        "test_saving_and_coming_back_are_accessible",
        "test_pages_beside_the_walk_are_accessible",
    },
    "whole surveys with a keyboard alone, and without scripts": {
        "test_the_keyboard_alone_completes_a_survey",
        "test_without_scripts_a_survey_is_completed",
        "test_without_scripts_answers_are_saved_and_finished_with_the_code",
    },
    "pages at 400% zoom, with more room between letters and lines": {
        "test_at_400_percent_and_with_wide_spacing_nothing_is_cut",
        "test_the_other_pages_take_wide_spacing_at_400_percent",
    },
    "in the reader’s own colours": {
        "test_colours_that_the_reader_chose_leave_every_state_visible",
        "test_a_ticked_box_is_seen_in_the_readers_colours",
    },
    "a language that is read from right to left": {
        "test_every_page_is_accessible_from_right_to_left",
    },
}
"""What the statement says is tried each time, and the tests that do it."""


@pytest.fixture
def said(lite_app) -> str:
    return PageClient(lite_app).get("/accessibility").text


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_it_says_is_tried_is_tried(said, claim):
    assert claim in said
    there = {
        name
        for file in BROWSER.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert CLAIMS[claim] <= there


def test_it_claims_no_other_trial_and_names_the_level_that_axe_is_asked_for(said):
    tried = said[said.index("programs try it") : said.index("Programs find only")]
    assert tried.count(". ") == 0
    assert "version 2.2" in said
    assert "level AA" in said
    assert {"wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"} <= set(TAGS)
    assert not re.search(r"fully|compl(y|ies|iant)|guarantee|certif", said, re.IGNORECASE)


@pytest.mark.parametrize(
    "owned_up",
    ["Nobody from outside has checked", "Disabled people", "have not tried it yet",
     "People with learning disabilities have not tried it", "no British Sign Language"],
)  # fmt: skip
def test_it_owns_up_to_what_was_not_done(said, owned_up):
    assert owned_up in said


def test_it_says_how_to_get_the_survey_another_way_and_how_to_complain(said):
    for words in ("on paper or by phone", "privacy@testham.example", "0808 800 0082",
                  "Equality and Human Rights Commission"):  # fmt: skip
        assert words in said


def test_it_says_which_languages_there_are(said, tmp_path, sqlite_url):
    assert "in English only" in said
    assert "only this demonstration" not in said
    demo = create_app(settings_for(tmp_path, DATABASE_URL=sqlite_url, DEMO="1"))
    told = PageClient(demo).get("/accessibility").text
    assert "in English only" not in told
    assert "only this demonstration shows them" in told


def test_it_says_of_which_day_it_is(said):
    assert f"{STATEMENT_OF.day} {STATEMENT_OF:%B %Y}" in said
