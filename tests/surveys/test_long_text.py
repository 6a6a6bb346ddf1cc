"""A box for a few sentences says how much fits, and counts as a browser counts."""

import pytest
from survey import DEFINITIONS, begin, open_a_wave

PAGE = "/surveys/long-text/page"


@pytest.fixture
def app(lite_app):
    return lite_app


@pytest.fixture
def words(client):
    open_a_wave(file=DEFINITIONS / "long_text" / "v1.yaml")
    return begin(client, "long-text").post(f"{PAGE}/you", {"q_age_band": "2"}).follow()


def test_without_scripts_a_hint_of_the_box_says_how_much_fits(words):
    (box,) = words.page.iter("textarea")
    hints = [words.page.find(f".//*[@id='{each}']") for each in box.get("aria-describedby").split()]
    assert any("You can enter up to 50 characters" in "".join(hint.itertext()) for hint in hints)
    assert words.page.find(".//*[@data-module='govuk-character-count']").get("data-maxlength")


def test_a_line_end_is_one_character_as_in_the_count_on_the_page(words):
    # Browsers count a line end as one and send two.
    words.post(f"{PAGE}/words", {"q_idea": "\r\n".join("x" * 25)}, status=303)
    words.post(f"{PAGE}/words", {"q_idea": "\r\n".join("x" * 26)}, status=422)
    assert "Write 50 characters or fewer. You wrote 51." in words.text


@pytest.mark.parametrize("written", ["</textarea><script>", "\n\nlast line", 'a "b" & c'])
def test_words_come_back_into_the_box_as_they_were(words, written):
    words.post(f"{PAGE}/words", {"q_idea": written})
    (box,) = words.get(f"{PAGE}/words").page.iter("textarea")
    assert box.text.strip() == written.strip()
