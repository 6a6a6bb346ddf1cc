"""The demonstration's reports: sealed, of many kinds, in every state, some through a centre."""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select

from engage.areas.wards import replace_wards
from engage.core.reporting.overrides import Standing, overrides_in
from engage.demo.borough import shapes, wards
from engage.demo.logins import CASEWORKERS, WORKER, make_accounts
from engage.demo.reported import CODE, NARRATIVES, REPORTS
from engage.demo.reports import CENTRE, _held, load_reports
from engage.extensions import db
from engage.handover.by_wish import hand_to_police
from engage.keyring.shared import STATISTICS
from engage.reports.facts import all_facts
from engage.reports.holders import CentreHolder, reports_of_centre
from engage.reports.models import Report
from engage.reports.opened import open_report, rings_of_many
from engage.reports.receipts import code_keys, open_by_code, site_salt

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_the_reports_are_there_sealed_and_everybody_concerned_opens_theirs(lite_app, tmp_path):
    settings, session = lite_app.extensions["settings"], db.session()
    replace_wards(session, shapes(wards()))
    make_accounts(session, settings.instance_dir, NOW.date())
    load_reports(session, settings, NOW, hand_to_police)
    session.commit()
    connection = session.connection()
    held = _held(session, CASEWORKERS[0])
    ids = session.scalars(select(Report.id)).all()
    opened = [
        open_report(connection, report_id, rings)
        for report_id, rings in rings_of_many(connection, held, ids).items()
    ]
    assert len(opened) == REPORTS
    assert set(Counter(each.status for each in opened)) == {
        "new", "open", "closed", "handed_over",
    }  # fmt: skip
    assert all(each.line.received_on <= NOW.date() for each in opened)
    overrides = [
        found
        for each in opened
        for found in overrides_in(entry.value for entry in each.entries if entry.ring == "notes")
    ]
    assert {each.standing for each in overrides} == {Standing.USABLE, Standing.WAITING}
    told = [[entry.value["kind"] for entry in each.entries] for each in opened]
    [handed] = [kinds for kinds in told if "handover" in kinds]
    assert {"acknowledgement", "outcome"} <= set(handed)
    waits = [each.line for each in opened if each.line.waiting_for == "us"]
    assert all(line.clocks for line in waits)
    today = [str(each.due_on) for line in waits for each in line.clocks]
    assert len([day for day in today if day < "2026-03-02"]) < 15
    facts = list(all_facts(connection, held.shared[STATISTICS]))
    assert {each.kind for each in facts} == {kind for kind, *_rest in NARRATIVES}
    private = _held(session, WORKER).shared["centre:1"]
    theirs = reports_of_centre(connection, CentreHolder(1, private))
    assert len(theirs) == sum(each.centre == 1 for each in facts) >= 5
    visit = open_by_code(connection, code_keys(CODE, site_salt(settings.receipt_salt)))
    assert open_report(connection, visit.report_id, visit.rings).entries
    session.rollback()
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("engage.sqlite*"))
    assert CENTRE.encode() in stored
    assert not any(words.encode() in stored for *_rest, words in NARRATIVES)
