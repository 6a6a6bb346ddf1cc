"""A run is compared as soon as its figures are made, from tables alone."""

from datetime import date

from conftest import NOON
from figures.town import filled, found
from sqlalchemy import delete

from engage.extensions import db
from engage.figures.comparisons.make import compare_all
from engage.figures.comparisons.models import FigureChange
from engage.figures.comparisons.store import comparisons_of
from engage.figures.refresh import refresh
from engage.figures.store import figures_of, newest_run
from engage.responses.models import Response
from engage.waves.models import WaveState

FIRST = {
    "name": "2025",
    "state": WaveState.CLOSED,
    "opens_on": date(2025, 2, 1),
    "closes_on": date(2025, 4, 1),
}


def test_figures_are_compared_when_they_are_made_and_again_without_their_answers(lite_app):
    session = db.session()
    found(session)
    waves = filled(session, 150, **FIRST), filled(session, 180)
    for wave in waves:
        refresh(session, wave.id, NOON)
        session.commit()
    first, second = (newest_run(session, wave.id) for wave in waves)

    made = comparisons_of(session, second.id).changes
    assert len(made) == len(figures_of(session, second.id)) > 0
    assert {each.before_run for each in made} == {first.id}
    assert sum(each.reason is None for each in made) > 50

    session.execute(delete(Response))
    session.execute(delete(FigureChange))
    session.commit()
    compare_all(session, "fear_of_crime")
    assert repr(comparisons_of(session, second.id).changes) == repr(made)
