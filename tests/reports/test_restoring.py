"""Lost passwords: the recovery key gives back to one person what theirs had sealed."""

from threading import Thread

import pytest
from caseload import put_report
from sqlalchemy import func, insert, select
from staff import PASSWORD, make_keyholder, make_recovery, make_staff

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.accounts.store import find
from engage.audit.models import AuditEvent
from engage.centres import store
from engage.extensions import db
from engage.keyring import staff_keys
from engage.keyring.entitled import entitled
from engage.keyring.held import shares
from engage.keyring.models import KeyShare, StaffKey
from engage.keyring.shared import (
    RECOVERY,
    STATISTICS,
    make_shared,
    make_statistics,
    public_of,
)
from engage.reports.holders import KEYS, new_id, recovery_row, staff_row
from engage.reports.models import Report, ReportKey
from engage.reports.replacing import replace
from engage.reports.restoring import recovered, written
from engage.reports.rings import Rings, new_rings, unsealed
from engage.seals.pairs import pair_of

NEW = "another four words here"


@pytest.fixture
def run(app):
    def run(*words, given=""):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=[*words], input=given)
        db.session.rollback()
        return result

    return run


@pytest.fixture
def recovery(app):
    return make_recovery(app)


def report_for(member) -> Rings:
    """A report as far as its holders go."""
    rings, report_id = new_rings(), new_id()
    db.session.add(Report(id=report_id, month="2026-03"))
    db.session.flush()
    public = entitled(db.session())[member.id]
    rows = [
        staff_row(report_id, member.id, public, rings),
        recovery_row(report_id, public_of(db.session(), RECOVERY), rings),
    ]
    for row in rows:
        db.session.execute(insert(KEYS).values(row))
    db.session.commit()
    return rings


def rings_of(member, password) -> list[Rings]:
    pair = pair_of(staff_keys.open_private(db.session(), member.id, password))
    sealed = db.session.scalars(select(ReportKey.sealed).filter_by(staff_id=member.id))
    return [unsealed(pair, each) for each in sealed]


def test_a_lost_password_is_got_over_with_the_recovery_key_alone(app, run, recovery):
    member = make_keyholder(app, Role.CASEWORKER)
    rings = report_for(member)
    assert rings_of(member, PASSWORD) == [rings]

    result = run("staff", "reset-password", member.email, "--password-stdin", given=f"{NEW}\n")
    assert f"reports restore {member.email}" in result.output
    assert rings_of(member, NEW) == []
    assert db.session.get(StaffKey, member.id).factor is None

    wrong = run("reports", "restore", member.email, given=written(bytes(31) + b"\1"))
    assert wrong.exit_code == 1
    assert "not the private half" in wrong.output
    assert rings_of(member, NEW) == []

    result = run("reports", "restore", member.email, given=written(recovery) + "\n")
    assert result.exit_code == 0, result.output
    assert "can open 1 reports again" in result.output
    assert recovery.hex()[:8] not in result.output
    assert rings_of(member, NEW) == [rings]
    holders = db.session.scalars(select(KeyShare.staff_id)).all()
    assert member.id in holders
    assert "keys.restored" in db.session.scalars(select(AuditEvent.action)).all()


def test_a_worker_of_a_centre_gets_its_key_back_and_only_that(app, run, recovery):
    make_keyholder(app, Role.CASEWORKER)
    worker = make_keyholder(app, Role.CENTRE_WORKER)
    session, today = db.session(), clock.today()
    centre = store.register(session, "The Library", today)
    store.employ(session, centre, worker.id, today)
    name = store.key_name(centre.id)
    public = make_shared(session, name, [worker.id], today)
    session.commit()

    run("staff", "reset-password", worker.email, "--password-stdin", given=f"{NEW}\n")
    private = staff_keys.open_private(db.session(), worker.id, NEW)
    assert shares(db.session.connection(), pair_of(private), worker.id) == {}
    result = run("reports", "restore", worker.email, given=written(recovery))
    assert result.exit_code == 0, result.output
    found = shares(db.session.connection(), pair_of(private), worker.id)
    assert [pair_of(each).public for each in found.values()] == [public]
    assert set(found) == {name}
    mine = select(func.count()).select_from(ReportKey).filter_by(staff_id=worker.id)
    assert db.session.scalar(mine) == 0


