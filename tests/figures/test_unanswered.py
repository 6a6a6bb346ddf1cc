"""Who did not answer is told so that nobody can be counted out of it, or not at all."""

import pandas as pd
import pytest
from conftest import NOON
from figures.town import filled, found

from engage.core.indicators.unanswered import Unanswered
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.figures.store import figures_of, newest_run
from engage.figures.unanswered import told


def table(base, flag="", breakdown="overall"):
    return pd.DataFrame(
        {"indicator": ["it"], "breakdown": [breakdown], "base": [base], "flag": [flag]}
    ).astype({"base": "Int64"})


@pytest.mark.parametrize(
    ("exact", "as_told"),
    [
        (Unanswered(501, 0.0249, 0.005), Unanswered(500, 0.02, 0.01, 0.01)),
        (Unanswered(505, 0.125, 0.0049), Unanswered(510, 0.13, 0.0, 0.01)),
        (Unanswered(499, 0.0249, 0.074), Unanswered(500, 0.0, 0.05, 0.05)),
        (Unanswered(100, 0.025, 0.076), Unanswered(100, 0.05, 0.1, 0.05)),
    ],
)
def test_shares_are_as_coarse_as_five_people_and_people_tens(exact, as_told):
    assert told({"it": exact}, table(390)) == {"it": as_told}


def test_of_fewer_than_a_hundred_no_share_is_told():
    assert told({"it": Unanswered(99, 0.1, 0.1)}, table(90)) == {}


@pytest.mark.parametrize(
    "shown", [table(29), table(None, "[c]"), table(0, "[x]"), table(390, breakdown="sex")]
)
def test_nothing_is_told_where_the_overall_figure_is_not_or_is_of_few(shown):
    assert told({"it": Unanswered(400, 0.02, 0.01)}, shown) == {}


def test_it_is_stored_with_the_run_for_what_is_shown(app):
    session = db.session()
    found(session)
    wave = filled(session, 300)
    refresh(session, wave.id, NOON)
    session.commit()
    run = newest_run(session, wave.id)
    overall = {each.indicator: each.estimate for each in figures_of(session, run.id, ["overall"])}
    assert set(run.unanswered) == {
        name for name, each in overall.items() if not each.hidden and each.base and each.base >= 30
    }
    safe = run.unanswered["safe_dark"]
    assert safe.asked % 10 == 0
    answered = safe.asked * (1 - safe.dont_know - safe.missing)
    assert abs(answered - overall["safe_dark"].base) < 0.05 * safe.asked + 10
