"""Results in the reader's language: what figures are called, and the pictures of them."""

import json
import re
from dataclasses import replace

import pytest
from conftest import NOON
from figures.town import found
from page import PageClient
from publishing.editions import closed_wave, published
from sqlalchemy import update

from engage.core.cleaning.words import REMOVES
from engage.extensions import db
from engage.published.store import FIGURES
from engage.web.language import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
DARK = "اندھیرا ہونے کے بعد گھر سے باہر محفوظ محسوس ہوتا ہے"


@pytest.fixture
def wave(lite_app, clock):
    return closed_wave(db.session())


@pytest.fixture
def reader(lite_app):
    """Somebody who reads Urdu, which no native reader has looked through."""
    lite_app.extensions["settings"] = replace(lite_app.extensions["settings"], demo=True)
    client = PageClient(lite_app)
    with client.http.session_transaction() as session:
        session["language"] = "ur"
    return client


def test_results_call_figures_and_groups_in_the_readers_language_and_mark_what_is_english(
    wave, reader
):
    published(db.session(), wave, indicators=("safe_dark", "ni5"))
    address = f"/results/fear-of-crime/{wave.id}"
    links = [a for a in reader.get(address).page.iter("a") if "safe_dark" in a.get("href", "")]
    assert {"".join(a.itertext()) for a in links} == {DARK}
    assert {a.get("lang") for a in links if a.get("lang")} == {"ur"}
    assert "How safe do you feel?" not in reader.text
    (heading,) = reader.page.iter("h1")
    assert (heading.get("lang"), heading.get("dir")) == ("ur", "rtl")
    picture = next(reader.get(f"{address}?by=sex").page.iter(f"{SVG}svg"))
    assert picture.get("direction") == "ltr", "its words would begin where they should end"
    words = ["".join(each.itertext()) for each in picture.iter(f"{SVG}text")]
    assert "عورت یا لڑکی" in words
    assert {each.get("unicode-bidi") for each in picture.iter(f"{SVG}text")} == {"plaintext", None}
    path = f"{address}/picture.svg?by=sex&chart=figure-safe_dark"
    assert DARK in reader.http.get(path).text
    assert reader.http.get(path.replace(".svg", ".png")).data.startswith(b"\x89PNG")


def test_where_nobody_reviewed_the_names_they_stay_english(wave, lite_app, monkeypatch):
    published(db.session(), wave, indicators=("safe_dark",))
    reviewed = [replace(each, reviewed=True) for each in LANGUAGES]
    monkeypatch.setattr("engage.web.language.LANGUAGES", reviewed)
    reader = PageClient(lite_app)
    with reader.http.session_transaction() as session:
        session["language"] = "ur"
    page = reader.get(f"/results/fear-of-crime/{wave.id}").page
    (heading,) = page.iter("h1")
    assert (heading.text, heading.get("lang")) == ("How safe do you feel?", "en")
    assert DARK not in reader.text


def test_the_terms_stand_on_results_and_methods_and_are_kept_with_the_edition(
    wave, lite_app, clock
):
    edition = published(db.session(), wave, now=NOON)
    assert "Open Government Licence" in edition.about
    settings = lite_app.extensions["settings"]
    others = replace(settings.figures_licence, name="Other terms")
    lite_app.extensions["settings"] = replace(settings, figures_licence=others)
    reader, address = PageClient(lite_app), f"/results/fear-of-crime/{wave.id}"
    for path in (address, f"{address}/methods", "/statistics"):
        links = [a for a in reader.get(path).page.iter("a") if "license" in a.get("rel", "")]
        assert {a.text for a in links} == {"Open Government Licence v3.0"}, path
    files = [a.get("href", "") for a in reader.get(address).page.iter("a")]
    described = next(each for each in files if each.endswith("-metadata.json"))
    assert "open-government-licence/version/3" in str(
        reader.get(described).response.json["dc:license"]
    )


ENGLISH_WORDS = re.compile(r"\b(the|and|not|people|who|could|answered|of)\b", re.IGNORECASE)


def english_unmarked(element, tongue="pl"):
    """The texts of a page that read as English and are not said to be."""
    tongue = element.get("lang", tongue)
    if element.tag in {"script", "style"}:
        return []
    texts = [element.text] if tongue != "en" and element.text else []
    for each in element:
        texts += english_unmarked(each, tongue)
        texts += [each.tail] if tongue != "en" and each.tail else []
    return [each.strip() for each in texts if ENGLISH_WORDS.search(each)]


def test_polish_numbers_and_sentences_of_the_record_are_polish_or_marked_as_english(wave, reader):
    found(db.session())
    edition = published(db.session(), wave, indicators=("safe_dark",))
    about = json.loads(edition.about) | {
        "received": "1,210",
        "used": "at least 1,003",
        "removed": [["Too early", "12", REMOVES["before_opening"].reason], ["Odd", "11", "The X."]],
        "weighting": ["The answers of 1,003 people are weighted."],
    }
    edition.about = json.dumps(about)
    db.session.execute(update(FIGURES).values(effective_base=1500.0, base=1003))
    db.session.commit()
    with reader.http.session_transaction() as session:
        session["language"] = "pl"
    address = f"/results/fear-of-crime/{wave.id}"
    pages = (
        address,
        f"{address}/methods",
        f"{address}?by=ward",
        "/areas/W1",
        "/statistics?area=W1",
    )
    for path in pages:
        assert english_unmarked(reader.get(path).page.find(".//main")) == [], path
    methods = reader.get(f"{address}/methods").text.replace("\xa0", " ")
    assert "co najmniej 1 003" in methods
    assert "1 210" in methods
    assert "Za wcześnie" in methods
    assert "Odpowiedzieć mógł każdy, kto miał link" in methods
    assert "60,0%" in reader.get(address).text
    assert "1,003" not in reader.text
    assert "60.0%" not in reader.text
    file = reader.get("/statistics/file").response.data.decode()
    assert ",60.0," in file, "a file has the numbers that programs read"


def test_no_page_says_that_figures_came_out_before_they_were_made(wave, lite_app):
    edition = published(db.session(), wave, indicators=("safe_dark",))
    methods, reader = f"/results/fear-of-crime/{wave.id}/methods", PageClient(lite_app)
    assert "came out on 2 March 2026" in reader.get(methods).text
    edition.about = json.dumps(json.loads(edition.about) | {"run_made_at": "2026-03-03"})
    edition.digest = "another"
    db.session.commit()
    assert "came out on" not in reader.get(methods).text
    assert "Published on 2 March 2026." in reader.text
