"""Wards where something was done beside others: asked for, made by the worker, never of a few."""

import json
from datetime import date

import pytest
from conftest import NOON
from figures.town import answer, found, people, wave_of
from page import PageClient
from publishing.editions import let_out, published
from sqlalchemy import delete, func, select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.charting.treated_page import ASSUMPTIONS
from engage.core.statistics import did
from engage.crosstabs.treated import make
from engage.crosstabs.treated.atoms import too_small
from engage.crosstabs.treated.models import TreatedComparison
from engage.extensions import db
from engage.figures.models import FigureRun
from engage.figures.refresh import refresh
from engage.figures.store import newest_run
from engage.jobs import progress
from engage.responses.models import Response
from engage.waves.models import WaveState
from engage.waves.published import definition_of
from engage.worker import turn

PATH = "/staff/figures/fear_of_crime/treated"


def held(session, year, safe):
    """A wave: 100 people in each of five wards, 12 in the sixth; `safe` of ten in Ward 1 are."""
    wave = wave_of(
        session,
        name=str(year),
        state=WaveState.CLOSED,
        opens_on=date(year, 2, 1),
        closes_on=date(year, 4, 1),
        delete_on=date(2028, 1, 1),
    )
    given = []
    for place, each in enumerate(people(definition_of(wave.definition), 512)):
        ward = f"W{1 + place % 5}" if place < 500 else "W6"
        feels = safe if ward == "W1" else 5
        given.append(
            each
            | {
                "connection": "resident",
                "ward": ward,
                "safe_dark": "1" if (place // 5) % 10 < feels else "4",
            }
        )
    answer(session, wave, given)
    refresh(session, wave.id, NOON)
    session.commit()
    return wave


@pytest.fixture
def waves(lite_app, clock):
    session = db.session()
    found(session)
    return held(session, 2024, 3), held(session, 2025, 8)


@pytest.fixture
def analyst(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def sides(waves, treated_wards, control):
    sent = {"before": waves[0].id, "after": waves[1].id}
    sent |= {f"ward-{ward}": "treated" for ward in treated_wards}
    return sent | {f"ward-{ward}": "control" for ward in control}


def asked(analyst, sent, status=303):
    analyst.get(PATH)
    analyst.post(PATH, sent, status)
    return analyst


def test_the_assumptions_are_those_of_the_method():
    told = [(each.words, str(each.check)) for each in did.ASSUMPTIONS]
    assert told == list(ASSUMPTIONS)


def test_a_grouping_is_refused_that_parts_a_few_people_from_the_others():
    counted = {"A": 100, "B": 100, "C": 12, "D": 40, "E": 5, "none": 0}
    north, south = frozenset("AB"), frozenset("CDE")
    assert not too_small(counted, [north, south, frozenset(["A", "none"])], 30)
    assert too_small(counted, [north, frozenset("ACD")], 30), "E is what is left"
    assert too_small(counted, [frozenset("ACD"), frozenset("AD")], 30), "C is between the two"


def test_what_was_done_in_a_ward_is_told_from_what_happened_everywhere(waves, analyst, monkeypatch):
    monkeypatch.setattr(progress, "SELDOM", 0)  # every step is told, on another connection
    session = db.session()
    asked(analyst, sides(waves, ["W1"], ["W2", "W3"])).follow()
    assert "The comparison is being made" in analyst.text
    number = int(analyst.response.request.path.rsplit("/", 1)[1])
    while turn(session, NOON):
        pass
    result = json.loads(session.get(TreatedComparison, number).result)
    (row,) = [each for each in result["rows"] if each["indicator"] == "safe_dark"]
    first, second, third, fourth = (each["value"] for each in row["cells"])
    assert row["value"] == pytest.approx((second - first) - (fourth - third))
    assert row["value"] == pytest.approx(0.5, abs=0.05)
    analyst.get(f"/staff/figures/treated/{number}")
    assert "The treated wards changed clearly more upwards, which is better." in analyst.text
    assert all(words in analyst.text for words, _check in ASSUMPTIONS)
    asked(analyst, sides(waves, ["W1"], ["W2", "W3"]))
    assert analyst.location.endswith(f"/{number}"), "the same comparison is not made twice"


def test_two_comparisons_that_differ_by_a_ward_of_few_are_not_both_shown(waves, analyst):
    session = db.session()
    results = []
    for control in (["W2", "W3"], ["W2", "W3", "W6"], ["W6"]):
        asked(analyst, sides(waves, ["W1"], control))
        number = int(analyst.location.rsplit("/", 1)[1])
        make.make(session, number, NOON)
        session.commit()
        results.append(json.loads(session.get(TreatedComparison, number).result))
    alone = results[2]
    told = [{row["indicator"] for row in each["rows"] if not row["reason"]} for each in results[:2]]
    assert "safe_dark" in told[0]
    assert not told[0] & told[1]
    assert alone == {
        "refused": "Fewer than 30 people of one side answered in 2024. Take more wards."
    }
    analyst.get(analyst.location)
    assert "This comparison cannot be shown." in analyst.text
    assert not analyst.page.findall(".//table")


@pytest.mark.parametrize(
    ("treated_wards", "control", "said"),
    [
        ([], ["W2"], "Choose at least one ward where something was done"),
        (["W9"], ["W2"], "There is no ward W9."),
    ],
)
def test_a_choice_that_cannot_be_is_told_and_kept(waves, analyst, treated_wards, control, said):
    asked(analyst, sides(waves, treated_wards, control), 422)
    assert said in analyst.text
    chosen = analyst.page.find(".//select[@id='ward-W2']/option[@selected]")
    assert chosen.get("value") == "control"
    asked(analyst, sides(waves[::-1], ["W1"], ["W2"]), 422)
    assert "the earlier one first" in analyst.text


def test_a_partner_may_read_comparisons_and_not_ask_for_them(waves, lite_app, clock):
    for each in waves:
        let_out(db.session(), each)
    partner = sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))
    partner.get(PATH)
    assert "A new comparison" not in partner.text
    partner.post(PATH, sides(waves, ["W1"], ["W2"]), 403)


def test_no_comparison_is_of_one_person_fewer_than_what_was_published(waves, analyst):
    session = db.session()
    published(session, waves[1], indicators=("safe_dark",), breakdowns=("overall",))
    last = select(func.max(Response.id)).filter_by(wave_id=waves[1].id).scalar_subquery()
    session.execute(delete(Response).where(Response.id == last))
    session.commit()
    refresh(session, waves[1].id, NOON)
    session.commit()
    asked(analyst, sides(waves, ["W1"], ["W2"]))
    number = int(analyst.location.rsplit("/", 1)[1])
    make.make(session, number, NOON)
    session.commit()
    result = json.loads(session.get(TreatedComparison, number).result)
    assert result == {"refused": f"{make.PUBLISHED} 2025."}


def test_partners_see_no_comparison_of_other_answers_than_their_figures(waves, analyst, lite_app):
    session = db.session()
    asked(analyst, sides(waves, ["W1"], ["W2"]))
    path = f"/staff/figures/treated/{analyst.location.rsplit('/', 1)[1]}"
    make.make(session, int(path.rsplit("/", 1)[1]), NOON)
    session.commit()
    partner = sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))
    partner.get(path, 404)
    for each in waves:
        let_out(session, each)
    assert "The treated wards" in partner.get(path).text
    run = session.get(FigureRun, newest_run(session, waves[1].id).id)
    run.flow = json.dumps(json.loads(run.flow) | {"people": "one person more"})
    session.commit()
    partner.get(path, 404)
    assert path not in partner.get(PATH).text
