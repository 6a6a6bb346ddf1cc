"""What a backup leaves out, and what a restore does not bring back."""

import json
import subprocess
import tarfile
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOON
from outgoing import make_pledge, make_signatory
from sqlalchemy import func, insert, select
from staff import make_staff
from survey import open_a_wave

from engage.answering.models import Draft, DraftPage, ResumeCode
from engage.backup.left_mail import unpack
from engage.campaigns.models import Campaign
from engage.contacts import tokens
from engage.contacts.models import Contact, MailToken
from engage.downloads.models import FilePart, MadeFile
from engage.entry import batches
from engage.entry.models import EnteredForm, EntryBatch, FormAnswers
from engage.extensions import db
from engage.invitations import store as invitations
from engage.invitations.code import mark, plain_code
from engage.invitations.models import Invitation
from engage.jobs import store as jobs
from engage.jobs.models import Job
from engage.outbox.models import OutgoingMessage
from engage.sessions import store as sessions
from engage.sessions.models import StaffSession

SEALED = b"sealed under a key of the browser"
FORM, RESPONSE = "f" * 32, "0123456789abcdef" * 2


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def busy(app, clock):
    """A site where somebody answers, somebody is signed in and work waits."""
    wave_id, member_id = open_a_wave(), make_staff(app).id
    draft = Draft(token_hash=b"t" * 32, wave_id=wave_id, started_at=NOON, sent=False)
    draft.expires_at = NOON + timedelta(hours=2)
    db.session.add(draft)
    db.session.flush()
    for number in range(40):  # more than one page of the database file
        page = DraftPage(draft_id=draft.id, section=f"s{number}", version=1, sealed=SEALED * 20)
        db.session.add(page)
    sessions.start(db.session(), member_id, NOON)
    code = ResumeCode(draft_id=draft.id, mark=b"m" * 32, sealed=SEALED)
    db.session.add(code)
    [printed, _] = invitations.make(db.session(), wave_id, 2, key="k" * 32)
    used = mark(wave_id, plain_code(printed) or "", "k" * 32)
    assert invitations.use(db.session.connection(), wave_id, used)
    batch = EntryBatch(
        wave_id=wave_id, mode="paper", language="en", label="Market", operator=1,
        opened_on=NOON.date(),
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    paper = EnteredForm(id=FORM, batch_id=batch.id, number=1)
    db.session.add(paper)
    db.session.flush()
    db.session.add(FormAnswers(form_id=FORM, response_id=RESPONSE))
    made = MadeFile(
        wave_id=wave_id, kind="responses", name="r.zip", media_type="z", size=32, ready=True,
        made_at=NOON, delete_on=NOON.date() + timedelta(days=9),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add(FilePart(file_id=made.id, number=0, content=RESPONSE.encode()))
    for state in ("waiting", "running", "done", "failed"):
        jobs.enqueue(db.session(), state, {}, due_at=NOON).state = state
    db.session.commit()
    return app.test_cli_runner()


@pytest.fixture
def backup(busy, tmp_path):
    file = tmp_path / "backup.zip"
    done = busy.invoke(args=["backup", str(file)])
    assert done.exit_code == 0, done.output
    return file


def test_what_people_are_writing_is_in_the_database_and_not_in_the_backup(backup):
    assert (count(Draft), count(DraftPage)) == (1, 40)
    with zipfile.ZipFile(backup) as archive:
        rows = json.loads(archive.read("manifest.json"))["rows"]
        assert SEALED not in archive.read("database")
    assert (rows["drafts"], rows["draft_pages"]) == (0, 0)
    assert (rows["staff_sessions"], rows["jobs"]) == (1, 4)


def test_no_backup_leads_from_a_code_or_a_paper_to_anybodys_answers(backup, tmp_path):
    tables = ("resume_codes", "invitations", "invitations_made", "form_answers")
    tables += ("made_files", "file_parts")
    with zipfile.ZipFile(backup) as archive:
        rows = json.loads(archive.read("manifest.json"))["rows"]
        assert RESPONSE.encode() not in archive.read("database")
    assert {name: rows[name] for name in tables} == dict.fromkeys(tables, 0)
    assert rows["entered_forms"] == 1


def test_after_a_restore_forms_keep_their_numbers_and_no_code_counts_as_used(busy, backup):
    done = busy.invoke(args=["restore", str(backup), "--replace"])
    assert "Codes for invited people are not brought back" in done.output
    assert (count(Invitation), count(FormAnswers)) == (0, 0)
    [batch] = db.session.query(EntryBatch)
    [form] = batches.forms_of(db.session(), batch.id)
    assert (form.number, form.response_id, form.removed) == (1, None, False)
    assert invitations.tally(db.session(), batch.wave_id) == invitations.Tally(0, None)


def test_a_restore_brings_no_session_and_no_unfinished_job_back(busy, backup):
    done = busy.invoke(args=["restore", str(backup), "--replace"])

    assert done.exit_code == 0, done.output
    assert "Everybody has to sign in again" in done.output
    assert "unfinished jobs" in done.output
    assert (count(Draft), count(DraftPage), count(StaffSession)) == (0, 0, 0)
    assert set(db.session.scalars(select(Job.state))) == {"done", "failed"}


def test_a_backup_from_before_drafts_were_left_out_brings_none_back(busy, tmp_path, monkeypatch):
    file = tmp_path / "old.zip"
    with monkeypatch.context() as older:
        for module in ("sqlite", "postgresql"):
            older.setattr(f"engage.backup.{module}.LEFT_OUT", ())
        assert busy.invoke(args=["backup", str(file)]).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("manifest.json"))["rows"]["draft_pages"] == 40

    done = busy.invoke(args=["restore", str(file), "--replace"])

    assert done.exit_code == 0, done.output
    assert (count(Draft), count(DraftPage), count(StaffSession)) == (0, 0, 0)
    assert (count(MadeFile), count(FilePart)) == (0, 0), "files of answers do not come back"


def test_a_restore_mails_nobody_again_and_no_link_that_was_spent_works_again(busy, tmp_path):
    contact = make_signatory("ada", make_pledge())
    secret = tokens.issue(
        db.session.connection(), "own_page", contact, None, NOON + timedelta(days=1)
    )
    sending = [
        Campaign(topic="events", subject=state, text="x", state=state, made_at=NOON)
        for state in ("draft", "queued", "done")
    ]
    db.session.add_all(sending)
    db.session.flush()
    for state in ("waiting", "sending", "sent", "refused"):
        given = {"key": state, "message_id": state, "kind": "campaign", "contact_id": contact}
        given |= {"text": f"{state} {secret}", "state": state, "due_at": NOON}
        db.session.execute(insert(OutgoingMessage).values(campaign_id=sending[1].id, **given))
    db.session.commit()
    file = tmp_path / "mail.zip"
    assert busy.invoke(args=["backup", str(file)]).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("manifest.json"))["rows"]["mail_tokens"] == 0

    done = busy.invoke(args=["restore", str(file), "--replace"])

    assert done.exit_code == 0, done.output
    assert "Links that were mailed no longer work" in done.output
    assert (count(Contact), count(MailToken)) == (1, 0)
    # What has left stays known: the reminders of this week are not written anew.
    assert set(db.session.scalars(select(OutgoingMessage.state))) == {"sent", "refused"}
    states = db.session.execute(select(Campaign.subject, Campaign.state)).all()
    assert dict(map(tuple, states)) == {"draft": "draft", "queued": "stopped", "done": "done"}


