"""Publishing by its pages: two people, one preview, and what everyone is given then."""

import csv
import io
import json
from datetime import timedelta

import pytest
from conftest import NOON
from page import PageClient
from publishing.editions import COUNCIL, closed_wave, published
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.extensions import db
from engage.figures.comparisons.make import compare_all
from engage.published.freeze import freeze
from engage.published.release import publish_due
from engage.waves.models import Wave

NOBODYS = [Role.PARTNER_VIEWER, Role.AUDITOR, Role.CENTRE_WORKER, Role.SAFEGUARDING_LEAD]


@pytest.fixture
def wave(lite_app, clock):
    return closed_wave(db.session())


@pytest.fixture
def analyst(lite_app, clock):
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


@pytest.fixture
def manager(lite_app, clock):
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))


def hidden_value(client, action, name):
    form = next(f for f in client.page.findall(".//form") if f.get("action", "").endswith(action))
    return next(i.get("value") for i in form.findall(".//input") if i.get("name") == name)


def test_one_person_chooses_another_agrees_and_everyone_reads_it(wave, analyst, manager, lite_app):
    here, reader = f"/staff/publishing/{wave.id}", PageClient(lite_app)
    address = f"/results/fear-of-crime/{wave.id}"
    assert "Not published" in analyst.get("/staff/publishing").text
    analyst.get(f"{here}/choose")
    chosen = {"indicators": ["safe_dark", "ni5"], "breakdowns": ["overall", "sex"], "note": ""}
    analyst.post(f"{here}/choose", chosen | {"breakdowns": []}, 422)
    analyst.post(f"{here}/choose", chosen)
    assert "being made" in analyst.follow().text
    number = db.session.scalar(
        db.select(db.func.max(db.text("id"))).select_from(db.text("publications"))
    )
    assert freeze(db.session(), number, NOON)
    db.session.commit()
    assert "6 figures, of which 2 are not shown" in analyst.get(here).text
    when = {"day-day": "2", "day-month": "3", "day-year": "2026", "time": "14:00"}
    version = hidden_value(analyst, "/ask", "version")
    analyst.post(f"{here}/ask", when | {"version": version, "time": "9:00"}, 422)
    assert "has not passed" in analyst.text
    analyst.post(f"{here}/ask", when | {"version": version})
    analyst.follow()
    assert "somebody else has to agree" in analyst.text
    analyst.post(f"{here}/ask", when | {"version": version}, 409)
    reader.get(address, 404)

    waits = "wait for a second person to agree that they are published"
    assert waits in manager.get("/staff").text
    assert waits not in analyst.get("/staff").text
    assert "Ask a second person" not in manager.get(here).text
    assert "/agree" not in manager.response.text, "what is agreed to is told by the preview alone"
    preview = manager.get(f"{here}/preview?by=sex").text
    digest = hidden_value(manager, "/agree", "digest")
    manager.post(f"{here}/agree", {"digest": digest}, 422)
    manager.post(f"{here}/agree", {"digest": digest, "looked": "y"})
    assert "comes out by itself on 2 March 2026 at 14:00 UK time (GMT)" in manager.follow().text
    reader.get(address, 404)
    assert publish_due(db.session(), NOON + timedelta(hours=2), council=COUNCIL) == 1
    public = reader.get(f"{address}?by=sex").text
    start, end = "What is not shown, and why", "Download the figures"
    shown = public.split("All figures")[-1].split(end)[0]
    assert "Download this picture (SVG)" in shown
    drawn = [f"Download this picture ({kind})" for kind in ("SVG", "PNG")]
    assert shown.count(drawn[0]) == shown.count(drawn[1])
    assert start in preview
    assert start in public
    assert "60%" in reader.get(address).text
    assert "Of 6 figures in these results 2 are not shown" in reader.text
    reader.get(f"{address}/methods")
    assert "Anyone with the link could answer" in reader.text
    reader.get("/results")
    assert "Published on 2 March 2026" in reader.text


@pytest.mark.parametrize("role", NOBODYS)
def test_nobody_else_sees_drafts(wave, lite_app, role, clock):
    other = sign_in(PageClient(lite_app), make_staff(lite_app, role))
    other.get("/staff/publishing", 403)
    other.get(f"/staff/publishing/{wave.id}/preview", 403)


def test_the_files_hold_the_published_rows_and_nothing_else(wave, lite_app, clock):
    published(db.session(), wave, indicators=("safe_dark",), breakdowns=("overall", "ward"))
    reader, address = PageClient(lite_app), f"/results/fear-of-crime/{wave.id}"
    reader.get(address)
    links = [a.get("href") for a in reader.page.findall(".//a") if "/files/" in a.get("href", "")]
    assert len(links) == 4
    bodies = {link.rsplit(".", 1)[-1]: reader.get(link).response.data for link in links}
    rows = [*csv.DictReader(io.StringIO(bodies["csv"].decode("utf-8-sig")))]
    assert {(row["indicator"], row["breakdown"]) for row in rows} == {
        ("safe_dark", "overall"),
        ("safe_dark", "ward"),
    }
    described = json.loads(bodies["json"])
    assert described["url"] in [link.rsplit("/", 1)[-1] for link in links]
    assert bodies["xlsx"][:2] == bodies["ods"][:2] == b"PK"
    picture = reader.get(f"{address}/picture.svg?by=ward&chart=figure-safe_dark").response
    assert picture.mimetype == "image/svg+xml"
    reader.get(f"{address}?by=nothing", 404)
    reader.get(f"{address}?figure=ni5", 404)


def test_what_a_browser_has_already_is_not_sent_again_until_it_changes(wave, lite_app, clock):
    edition = published(db.session(), wave)
    reader, address = PageClient(lite_app), f"/results/fear-of-crime/{wave.id}"
    tag = reader.get(address).response.headers["ETag"]
    assert reader.http.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert reader.http.get(f"{address}?by=sex", headers={"If-None-Match": tag}).status_code == 200
    lead = sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))
    lead.get(f"/staff/publishing/{wave.id}")
    version = hidden_value(lead, "/withdraw", "version")
    lead.post(f"/staff/publishing/{wave.id}/withdraw", {"version": version, "why": "Wrong wards."})
    assert reader.http.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert "Wrong wards." in reader.get(address).text
    assert "60%" not in reader.text
    reader.get(f"{address}/methods", 404)
    assert db.session.get(Wave, edition.wave_id)


def test_a_change_is_told_only_where_both_figures_are_published(wave, lite_app, clock):
    session = db.session()
    before = closed_wave(session, 2025, more=-0.2)
    reader = PageClient(lite_app)
    compare_all(session, "fear_of_crime")
    session.commit()
    published(session, wave)
    assert "since 2025" not in reader.get(f"/results/fear-of-crime/{wave.id}").text
    published(session, before)
    published(session, wave, note="Changes since 2025.", now=NOON + timedelta(hours=2))
    assert (
        "Up 20 percentage points since 2025."
        in reader.get(f"/results/fear-of-crime/{wave.id}").text
    )
