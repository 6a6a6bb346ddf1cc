"""What everyone gets besides figures: a map, what was done, old editions, files, plain words."""

import json
from datetime import timedelta

import pytest
from conftest import NOON
from limits import parse
from office import libreoffice
from page import PageClient
from publishing.editions import (
    ANN,
    CHOSEN,
    closed_wave,
    counted_wave,
    published,
    shown_action,
)  # fmt: skip
from reading import reading_age
from sqlalchemy import delete

from engage.actions import store as actions
from engage.areas.models import Ward
from engage.areas.outlines import draw
from engage.extensions import db
from engage.published import service, store
from engage.results import files
from engage.results.files import AT_ONCE, BEING_SET, kept
from tools.check_csvw import faults

__all__ = ["libreoffice"]
LATER = NOON + timedelta(hours=2)
AGE = 9


def square(left):
    """A ward of the borough as GeoJSON."""
    ring = [[left, 51.5], [left + 0.01, 51.5], [left + 0.01, 51.51], [left, 51.51], [left, 51.5]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


@pytest.fixture
def wave(lite_app, clock):
    session = db.session()
    session.execute(delete(Ward))
    for left, (code, name) in enumerate((("W1", "Abbey"), ("W2", "Bridge"))):
        session.add(Ward(code=code, name=name, boundary=square(left / 100)))
    session.flush()
    draw(session)
    return closed_wave(session)


@pytest.fixture
def reader(lite_app):
    return PageClient(lite_app)


def test_a_figure_has_a_map_of_the_published_rows_and_pictures_of_both_kinds(
    wave, reader, monkeypatch
):
    monkeypatch.setattr(files, "PICTURES", parse("2 per minute"))
    published(db.session(), wave)
    address = f"/results/fear-of-crime/{wave.id}"
    reader.get(f"{address}?figure=safe_dark")
    drawing = reader.page.find(".//section[@id='map']//{http://www.w3.org/2000/svg}svg")
    told = " ".join(drawing.itertext())
    assert "Abbey: 40%" in told
    assert "Bridge: nobody answered" in told, "no row was published of it"
    assert reader.page.find(".//section[@id='map']//table") is not None
    assert "Choose a figure to see it on a map" in reader.get(f"{address}?by=ward").text
    reader.get(f"{address}?figure=safe_dark")
    saved = [a.get("href") for a in reader.page.findall(".//section[@id='map']//a[@download]")]
    assert [each.partition("?")[0] for each in saved] == [
        f"{address}/picture.svg",
        f"{address}/picture.png",
    ]
    kept.cache_clear()
    setting = [BEING_SET.acquire(blocking=False) for _ in range(AT_ONCE)]
    assert all(setting)
    reader.get(saved[1], 503)
    for _each in setting:
        BEING_SET.release()
    kept.cache_clear()
    for _again in range(2):
        assert reader.get(saved[1]).response.data.startswith(b"\x89PNG")
    assert kept.cache_info().misses == 1, "a picture is set once, however many ask for it"
    kept.cache_clear()
    reader.get(saved[1], 429)
    assert "Wait a minute" in reader.text
    assert b"<svg" in reader.get(saved[0]).response.data, "which takes no time"
    db.session.execute(delete(Ward))
    db.session.commit()
    reader.get(f"{address}?figure=safe_dark")
    assert reader.page.find(".//section[@id='map']") is None


def test_a_finding_says_what_was_done_about_it_until_that_is_taken_back(wave, reader):
    published(db.session(), wave)
    number = shown_action(db.session(), wave)
    address = f"/results/fear-of-crime/{wave.id}"
    for query in ("", "?figure=safe_dark", "?by=sex"):
        links = [a.get("href") for a in reader.get(address + query).page.iter("a")]
        assert links.count(f"/you-said-we-did#action-{number}") == 1, query
        assert "Lights in Abbey Lane" in reader.text
    assert "Lights" not in reader.get(f"{address}?figure=ni5").text
    tag = reader.get(address).response.headers["ETag"]
    action = db.session.get(actions.Action, number)
    actions.withdraw(db.session(), action, by=ANN, now=LATER)
    db.session.commit()
    assert reader.http.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert "Lights" not in reader.get(address).text


def test_an_old_edition_stays_readable_and_says_so_until_the_results_are_taken_back(wave, reader):
    session = db.session()
    published(session, wave, indicators=("safe_dark",), breakdowns=("overall",))
    address = f"/results/fear-of-crime/{wave.id}"
    first = f"{address}/editions/1"
    assert "old edition" not in reader.get(first).text
    tag = reader.response.headers["ETag"]
    published(session, wave, note="With wards.", now=LATER)
    assert reader.http.get(first, headers={"If-None-Match": tag}).status_code == 200
    assert "This is the old edition 1. A new one took its place on 2 March 2026" in (
        reader.get(first).text
    )
    assert address in [a.get("href") for a in reader.page.iter("a")]
    assert reader.page.find(".//meta[@name='robots']").get("content") == "noindex"
    files = [a.get("href") for a in reader.page.iter("a") if "/files/" in a.get("href", "")]
    table = next(each for each in files if each.endswith(".csv"))
    assert b",ward," not in reader.get(table).response.data
    reader.get(f"{first}/methods")
    reader.get(f"{first}?by=ward", 404)
    reader.get(f"{address}/editions/3", 404)
    assert first in [a.get("href") for a in reader.get(address).page.iter("a")]
    now = [a.get("href") for a in reader.page.iter("a") if a.get("href", "").endswith(".csv")]
    assert b",ward," in reader.get(now[0]).response.data

    out = store.of_wave(session, wave.id)
    second = session.get(service.Publication, out.id)
    service.withdraw(session, second, second.version, "The wards were wrong.", by=ANN, now=LATER)
    session.commit()
    assert "The wards were wrong." in reader.get(first).text
    assert "60%" not in reader.text
    reader.get(table, 404)
    published(session, wave, note="Right wards.", now=LATER + timedelta(hours=2))
    assert "60%" in reader.get(first).text
    assert "took these results back" in reader.get(f"{address}/editions/2").text
    assert "60%" not in reader.text
    reader.get(f"{address}/editions/2/methods", 404)
    assert "Edition 2 was taken back on 2 March 2026" in reader.get(address).text
    assert "Figures that changed" not in reader.text, "what was taken back is not told as before"


def test_the_files_open_in_another_program_and_the_csv_is_as_its_description_says(
    wave, reader, libreoffice
):
    edition = published(db.session(), wave)
    files = {each.kind: each for each in store.files_of(db.session(), edition.id)}
    body = {kind: store.content_of(db.session(), edition.id, kind) for kind in files}
    assert faults(body["metadata"], body["csv"], files["csv"].name) == []
    assert faults(body["metadata"], body["csv"].replace(b"[c]", b"few,"), files["csv"].name)
    sheets = libreoffice(body["xlsx"])
    opened = libreoffice(body["ods"])
    cover = {row[0] for row in sheets["Cover"]}
    assert {"[u] Low reliability: fewer than 100 people answered, so read it with care"} < cover
    assert "Questions and other formats" in cover
    assert [*opened] == [*sheets]
    wards = next(rows for name, rows in opened.items() if "ward" in name.lower())
    (dark,) = [row for row in wards if row and row[0] == "Feels safe outside after dark"]
    assert (dark[1], dark[2], dark[3], dark[6]) == ("W1", "Percent", "40%", "80")
    assert any("[c]" in row for rows in opened.values() for row in rows)
    for name, rows in sheets.items():
        assert [row[:2] for row in opened[name]] == [row[:2] for row in rows], name


def said(reader, address):
    """What a page says in sentences: paragraphs, points and answers, without tables and charts."""
    page = reader.get(address).page.find(".//main")
    for parent in list(page.iter()):
        for child in list(parent):
            if child.tag in {"table", "svg", "form", "nav", "{http://www.w3.org/2000/svg}svg"}:
                parent.remove(child)
    parts = [each for tag in ("p", "li", "dd") for each in page.iter(tag)]
    told = [" ".join("".join(each.itertext()).split()) for each in parts]
    return [each for each in told if each.endswith((".", "!", "?"))]


def test_the_pages_read_as_plainly_as_the_others(lite_app, clock, reader):
    session = db.session()
    wave = counted_wave(session)
    published(session, wave, indicators=CHOSEN, breakdowns=("overall",))
    published(session, wave, indicators=CHOSEN, note="There are more groups now.", now=LATER)
    shown_action(db.session(), wave)
    address = f"/results/fear-of-crime/{wave.id}"
    for path in (
        "/results",
        address,
        f"{address}?by=sex",
        f"{address}/editions/1",
        f"{address}/methods",
        "/you-said-we-did",
    ):
        sentences = said(reader, path)
        assert len(sentences) > 1, path
        assert reading_age(sentences) <= AGE, f"{path}: {reading_age(sentences):.1f} {sentences}"
