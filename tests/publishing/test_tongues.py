"""Results in the reader's language: what figures are called, and the pictures of them."""

from dataclasses import replace

import pytest
from conftest import NOON
from page import PageClient
from publishing.editions import closed_wave, published

from engage.extensions import db
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
