"""Places that people name: found without scripts, chosen, kept by a code, in no public file."""

import json
import logging

import pytest
from sqlalchemy import delete, select
from survey import DEFINITIONS, begin, open_a_wave

from engage.areas.models import Place
from engage.areas.named import Named, code_of, find_named, named
from engage.areas.places import NamedPlace, replace_places
from engage.core.definition.codebook import pack, variables_of
from engage.core.definition.load import load_definition
from engage.core.export.safe_responses import NOT_IN_IT
from engage.extensions import db
from engage.responses.models import Response
from engage.responses.words import words_of

pytestmark = pytest.mark.either_database

MARKET, MILL, PARK = "W1:abbey_market", "W2:st_jamess_mill", "W2:mill_park"


@pytest.fixture(autouse=True)
def gazetteer(app) -> None:
    open_a_wave(file=DEFINITIONS / "place" / "v1.yaml")
    open_a_wave(file=DEFINITIONS / "places" / "v1.yaml")
    import_places("Abbey Market", "St James’s Mill", "Mill Park")


def import_places(*names: str) -> None:
    ward = {"Abbey Market": "W1"}
    places = [NamedPlace(name, "park", ward.get(name, "W2")) for name in names]
    replace_places(db.session, [*places, NamedPlace("Mill Park", "garden", "W1")])
    db.session.commit()


def stand(client, slug: str):
    begin(client, slug).post(f"/surveys/{slug}/page/you", {"q_age_band": "2"}).follow()
    return client


def find(client, words: str, status: int = 200, **fields: object):
    before = {"found_words": client.value("found_words") or ""}
    sent = {"find_words": words, "find": "yes", **before, **fields}
    return client.post(client.response.request.path, sent, status=status)


def save(client, status: int = 303, **fields: object):
    words = {name: client.value(name) or "" for name in ("find_words", "found_words")}
    client.post(client.response.request.path, words | fields, status=status)
    return client.follow() if status == 303 else client


def values(client, name: str) -> list[str]:
    return [box.get("value") for box in client.page.iterfind(f".//input[@name='{name}']")]


def send(client) -> Response:
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()
    return db.session.scalars(select(Response)).one()


def test_a_place_is_found_by_its_name_and_stands_in_later_questions(client):
    stand(client, "place")
    assert values(client, "q_spot") == ["none", "dont_know"]
    find(client, "james")
    assert "We found 1 place for “james”. Choose it below if you mean it." in client.text
    assert values(client, "q_spot") == [MILL, "none", "dont_know"]
    assert "St James’s Mill, Bridge" in client.text
    save(client, q_spot=MILL)
    assert "How safe do you feel at St James’s Mill?" in client.text
    assert client.page.find(".//h1").text == "About St James’s Mill"
    save(client, q_safe="1")
    assert "Which place do you think of? St James’s Mill, Bridge" in client.text
    assert json.loads(send(client).answers)["spot"] == MILL


def test_places_of_one_name_are_told_by_their_wards_and_wards_are_none(client):
    find(stand(client, "place"), "mill p")
    assert values(client, "q_spot") == [PARK, "W1:mill_park", "none", "dont_know"]
    assert "Mill Park, Abbey" in client.text
    find(client, "abbey")
    assert values(client, "q_spot") == [MARKET, "none", "dont_know"]


def test_who_finds_nothing_is_told_and_can_go_on(client):
    find(stand(client, "place"), "<b>nowhere</b>")
    assert "We found nothing for “<b>nowhere</b>”. Try another name" in client.text
    save(client, q_spot="dont_know")
    assert "How safe" not in client.text
    assert client.page.find(".//h1").text == "About the place"


def test_enter_goes_on_with_what_was_chosen_and_words_not_searched_are(client):
    find(stand(client, "place"), "mill")
    find(client, "mill", status=303, q_spot=MILL)
    client.get("/surveys/place/page/where")
    assert client.checked("q_spot") == [MILL]
    client.post("/surveys/place/page/where", {"find_words": "abbey"}, status=200)
    assert MARKET in values(client, "q_spot")


def test_what_was_searched_for_is_in_no_address_and_no_log(client, caplog):
    with caplog.at_level(logging.DEBUG):
        find(stand(client, "place"), "mill")
        save(client, q_spot=MILL)
    assert "mill" not in caplog.text.lower()
    assert "mill" not in client.response.request.url


