"""What the responses in full were asked for moves into one place, and back."""

import json
from datetime import date

from conftest import NOON
from figures.town import wave_of
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from engage.audit.log import record
from engage.audit.models import AuditEvent
from engage.downloads import requests
from engage.downloads.models import FullRequest, MadeFile
from engage.extensions import db
from engage.jobs import store as jobs
from engage.jobs.models import Job

PURPOSE = "Read what people wrote about Mill Lane"
ZIP = {"name": "full.zip", "media_type": "application/zip"}
FILE = ZIP | {"made_at": NOON, "size": 2, "ready": True}


def test_it_goes_down_and_up_with_a_request_its_file_its_job_and_its_event(app):
    session, ends = db.session(), date(2026, 5, 1)
    wave_id = wave_of(session).id
    asked = {"purpose": PURPOSE, "delete_on": ends}
    number = requests.noted(session, wave_id, staff_id=3, now=NOON, **asked).id
    kind = {"wave_id": wave_id, "kind": "responses_full"}
    session.add(MadeFile(**kind, **FILE, delete_on=date(2026, 4, 1), request_id=number))
    session.add(MadeFile(wave_id=wave_id, kind="responses", **FILE, delete_on=ends))
    payload = kind | {"request": number}
    jobs.enqueue(session, "make_file", payload, due_at=NOON, key=f"file:{wave_id}:x:{number}")
    given = {"action": "file.asked", "subject": f"wave:{wave_id}", "staff_id": 3, "at": NOON}
    record(session, **given, detail={"kind": "responses_full", "request": number})
    record(session, **given, detail={"kind": "responses"})
    session.commit()

    downgrade(revision="0003")

    said = {"kind": "responses_full", "purpose": PURPOSE, "delete_on": "2026-05-01"}
    details = session.scalars(select(AuditEvent.detail).order_by(AuditEvent.id)).all()
    assert [json.loads(each) for each in details] == [said, {"kind": "responses"}]
    job = session.scalar(select(Job.payload))
    assert json.loads(job) == said | {"wave_id": wave_id, "asked_by": 3}
    old = session.execute(text("SELECT purpose, asked_by FROM made_files ORDER BY id")).all()
    assert [tuple(row) for row in old] == [(PURPOSE, 3), ("", None)]
    session.rollback()

    upgrade()

    session.expire_all()
    request = session.scalars(select(FullRequest)).one()
    assert (request.wave_id, request.asked_by, request.asked_at) == (wave_id, 3, NOON)
    assert (request.purpose, request.delete_on) == (PURPOSE, ends)
    assert session.scalars(select(MadeFile.request_id).order_by(MadeFile.id)).all() == [
        request.id,
        None,
    ]
    job = session.scalars(select(Job)).one()
    assert json.loads(job.payload) == kind | {"request": request.id}
    assert job.key == f"file:{wave_id}:responses_full:{request.id}"
    detail = session.scalars(select(AuditEvent.detail).order_by(AuditEvent.id)).first()
    assert json.loads(detail) == {"kind": "responses_full", "request": request.id}
