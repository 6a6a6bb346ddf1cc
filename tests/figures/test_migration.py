"""What a run found besides its figures can be taken away and put back; the figures stay."""

from conftest import NOON
from figures.town import filled, found
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh
from engage.figures.store import newest_run

FINDINGS = {"past_flows", "sensitivity", "representation", "unanswered"}


def columns():
    return {each["name"] for each in inspect(db.engine).get_columns("figure_runs")}


def test_a_run_of_before_is_read_without_findings_and_keeps_its_figures(app):
    session = db.session()
    found(session)
    wave_id = filled(session, 60).id
    refresh(session, wave_id, NOON)
    session.commit()
    stored = session.scalar(select(func.count()).select_from(Figure))
    session.rollback()

    downgrade(revision="0004")

    assert columns().isdisjoint(FINDINGS)
    assert session.scalar(select(func.count()).select_from(Figure)) == stored
    session.rollback()

    upgrade()

    session.expire_all()
    assert columns() >= FINDINGS
    run = newest_run(session, wave_id)
    assert (run.past_flows, run.sensitivity, run.representation, run.unanswered) == (
        {},
        (),
        None,
        {},
    )
