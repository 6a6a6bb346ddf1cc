"""The paper copy of a survey, in words that lead through it."""

from pathlib import Path

import pytest
from page import PageClient
from survey import DEFINITIONS, SLUG, open_a_wave

from engage.core.definition.kinds import Kind
from engage.core.definition.load import load_definition
from engage.core.definition.paper import numbers_of
from engage.extensions import db
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave, WaveState

INVITED = DEFINITIONS / "invited" / "v1.yaml"
DEFINED = sorted(set(DEFINITIONS.glob("*/v1.yaml")) - {INVITED})


@pytest.fixture
def reader(lite_app) -> PageClient:
    return PageClient(lite_app)


def numbered(client) -> dict[str, str]:
    """The text of each question by its number."""
    heads = ["".join(each.itertext()) for each in client.page.iter("h3")]
    return dict(head.split(".", 1) for head in heads)


def papers(client, slug: str) -> list[str]:
    """The addresses of all papers of a survey."""
    client.get(f"/surveys/{slug}/paper")
    links = [link.get("href") for link in client.page.iter("a")]
    return [each for each in links if "/paper/" in each] or [f"/surveys/{slug}/paper"]


@pytest.mark.parametrize("file", DEFINED, ids=lambda file: file.parent.name)
def test_every_kind_can_be_printed_and_every_question_is_on_some_paper(reader, file: Path):
    open_a_wave("2026", file)
    definition = load_definition(file)
    seen = {}
    for path in papers(reader, definition.slug):
        seen |= numbered(reader.get(path))
    numbers = numbers_of(definition)
    assert set(seen) == {str(number) for number in numbers.values()}


def test_every_kind_is_among_the_definitions_that_are_tried():
    kinds = {q.kind for file in DEFINED for q in load_definition(file).questions.values()}
    assert set(Kind) - kinds <= {Kind.SCALE}


def test_the_start_page_leads_to_the_paper(reader):
    open_a_wave()
    reader.get(f"/surveys/{SLUG}")
    assert "Print it, or ask us for a paper copy" in reader.text
    reader.get(f"/surveys/{SLUG}/paper")


def test_a_survey_for_the_young_has_a_paper_for_each_age(reader):
    open_a_wave("2026", newest_file("young_people"))
    found = papers(reader, "young-people")
    assert [path.rpartition("-")[2] for path in found] == ["10", "13", "16"]
    assert "people aged 10 to 12" in reader.text
    assert "people aged 16 to 25" in reader.text
    reader.get(found[0])
    assert "sexual" not in reader.text.lower().split("where to get help")[0]
    assert "This paper is for people aged 10 to 12" in reader.text
    assert "If you are under 13 you get a shorter survey." in reader.text
    reader.get(found[-1])
    assert "under 13" not in reader.text
    reader.get("/surveys/young-people/paper/from-11", 404)


def test_directions_name_the_questions_by_their_numbers(reader):
    open_a_wave("2026", newest_file("fear_of_crime"))
    reader.get("/surveys/fear-of-crime/paper")
    only = "Answer question 3 only if you ticked “I live here” at question 2."
    assert f"{only} If not, go to question 4." in reader.text
    assert "Please stop here." in reader.text
    assert "Asked to stop? This survey is only for people aged 16 or over" in reader.text


def test_paper_says_where_to_hand_it_in_what_happens_and_where_help_is(lite_app, reader):
    lite_app.jinja_env.globals["paper_return"] = "Town Hall, 1 High Street"
    open_a_wave("2026", newest_file("fear_of_crime"))
    reader.get("/surveys/fear-of-crime/paper")
    for words in (
        "Hand it in by 1 January 2099",
        "Where: Town Hall, 1 High Street.",
        "We delete every answer on 1 January 2100",
        "privacy@testham.example",
        "Samaritans",
        "116 123",
        "Batch",
        "Form",
    ):
        assert words in reader.text


def test_paper_asks_for_the_ward_and_never_for_a_postcode(reader):
    open_a_wave("2026", DEFINITIONS / "postcode" / "v1.yaml")
    reader.get("/surveys/postcode/paper")
    assert "Abbey" in reader.text
    assert "postcode" not in " ".join(
        "".join(each.itertext()).lower() for each in reader.page.iter("li")
    )


def test_only_an_open_survey_has_a_paper(reader):
    wave = open_a_wave()
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    reader.get(f"/surveys/{SLUG}/paper", 404)
    reader.get("/surveys/nothing/paper", 404)


def test_a_survey_for_the_invited_has_no_paper(reader):
    open_a_wave("2026", INVITED)
    reader.get("/surveys/invited/paper", 404)
    reader.get("/surveys/invited", follow=True)
    assert "Print it" not in reader.text
