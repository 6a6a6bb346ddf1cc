"""The whole path in one test: what is asked, what is answered, what is counted, what is taken.

Read it from the top; each step names the room of the code where it happens.
"""

import csv
import io
import re
from datetime import date

import pytest
from gates import clear, open_cleared
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in
from survey import answer, begin

from engage import clock as engage_clock
from engage.areas.models import Ward
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.definition.load import load_definition
from engage.core.indicators.compute import compute
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sample import take_sample
from engage.extensions import db
from engage.figures.indicators import indicators_of
from engage.figures.store import figures_of, newest_run
from engage.responses.coded import coded_responses
from engage.responses.models import Mode, Response
from engage.responses.store import insert_many, row
from engage.waves.catalogue import newest_file
from engage.waves.faults import WavePlan
from engage.waves.transitions import create
from engage.worker import turn

PAPER = 60
FEEL_SAFE = 45


def test_from_a_question_to_a_figure_that_a_council_can_defend(lite_app, clock):
    # 1. A definition is data: a versioned file, checked, loaded into frozen objects (core).
    file = newest_file("fear_of_crime")
    definition = load_definition(file)
    assert definition.questions["safe_dark"].text.startswith("How safe")

    # 2. A wave puts a published version of it into the field (waves).
    db.session.add_all([Ward(code="W1", name="Abbey"), Ward(code="W2", name="Bridge")])
    today = engage_clock.today()
    plan = WavePlan("fear_of_crime", "2026", today, date(2026, 5, 1), date(2028, 5, 1))
    wave = create(db.session, plan, today)
    clear(wave.id)  # somebody signs what has to be done before, and a second person agrees
    open_cleared(wave.id)
    db.session.commit()
    wave_id, definition_id = wave.id, wave.definition_id
    db.session.remove()

    # 3. A resident answers its form, page by page, and sends it (surveys, answering).
    resident = PageClient(lite_app)
    told = {
        "first_questions": {"q_age_band": "35_44", "q_connection": "resident"},
        "home_area": {"q_ward": "W1"},
        "feeling_safe": {"q_safe_live": "1", "q_safe_dark": "2", "q_safe_day": "1"},
    }
    answer(begin(resident, "fear-of-crime"), told, "fear-of-crime")
    clock.move(minutes=6)
    resident.post("/surveys/fear-of-crime/check", {"draft": resident.value("draft")}).follow()
    assert "Your answers have been sent" in resident.text

    # 4. What arrives is a response: coded answers and a day, no name, no address, no time of day.
    (response,) = db.session.scalars(select(Response)).all()
    assert (response.day, response.duration, response.ward) == (date(2026, 3, 2), 360, "W1")
    db.session.remove()

    # 5. Sixty people answered on paper; two of them left almost everything empty.
    on_paper = [
        {
            "age_band": "45_54" if number % 2 else "25_29",
            "connection": "resident",
            "ward": "W2",
            **({} if number >= PAPER else {"safe_dark": "2" if number < FEEL_SAFE else "4"}),
            **({} if number >= PAPER else dict.fromkeys(_every_scale(definition), "1")),
        }
        for number in range(PAPER + 2)
    ]
    with db.engine.begin() as connection:
        insert_many(
            connection,
            [
                row(
                    definition,
                    answers,
                    wave_id=wave_id,
                    definition_id=definition_id,
                    submission=f"paper {number}",
                    day=today,
                    duration=None,
                    mode=Mode.PAPER,
                )
                for number, answers in enumerate(on_paper)
            ],
        )

    # 6. Answers become a typed table, and rules say which are used and why not (core.cleaning).
    table = coded_responses(db.session(), wave_id, definition_id, definition)
    db.session.remove()
    cleaned = clean(definition, table, Thresholds(wards=frozenset({"W1", "W2"})))
    assert cleaned.flow.received == PAPER + 3
    assert cleaned.flow.used == PAPER, "the resident answered too little as well: under half"

    # 7. An indicator is a rule; an estimate has its interval and its base (core.indicators).
    safe_dark = next(each for each in indicators_of("fear_of_crime") if each.id == "safe_dark")
    people = cleaned.table.reset_index(drop=True)
    made = compute(
        people,
        [safe_dark],
        take_sample(len(people)),
        wave="2026",
        estimators=("unweighted",),
        methods=("xlogit",),
    )
    estimate = Estimate.from_row(made.tidy.iloc[0])
    assert estimate.base == PAPER
    assert estimate.value == pytest.approx(FEEL_SAFE / PAPER)
    assert estimate.lower < estimate.value < estimate.upper

    # 8. The worker does the same for every indicator and group, and suppresses last (figures).
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, "analyst"))
    analyst.get(f"/staff/figures/{wave_id}").post(f"/staff/figures/{wave_id}/refresh")
    work()
    run = newest_run(db.session, wave_id)
    stored = figures_of(db.session, run.id, ["overall"], "safe_dark")[0].estimate
    wards = figures_of(db.session, run.id, ["ward"], "safe_dark")
    db.session.remove()
    assert stored.value == pytest.approx(estimate.value)
    assert {figure.estimate.flag for figure in wards if figure.group == "W1"} <= {"[c]", "[x]"}

    # 9. The page, and the file that an analyst takes, read those stored rows and nothing else.
    analyst.get(f"/staff/figures/{wave_id}")
    assert "75%" in analyst.text
    analyst.get(f"/staff/downloads/{wave_id}")
    analyst.post(f"/staff/downloads/{wave_id}", {"kind": "indicators_csv"})
    work()
    analyst.get(f"/staff/downloads/{wave_id}")
    link = next(
        each
        for each in analyst.page.iter("a")
        if re.fullmatch(r".*_indicators_.*\.csv", each.text or "")
    )
    file_taken = analyst.http.get(link.get("href")).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file_taken)))
    overall = next(
        each for each in rows if (each["indicator"], each["group"]) == ("safe_dark", "all")
    )
    assert float(overall["estimate"]) == pytest.approx(0.75)
    assert int(overall["base"]) == PAPER
    assert overall["wave"] == "2026"


def _every_scale(definition) -> list[str]:
    return [each.id for each in definition.questions.values() if each.kind == "scale"][3:]


def work() -> None:
    """Let the worker do all that is waiting."""
    while turn(db.session, engage_clock.now()):
        pass
    db.session.remove()
