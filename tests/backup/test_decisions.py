"""What two people decide about, and links for staff: a restore lets nothing out by itself."""

import json
import zipfile
from datetime import timedelta

import pytest
from conftest import NOON
from sqlalchemy import func, select
from staff import make_staff
from survey import open_a_wave

from engage.accounts.models import StaffLink
from engage.approvals import store as approvals
from engage.approvals.models import Approval
from engage.extensions import db
from engage.freetext.models import Quote
from engage.published.models import Publication
from engage.published.release import publish_due
from engage.waves.models import Wave, WaveState


@pytest.fixture
def restored(app, clock, tmp_path):
    """A site after its backup was put back, in which results, a quote and a link had waited."""
    by = make_staff(app).id
    for state in ("chosen", "frozen", "scheduled", "published"):
        wave_id = open_a_wave(state)
        db.session.get_one(Wave, wave_id).state = WaveState.CLOSED
        edition = Publication(
            wave_id=wave_id, questionnaire="q", edition=1, state=state, chosen="{}",
            made_by=by, made_at=NOON, publish_at=NOON,
        )  # fmt: skip
        db.session.add(edition)
        db.session.commit()
    session = db.session()
    for state in ("asked", "released"):
        place = {"wave_id": 1, "question": "why", "begins": 0, "ends": 4, "redaction": 1}
        session.add(Quote(state=state, asked_by=by, about="", **place))
    for subject in ("quote:1", "wave:1"):
        approvals.ask(session, subject, "d" * 64, by=by, now=NOON)
    approvals.give(session, "wave:1", "d" * 64, by=by + 1, now=NOON)
    link = StaffLink(staff_id=by, token_hash=b"t" * 32, asked_by=by, asked_at=NOON, sent_at=NOON)
    link.expires_at = NOON + timedelta(days=7)
    session.add(link)
    session.commit()
    db.session.remove()
    file, runner = tmp_path / "backup.zip", app.test_cli_runner()
    assert runner.invoke(args=["backup", str(file)]).exit_code == 0
    done = runner.invoke(args=["restore", str(file), "--replace"])
    assert done.exit_code == 0, done.output
    return file, done.output


def test_what_waited_comes_back_undecided_and_no_link_for_staff_works(restored):
    file, told = restored
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("manifest.json"))["rows"]["staff_links"] == 0
        assert b"t" * 32 not in archive.read("database")
    session = db.session()
    assert session.scalar(select(func.count()).select_from(StaffLink)) == 0
    editions = session.scalars(select(Publication).order_by(Publication.id)).all()
    states = [(each.state, each.version, each.said.partition(".")[0]) for each in editions]
    back = "A backup was put back"
    assert states == [
        ("dropped", 2, f"{back} before its figures were copied"),
        ("frozen", 2, back),
        ("frozen", 2, back),
        ("published", 1, ""),
    ]
    assert publish_due(session, NOON + timedelta(days=1), council="Anytown") == 0
    assert [*session.scalars(select(Quote.state).order_by(Quote.id))] == ["taken_back", "released"]
    decisions = session.execute(select(Approval.subject, Approval.state).order_by(Approval.id))
    assert [tuple(each) for each in decisions] == [("quote:1", "withdrawn"), ("wave:1", "given")]
    assert "Results that were to be published on a day are not" in told
    assert "editions, quotes and actions that were taken back" in told