def test_another_recovery_key_opens_all_that_the_one_before_did(app, run, recovery):
    member = make_keyholder(app, Role.CASEWORKER)
    rings = report_for(member)
    # The statistics key is there from the first caseworker on.
    make_statistics(db.session(), clock.today())
    db.session.commit()
    wrong = run("reports", "recovery-key", "--replace", given=written(bytes(31) + b"\1"))
    assert wrong.exit_code == 1
    assert public_of(db.session(), RECOVERY) == pair_of(recovery).public

    result = run("reports", "recovery-key", "--replace", given=written(recovery))
    assert result.exit_code == 0, result.output
    assert "Sealed 1 reports" in result.stderr
    private = bytes.fromhex("".join(result.stdout.split()))
    assert pair_of(private).public == public_of(db.session(), RECOVERY) != pair_of(recovery).public
    assert "keys.recovery_replaced" in db.session.scalars(select(AuditEvent.action)).all()

    run("staff", "reset-password", member.email, "--password-stdin", given=f"{NEW}\n")
    assert run("reports", "restore", member.email, given=written(recovery)).exit_code == 1
    restored = run("reports", "restore", member.email, given=written(private))
    assert "can open 1 reports again" in restored.output
    assert rings_of(member, NEW) == [rings]
    assert STATISTICS in shares(
        db.session.connection(),
        pair_of(staff_keys.open_private(db.session(), member.id, NEW)),
        member.id,
    )


def test_a_report_that_comes_while_the_recovery_key_is_replaced_is_sealed_to_the_new(app, recovery):
    make_keyholder(app, Role.CASEWORKER)
    make_statistics(db.session(), clock.today())
    db.session.commit()
    done = replace(db.session(), pair_of(recovery), clock.today())
    db.session.flush()

    def one_comes():
        with app.app_context():
            put_report()

    sending = Thread(target=one_comes)
    sending.start()
    sending.join(0.5)  # it waits for us; were it not to, it would have been done by now
    assert sending.is_alive()
    db.session.commit()
    sending.join(20)
    assert len(list(recovered(db.session(), pair_of(done.private)))) == 1


def test_nothing_is_given_back_to_who_holds_no_keys(app, run, recovery):
    make_keyholder(app, Role.CASEWORKER)
    admin = make_staff(app, Role.ADMINISTRATOR)
    result = run("reports", "restore", admin.email, given=written(recovery))
    assert result.exit_code == 1
    assert "holds no keys" in result.output


def test_the_recovery_key_is_printed_once(run):
    first = run("reports", "recovery-key")
    assert first.exit_code == 0, first.output
    groups = first.stdout.split()
    assert len(groups) == 16
    private = bytes.fromhex("".join(groups))
    assert pair_of(private).public == public_of(db.session(), RECOVERY)
    again = run("reports", "recovery-key")
    assert again.exit_code == 1
    assert "There is a recovery key already" in again.output


def test_a_command_makes_keys_and_the_last_caseworker_cannot_be_let_go(app, run, recovery):
    for name in ("ada", "bea"):
        given = ("--email", f"{name}@testham.example", "--name", name.title())
        made = run(
            "staff", "create", *given, "--role", "caseworker", "--password-stdin",
            given=f"{PASSWORD}\n",
        )  # fmt: skip
        assert made.exit_code == 0, made.output
    ada, bea = (find(db.session, f"{name}@testham.example") for name in ("ada", "bea"))
    report_for(ada)
    assert run("staff", "deactivate", ada.email).exit_code == 0
    for model in (StaffKey, ReportKey, KeyShare):
        mine = select(func.count()).select_from(model).filter_by(staff_id=ada.id)
        assert db.session.scalar(mine) == 0
    result = run("staff", "deactivate", bea.email)
    assert result.exit_code == 1
    assert "is the last caseworker with a key" in result.output
    assert db.session.get(StaffMember, bea.id).active
    assert set(entitled(db.session())) == {bea.id}