def test_no_backup_has_a_message_that_waits_and_each_has_those_that_left(app, clock, tmp_path):
    contact = make_signatory("ada", make_pledge())
    odd = "tab\tback\\slash\n\\.\nend"
    for key, state in (("waits", "waiting"), ("held", "sending"), ("left", "sent")):
        given = {"key": key, "message_id": key, "kind": "tell", "contact_id": contact}
        given |= {"text": f"your link {key}", "fault": odd[:20] if state == "sent" else ""}
        db.session.execute(insert(OutgoingMessage).values(state=state, due_at=NOON, **given))
    db.session.commit()
    file, folder = tmp_path / "mail.zip", tmp_path / "opened"
    assert app.test_cli_runner().invoke(args=["backup", str(file)]).exit_code == 0
    folder.mkdir()
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("manifest.json"))["rows"]["outgoing_messages"] == 1
        database = Path(archive.extract("database", folder))
    text = database.read_bytes()
    if tarfile.is_tarfile(database):
        dump, _script = unpack(database)
        plain = subprocess.run(["pg_restore", "--file=-", dump], capture_output=True, check=True)
        text += plain.stdout
    assert b"your link left" in text
    assert b"your link waits" not in text
    assert b"your link held" not in text

    done = app.test_cli_runner().invoke(args=["restore", str(file), "--replace"])

    assert done.exit_code == 0, done.output
    (kept,) = db.session.scalars(select(OutgoingMessage))
    assert (kept.key, kept.state, kept.due_at, kept.fault) == ("left", "sent", NOON, odd[:20])
    given = {"key": "new", "message_id": "new", "kind": "tell", "contact_id": contact}
    db.session.execute(insert(OutgoingMessage).values(state="waiting", due_at=NOON, **given))
