"""The dashboards: the performance table, who may look, and not being sent the same page twice."""

from datetime import date

import pytest
from conftest import NOON
from figures.town import TODAY, answer, found, people, wave_of
from page import PageClient
from publishing.editions import let_out
from sqlalchemy import update
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.core.statistics.target import Operator
from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh
from engage.targets.models import IndicatorTarget
from engage.waves.models import WaveState
from engage.waves.published import definition_of

PATH = "/staff/dashboard/pulse"


@pytest.fixture
def two_waves(lite_app, clock):
    """Two waves of one survey: more feel safe after dark in the second, which has a target."""
    session = db.session()
    found(session)
    db.session.add(
        IndicatorTarget(
            questionnaire="pulse",
            indicator="safe_dark",
            operator=Operator.AT_LEAST,
            value=0.74,
            year="2026",
            source="Plan",
            set_on=TODAY,
        )
    )
    made = []
    for number, year in enumerate((2024, 2026)):
        wave = wave_of(
            session,
            "pulse",
            name=str(year),
            state=(WaveState.CLOSED, WaveState.OPEN)[number],
            opens_on=date(year, 2, 1),
            closes_on=date(year, 4, 1),
            delete_on=date(2027, 4, 1),
        )
        crowd = people(definition_of(wave.definition), 400, seed=year)
        unsafe = 4 if number else 2
        crowd = [
            each | {"safe_dark": "1" if place % unsafe else "4"} for place, each in enumerate(crowd)
        ]
        answer(session, wave, crowd, start=1000 * number)
        refresh(session, wave.id, NOON)
        session.commit()
        made.append(wave)
    return made


@pytest.fixture
def analyst(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def row_of(client: PageClient, name: str) -> list[str]:
    rows = client.page.findall(".//tbody/tr")
    told = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]
    return next(row for row in told if row[0] == name)


def test_a_row_says_last_this_change_target_and_status(two_waves, analyst):
    analyst.get(PATH)
    row = row_of(analyst, "Feels safe outside after dark")
    assert row[1].endswith("%")
    assert row[2].startswith("75%")
    assert row[3].startswith("Better Up 25 points since 2024 (")
    assert row[3].endswith("which is better.")
    assert row[4:] == ["At least 74% in 2026", "Met within sampling error"]
    assert "No target" in analyst.text


def test_rows_are_sorted_and_filtered_by_the_address_alone(two_waves, analyst):
    analyst.get(f"{PATH}?show=target")
    assert len(analyst.page.findall(".//tbody/tr")) == 1
    analyst.get(f"{PATH}?sort=name")
    names = [each.findtext(".//a") for each in analyst.page.findall(".//tbody/tr/th")]
    assert names == sorted(names, key=str.lower)
    analyst.get(f"{PATH}?sort=status&show=missed")
    assert "No figure of this wave is like that." in analyst.text
    analyst.get(f"{PATH}?sort=size", 404)
    analyst.get("/staff/dashboard/shoe_size", 404)


def test_partners_see_shown_figures_only_and_no_way_to_what_they_may_not_open(
    two_waves, lite_app, clock
):
    session = db.session()
    hide = {"estimate": None, "lower": None, "upper": None, "base": None, "flag": "[c]"}
    session.execute(update(Figure).where(Figure.indicator == "safe_dark").values(**hide))
    session.commit()
    partner = sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))
    trend = "/staff/figures/trends/pulse/safe_dark"
    # Of figures that are not published they see nothing: two runs would tell what one person said.
    partner.get(PATH, 404)
    partner.get(f"/staff/figures/{two_waves[0].id}/map", 404)
    let_out(session, two_waves[0])
    # Of a wave that still takes answers they see nothing either.
    for path in (PATH, trend, "/staff/figures/pulse/treated"):
        partner.get(path)
        assert "This: 2026" not in partner.text
        assert "2024 to 2026" not in partner.text
        assert "1 April 2026" not in partner.text
    partner.get(f"/staff/figures/{two_waves[1].id}/map", 404)
    two_waves[1].state, two_waves[1].closes_on = WaveState.CLOSED, date(2026, 3, 1)
    session.commit()
    refresh(session, two_waves[1].id, NOON)
    let_out(session, two_waves[1])
    session.execute(update(Figure).where(Figure.indicator == "safe_dark").values(**hide))
    session.commit()
    partner.get(PATH)
    row = row_of(partner, "Feels safe outside after dark")
    assert row[1:4] == ["[c]", "[c]", "–"]
    ways = [each.get("href") for each in partner.page.findall(".//main//a")]
    assert trend in ways
    for path in {each for each in ways if each.startswith("/")}:
        partner.get(path)
        inner = [each.get("href") for each in partner.page.findall(".//main//a")]
        for further in {each for each in inner if each.startswith("/staff")}:
            partner.get(further)
            if partner.response.mimetype == "text/html":
                assert "/staff/explore" not in partner.response.text
    partner.get("/staff/dashboard")
    assert row_of(partner, "Feels safe outside after dark")[2] == "[c]"
    assert "/staff/explore" not in partner.response.text
    auditor = sign_in(PageClient(lite_app), make_staff(lite_app, Role.AUDITOR))
    auditor.get(PATH, 403)


def test_the_same_page_is_sent_once_until_something_on_it_changes(two_waves, analyst, lite_app):
    analyst.get(PATH)
    tag = analyst.response.headers["ETag"]
    assert analyst.response.headers["Cache-Control"] == "private, no-cache"

    def again(client):
        return client._ask(client.http.get, PATH, headers={"If-None-Match": tag})  # noqa: SLF001

    same = again(analyst)
    assert (same.status_code, same.data) == (304, b"")
    # The scripts of the page that was kept carry the nonce of the policy that came with it.
    assert "Content-Security-Policy" not in same.headers
    other = sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))
    assert again(other).status_code == 200
    refresh(db.session(), two_waves[1].id, NOON)
    db.session.commit()
    assert again(analyst).status_code == 200
    assert again(analyst).headers["ETag"] != tag
