"""The pages of wards and of local statistics: only what is published, and no hidden figure."""

import csv
import io
from datetime import timedelta

import pytest
from conftest import NOON
from neighbourhoods.published_town import CHOSEN, call, counted, record_crime, told
from page import PageClient
from pledged import make_pledge
from publishing.editions import COUNCIL, agreed
from sqlalchemy import insert

from engage.extensions import db
from engage.pledges.ward_figures import TABLE
from engage.published import service
from engage.published.release import publish_due

pytestmark = pytest.mark.either_database


@pytest.fixture
def reader(app, clock) -> PageClient:
    return PageClient(app)


def table(reader: PageClient, address: str) -> list[dict[str, str]]:
    answer = reader.get(address).response
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=statistics-")
    return [*csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))]


def test_where_a_ward_is_hidden_its_area_group_stands_in_its_place_if_that_is_shown(reader):
    told()
    text = reader.get("/areas/W1").text
    assert "Not shown, so that nobody can be recognised. Around here (North): 52%" in text
    assert "Chance alone could make it 46% to 58%." in text
    assert "The whole borough: 61%" in text
    assert "43%" not in text
    assert "68%" not in text
    shown = reader.get("/areas/W2").text
    assert "43%" in shown
    assert "Around here" not in shown
    assert "This is of North. The figure of the ward alone is not shown." in (
        reader.get("/statistics?area=W1").text
    )
    rows = [each for each in table(reader, "/statistics/file?area=W1") if each["kind"] == "survey"]
    assert [(each["area"], each["value"], each["mark"]) for each in rows] == [
        ("North", "52.0", ""),
        ("Ward 1", "", "[c]"),
    ]
    assert rows[1]["people_who_answered"] == rows[1]["lower_95"] == rows[1]["how_to_quote"] == ""


def test_a_figure_is_quoted_with_its_interval_its_base_and_where_it_is_from(reader):
    told()
    text = reader.get("/statistics?area=W2").text
    assert "Ward 2 (95% interval 33% to 53%; base 80 people; " in text
    assert "In 2026, 43%: ‘" in text
    assert "About 4,500 residents, Ward 2 " in text
    assert "About 900 residents aged 0 to 15, Ward 2 " in text
    assert "61%" in reader.get("/statistics").text
    reader.get("/statistics?area=W9", 404)
    reader.get("/areas/W9", 404)


def test_nothing_is_shown_before_it_is_out_nor_after_it_was_withdrawn(reader):
    edition = agreed(db.session(), counted(), indicators=CHOSEN)
    number, pages = edition.id, ("/areas/W2", "/statistics?area=W2", "/statistics/file?area=W2")
    assert "43" not in "".join(reader.get(each).response.text for each in pages)
    assert "No results are out yet" in reader.get("/areas/W2").text
    tag = reader.response.headers["ETag"]
    assert publish_due(db.session(), NOON + timedelta(hours=2), council=COUNCIL) == 1
    again = reader.http.get("/areas/W2", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "43%" in again.text
    same = reader.http.get("/areas/W2", headers={"If-None-Match": again.headers["ETag"]})
    assert same.status_code == 304
    edition = db.session.get(type(edition), number, populate_existing=True)
    service.withdraw(db.session(), edition, edition.version, "Wrong wards.", by=1, now=NOON)
    db.session.commit()
    assert "43" not in "".join(reader.get(each).response.text for each in pages)


def test_a_postcode_leads_to_its_ward_and_stays_nowhere(reader, caplog):
    told()
    caplog.set_level("DEBUG")
    reader.get("/areas")
    assert reader.page.find(".//svg//a[@href='/areas/W1']") is None  # no outlines, yet a list
    assert reader.page.find(".//main//li/a[@href='/areas/W1']") is not None
    reader.post("/areas", {"postcode": "qh1 1aa"})
    assert reader.location == "/areas/W2"
    reader.post("/areas", {"postcode": "ZZ1 1ZZ"}, 422)
    assert "We do not know this postcode" in reader.text
    kept = reader.response.text + caplog.text + str(reader.http.get_cookie("session"))
    assert not any(each in kept.upper() for each in ("ZZ1", "QH1"))
    assert reader.response.headers["Cache-Control"] == "no-store"


def test_crime_of_the_last_whole_year_stands_beside_the_borough_with_its_source(reader, tmp_path):
    told()
    record_crime(tmp_path)
    text = reader.get("/areas/W1").text
    assert "Ward 1, 2024: 5.3 crimes for every 1,000 people who live here." in text
    assert "The whole borough, 2024: 4.5 crimes for every 1,000 people." in text
    assert "Source: The police. Licence: OGL 3." in text
    assert "We do not show 2025: Only three months." in text
    [row] = [
        each
        for each in table(reader, "/statistics/file?area=W1")
        if each["kind"] == "recorded_crime"
    ]
    assert (row["year"], row["value"], row["licence"]) == ("2024", "5.3", "OGL 3")


def test_a_pledge_is_told_by_ward_only_as_its_own_page_tells_it(reader):
    told()
    number, yesterday = make_pledge(), NOON.date() - timedelta(days=1)
    assert "Who stands behind our pledge here" not in reader.get("/areas/W1").text
    rows = [
        {"pledge_id": number, "ward": ward, "number": signed, "as_of": yesterday}
        for ward, signed in (("W1", 4), ("W2", 19))
    ]
    db.session.execute(insert(TABLE), rows)
    db.session.commit()
    assert "fewer than five people here signed it" in reader.get("/areas/W1").text
    assert "at least 15 people here signed it by 1 March 2026" in reader.get("/areas/W2").text


def test_a_name_like_a_formula_is_a_text_in_the_file_and_on_the_page(reader):
    told()
    call("W2", '=HYPERLINK("http://x","<b>y</b>")')
    rows = table(reader, "/statistics/file?area=W2")
    assert {each["area"] for each in rows} == {'\'=HYPERLINK("http://x","<b>y</b>")'}
    assert {each["kind"] for each in rows} == {"survey", "residents"}
    assert '=HYPERLINK("http://x","<b>y</b>")' in reader.get("/areas/W2").text
