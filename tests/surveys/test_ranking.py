"""Rankings: each place once, in order, as many as people like; a column for each option."""

import json

import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.core.cleaning.asked import answered, put
from engage.core.cleaning.conditions import holds as holds_of_all
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.codebook import variables
from engage.core.definition.condition_data import condition_of
from engage.core.definition.load import load_definition
from engage.core.definition.places import ordinal
from engage.core.definition.routing import holds
from engage.core.export.codebook import columns_of
from engage.extensions import db
from engage.responses.models import Response

FILE = DEFINITIONS / "ranking" / "v1.yaml"
RANKING = load_definition(FILE)
PAGE = "/surveys/ranking/page"


@pytest.fixture
def app(lite_app):
    return lite_app


@pytest.fixture
def order(client):
    open_a_wave(file=FILE)
    return begin(client, "ranking").post(f"{PAGE}/you", {"q_age_band": "2"}).follow()


def places(question: str, **of_options: str) -> dict[str, str]:
    return {f"q_{question}-{code}": place for code, place in of_options.items()}


def chosen(client, name: str) -> str:
    select_ = client.page.find(f".//select[@name='{name}']")
    return next(each.get("value") for each in select_ if each.get("selected") is not None)


def test_each_option_has_a_list_of_places_in_a_group_with_a_legend(order):
    legends = ["".join(each.itertext()).strip() for each in order.page.iter("legend")]
    assert legends == ["What should come first?", "How do you travel most?"]
    offered = [each.text.strip() for each in order.page.find(".//select[@name='q_three-bus']")]
    assert offered == ["Not chosen", "1st", "2nd", "3rd"]
    assert "Choose 3 of them at most." in order.text
    groups = [each for each in order.page.iter("fieldset") if each.get("aria-describedby")]
    for group in groups:
        assert order.page.find(f".//*[@id='{group.get('aria-describedby')}']") is not None


def test_an_order_is_kept_shown_and_sent(order):
    order.post(f"{PAGE}/order", places("first", light="2", police="1", shops="")).follow()
    assert "Where is it too dark?" in order.text
    order.post(f"{PAGE}/more", {}).follow()
    assert "1st: More police, 2nd: Better lights" in order.text
    order.get(f"{PAGE}/order")
    assert [chosen(order, f"q_first-{each}") for each in ("light", "police", "shops")] == [
        "2", "1", "",
    ]  # fmt: skip
    order.get("/surveys/ranking/check")
    order.post("/surveys/ranking/check", {"draft": order.value("draft")})
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers)["first"] == ["police", "light"]


@pytest.mark.parametrize(
    ("sent", "box", "said"),
    [
        (
            places("first", light="1", police="1"), "first-police",
            "You chose both “Better lights” and “More police” as 1st. Choose one of them.",
        ),
        (places("first", light="2"), "first-light", "You chose a 2nd, but no 1st."),
        (places("first", light="1", shops="3"), "first-shops", "You chose a 3rd, but no 2nd."),
        (places("three", bus="4"), "three-bus", "Choose one from the list."),
        (places("three", bus="<b>"), "three-bus", "Choose one from the list."),
    ],
)  # fmt: skip
def test_an_order_that_is_none_is_told_at_the_option(order, sent, box, said):
    sent = sent | places("three", car="1") if box.startswith("first") else sent
    order.post(f"{PAGE}/order", sent, status=422)
    assert said in order.text
    assert order.page.find(f".//a[@href='#q_{box}']") is not None
    if box.startswith("first"):
        assert chosen(order, f"q_{box}") == sent[f"q_{box}"]
        assert chosen(order, "q_three-car") == "1"


def test_a_place_for_an_option_that_is_not_there_is_not_looked_at(order):
    order.post(f"{PAGE}/order", places("first", gone="1") | {"q_first": "light"}).follow()
    assert "Where is it too dark?" not in order.text


ANSWERS = [
    {"age_band": "2", "first": ("police", "light")},
    {"age_band": "2"},
    {"age_band": "2", "first": ("shops",), "three": ("car", "bus", "foot")},
]


def test_the_table_has_a_place_for_each_option():
    table = table_from_answers(RANKING, ANSWERS)
    assert table["first_light"].tolist() == ["2", "@not_answered", "0"]
    assert table["first_police"].tolist() == ["1", "@not_answered", "0"]
    assert table["first_shops"].tolist() == ["0", "@not_answered", "1"]
    assert list(table["three_bus"].cat.categories) == [
        "@not_asked", "@not_answered", "0", "1", "2", "3",
    ]  # fmt: skip
    question = RANKING.questions["first"]
    assert put(question, table).tolist() == [True] * 3
    assert answered(question, table).tolist() == [True, False, True]
    found = columns_of(RANKING, {})["first_light"]
    assert (found.kind, found.meaning("2"), found.meaning("0")) == ("place", "2nd", "No place")
    assert len(variables(RANKING)) == 1 + 3 + 4 + 2


@pytest.mark.parametrize(
    "rule",
    [
        {"question": "first", "in": ["light", "police"]},
        {"question": "first", "none_of": ["light"]},
        {"question": "first", "answered": True},
        {"not": {"question": "first", "in": ["shops"]}},
    ],
)
def test_a_rule_is_about_what_was_given_any_place(rule):
    condition = condition_of(rule)
    table = table_from_answers(RANKING, ANSWERS)
    one_by_one = [holds(condition, answers) for answers in ANSWERS]
    assert holds_of_all(condition, RANKING, table).tolist() == one_by_one


def test_places_have_their_endings():
    told = [ordinal(each) for each in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111)]
    assert told == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "111th"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("choose: 3", "choose: 5", "more places than options"),
        ("choose: 3", "choose: 0", "less than the minimum"),
        ("label: By car}", "label: By car, means: refused}", "cannot be ranked"),
        ("label: By car}", "label: By car, write_in: true}", "cannot be ranked"),
        ("text: Is that", "choose: 2\n        text: Is that", "is not one of ['ranking'"),
        ("in: [light]}", "in: [dark]}", "the code 'dark' of 'first'"),
    ],
)  # fmt: skip
def test_a_ranking_that_cannot_work_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1
    assert said in "\n".join(faults(text.replace(old, new)))
