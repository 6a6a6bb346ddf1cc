"""The map of wards, figures over waves, and their pictures: what they show and what they hide."""

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from conftest import NOON
from figures.town import WARDS, answer, filled, found, people, wave_of
from page import PageClient
from publishing.editions import let_out
from sqlalchemy import delete, func, select, update
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.areas.models import Ward
from engage.areas.outlines import draw
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh
from engage.published.models import Publication
from engage.responses.models import Response
from engage.waves.models import WaveState
from engage.waves.published import definition_of

SVG = "{http://www.w3.org/2000/svg}"


def tile(place):
    west, north = -0.1 + 0.02 * (place % 3), 51.5 - 0.015 * (place // 3)
    east, south = west + 0.02, north - 0.015
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [corners]})


@pytest.fixture
def session(lite_app, clock):
    session = db.session()
    found(session)
    for place, code in enumerate(WARDS):
        session.execute(update(Ward).filter_by(code=code).values(boundary=tile(place)))
    draw(session)
    session.commit()
    return session


@pytest.fixture
def wave(session):
    """A wave of six wards, of which one has so few people that nothing is shown of it."""
    wave = wave_of(session, name="Spring 2026", state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    given = [
        each | {"connection": "resident", "ward": f"W{1 + place % 5 if place > 9 else 6}"}
        for place, each in enumerate(people(definition_of(wave.definition), 310))
    ]
    answer(session, wave, given)
    refresh(session, wave.id, NOON)
    let_out(session, wave)
    return wave


@pytest.fixture
def partner(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))


def words(svg):
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


def test_a_ward_of_few_people_is_hatched_and_marked_in_all_that_tells_of_it(session, wave, partner):
    partner.get(f"/staff/figures/{wave.id}/map?figure=safe_dark")
    shown = session.scalars(
        select(Figure).filter_by(indicator="safe_dark", breakdown="ward").order_by(Figure.position)
    ).all()
    hidden = [each for each in shown if each.estimate is None]
    assert "W6" in [each.group for each in hidden]
    assert len(hidden) < len(WARDS)
    (svg,) = [each for each in partner.page.iter(f"{SVG}svg") if each.get("role") == "img"]
    told = svg.find(f"{SVG}desc").text
    assert "Ward 6: not shown, to keep people private" in told
    paths = [each.get("fill") for each in svg.iter(f"{SVG}path") if each.get("fill-rule")]
    assert sum(each.endswith("-n)") for each in paths) == len(hidden)
    assert words(svg).count("[c]") == len(hidden)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in partner.page.iter("tr")}
    assert rows["6 Ward 6"] == ["[c]", None, None]
    assert re.fullmatch(r"\d+%( \[u\])?", rows["1 Ward 1"][0])


def test_partners_see_of_a_wave_what_its_first_edition_was_made_of_and_no_later_run(
    session, wave, partner, lite_app
):
    path = f"/staff/figures/{wave.id}/map?figure=safe_dark"
    session.rollback()
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))

    def rows(client):
        session.rollback()
        return [[*row.itertext()] for row in client.get(path).page.iter("tr")]

    before = rows(partner)
    assert rows(analyst) == before
    for _run in range(3):  # of runs that nobody published two are kept
        last = select(func.max(Response.id)).scalar_subquery()
        session.execute(delete(Response).where(Response.id == last))
        session.commit()
        refresh(session, wave.id, NOON)
        session.commit()
    assert rows(analyst) != before
    assert rows(partner) == before
    session.execute(update(Publication).values(withdrawn_at=NOON))
    session.commit()
    partner.get(path, 404)


def test_pictures_are_files_by_their_own_address_and_taking_one_is_recorded(session, wave, partner):
    answered = partner.get(f"/staff/figures/{wave.id}/map.svg?figure=safe_dark").response
    assert answered.headers["Content-Disposition"] == (
        f'attachment; filename="map-safe_dark-{wave.id}.svg"'
    )
    root = ET.fromstring(answered.data)
    assert root.tag == f"{SVG}svg"
    assert "style" not in {name for each in root.iter() for name in each.attrib}
    other = partner.get("/staff/figures/trends/fear_of_crime/safe_dark.png").response
    assert other.data.startswith(b"\x89PNG")
    session.rollback()
    events = session.scalars(select(AuditEvent).filter_by(action="picture.downloaded")).all()
    assert [json.loads(each.detail)["picture"] for each in events] == [
        "map-safe_dark",
        "trend-safe_dark",
    ]


def test_a_trend_stops_where_people_were_asked_in_another_way_and_says_so(session, partner):
    for name, year, sample in (
        ("2024", 2024, "random"),
        ("2025", 2025, "random"),
        ("2026", 2026, "panel"),
    ):
        days = {"opens_on": date(year, 2, 1), "closes_on": date(year, 4, 1)}
        made = filled(
            session,
            150,
            name=name,
            sample=sample,
            state=WaveState.CLOSED,
            delete_on=date(2028, 1, 1),
            **days,
        )
        refresh(session, made.id, NOON)
        let_out(session, made)
    partner.get("/staff/figures/trends/fear_of_crime/safe_dark")
    assert "Before 2026: People were asked in another way than in the wave before." in partner.text
    assert "The series breaks before 2026" in partner.text
    (svg,) = [each for each in partner.page.iter(f"{SVG}svg") if each.get("role") == "img"]
    assert "Series breaks" in words(svg)
    joins = [each for each in svg.iter(f"{SVG}line") if each.get("stroke-width") == "2.5"]
    assert len(joins) == 1, "only 2024 and 2025 are joined"
    rows = [[*row.itertext()] for row in partner.page.iter("tr")]
    assert ["Series breaks" in "".join(row) for row in rows[1:]] == [False, False, True]
    partner.get("/staff/figures/trends/fear_of_crime/safe_dark?by=ward")
    assert partner.text.count("Show the figures as a table") == len(WARDS)


def test_without_a_drawn_borough_the_page_says_what_to_do(session, wave, partner):
    session.execute(update(Ward).values(outline=None))
    session.commit()
    partner.get(f"/staff/figures/{wave.id}/map")
    assert "flask --app run areas draw" in partner.text
    partner.get(f"/staff/figures/{wave.id}/map.svg", 404)


@pytest.mark.parametrize(
    "path",
    [
        "/staff/figures/9999/map",
        "/staff/figures/trends/fear_of_crime/none",
        "/staff/figures/trends/none/safe_dark",
        "/staff/figures/trends/fear_of_crime/safe_dark?by=none",
        "/staff/figures/trends/fear_of_crime/safe_dark.svg?chart=7",
    ],
)
def test_what_is_not_there_is_not_found(session, wave, partner, path):
    partner.get(path, 404)