@pytest.mark.parametrize("made_up", ["W1:nowhere", "W9:abbey_market", "nothing", ":", "W1:'%"])
@pytest.mark.parametrize("slug", ["place", "places"])
def test_a_place_that_is_not_on_record_is_refused(client, slug, made_up):
    stand(client, slug)
    name = "q_spot" if slug == "place" else "q_avoid"
    client.post(f"/surveys/{slug}/page/where", {name: made_up}, status=422)
    assert "Choose one of the answers listed." in client.text


@pytest.mark.parametrize("number", [12, 3000])
def test_far_more_places_than_may_be_chosen_are_refused_at_once(client, number):
    stand(client, "places")
    many = [f"W1:place_{each}" for each in range(number)]
    client.post("/surveys/places/page/where", {"q_avoid": many}, status=422)


def test_several_places_are_ticked_one_search_after_the_other(client):
    find(stand(client, "places"), "mill park")
    find(client, "james", q_avoid=PARK)
    assert client.checked("q_avoid") == [PARK]
    assert values(client, "q_avoid") == [PARK, MILL, "none", "refused"]
    save(client, q_avoid=[PARK, MILL])
    assert "What makes you avoid Mill Park, St James’s Mill?" in client.text
    client.get("/surveys/places/page/where")
    assert client.checked("q_avoid") == [PARK, MILL]
    save(client, q_avoid=[MILL])
    save(client, q_why="It is dark")
    assert "Which places do you avoid? St James’s Mill, Bridge" in client.text
    row = send(client)
    assert json.loads(row.answers)["avoid"] == [MILL]
    assert words_of(db.session, row.wave_id, ["avoid"]) == {row.id: {"avoid": MILL}}


def test_one_more_name_is_looked_for_before_going_on(client):
    find(stand(client, "places"), "mill park")
    client.post("/surveys/places/page/where", {"q_avoid": PARK, "find_words": "abb"}, status=200)
    assert client.checked("q_avoid") == [PARK]
    assert MARKET in values(client, "q_avoid")


def test_too_many_places_and_none_beside_some_are_told(client):
    import_places("Abbey Market", "St James’s Mill", "Mill Park", "Mill Lane")
    find(stand(client, "places"), "mill")
    four = [PARK, "W1:mill_park", MILL, "W2:mill_lane"]
    save(client, 422, q_avoid=four)
    assert "Choose 3 places at most. You ticked 4." in client.text
    assert client.checked("q_avoid") == four
    save(client, 422, q_avoid=[PARK, "none"])
    assert "You ticked “I avoid no place” and something else" in client.text


def test_a_saved_place_stays_though_it_left_the_gazetteer(client):
    find(stand(client, "place"), "james")
    save(client, q_spot=MILL)
    db.session.execute(delete(Place).where(Place.search.like("%james%")))
    db.session.commit()
    assert (
        "How safe do you feel at St Jamess Mill?" in client.get(client.response.request.path).text
    )
    client.get("/surveys/place/page/where")
    assert client.checked("q_spot") == [MILL]
    save(client, q_spot=MILL)
    assert "/page/about" in client.response.request.path


def test_a_code_is_the_same_after_the_gazetteer_was_imported_again():
    before = find_named(db.session, "james")
    import_places("Mill Park", "St. James’s  Mill")
    assert [each.code for each in find_named(db.session, "james")] == [before[0].code] == [MILL]
    assert named(db.session, [MILL, "none", "W1:no"]) == {
        MILL: Named(MILL, "St. James’s  Mill", "Bridge")
    }
    assert code_of("W1", "Abbey Market") == MARKET


def test_only_how_many_places_is_coded_and_no_safe_file_has_even_that():
    definition = load_definition(DEFINITIONS / "places" / "v1.yaml")
    avoid = definition.questions["avoid"]
    (variable,) = variables_of(avoid)
    assert variable.categories[2:] == ("1", "2", "3", "none", "refused")
    packed = {
        answer: variable.categories[pack(definition, {"age_band": "2", "avoid": answer})[1]]
        for answer in ((MILL,), (MILL, PARK, MARKET), ("none",), ("refused",))
    }
    assert list(packed.values()) == ["1", "3", "none", "refused"]
    assert variable.categories[pack(definition, {"age_band": "2"})[1]] == "@not_answered"
    place = load_definition(DEFINITIONS / "place" / "v1.yaml")
    (one,) = variables_of(place.questions["spot"])
    for answer, category in ((MILL, "@place"), ("none", "none"), ("dont_know", "dont_know")):
        assert one.categories[pack(place, {"age_band": "2", "spot": answer})[1]] == category
    assert {avoid.kind, place.questions["spot"].kind} <= NOT_IN_IT
