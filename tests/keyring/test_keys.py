"""Keys are made, shared, lost and given back; a copy of the database opens nothing."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from conftest import NOON
from sqlalchemy import select
from staff import PASSWORD, make_keyholder, make_recovery, make_staff

from engage.accounts.models import Role
from engage.extensions import db
from engage.keyring import held, shared, staff_keys
from engage.keyring.entitled import entitled
from engage.keyring.models import KeyShare, SessionKey, SharedKey, StaffKey
from engage.keyring.ready import can_take
from engage.keyring.shared import STATISTICS, KeyringError
from engage.seals.box import BrokenSealError, unlock
from engage.seals.derive import derive
from engage.seals.pairs import open_with, pair_of, seal_to
from engage.sessions.models import StaffSession
from engage.sessions.store import recognise, start, token_hash

TODAY = NOON.date()


@pytest.fixture
def worker(app):
    make_recovery(app)
    return make_keyholder(app, Role.CASEWORKER)


def private_of(member):
    return staff_keys.open_private(db.session(), member.id, PASSWORD)


def held_by(member):
    private = private_of(member)
    mine = held.shares(db.session.connection(), pair_of(private), member.id)
    return held.Held(member.id, private, mine)


def test_only_the_password_opens_the_key_that_reports_are_sealed_to(app, worker):
    sealed = seal_to(entitled(db.session())[worker.id], b"rings")
    assert open_with(private_of(worker), sealed) == b"rings"
    assert staff_keys.open_private(db.session(), worker.id, "another four words") is None
    assert private_of(worker).hex() not in repr(held_by(worker))


def test_those_entitled_are_active_and_have_a_key_and_a_role_for_it(app, worker):
    lead = make_keyholder(app, Role.SAFEGUARDING_LEAD)
    make_keyholder(app, Role.CENTRE_WORKER)
    make_staff(app, Role.CASEWORKER, "Without Key")
    make_staff(app, Role.ADMINISTRATOR)
    assert set(entitled(db.session())) == {worker.id, lead.id}


@pytest.mark.parametrize("recovery_first", [True, False])
def test_reports_can_be_taken_once_there_are_a_recovery_key_and_a_caseworker(app, recovery_first):
    make_keyholder(app, Role.SAFEGUARDING_LEAD)
    steps = [lambda: make_recovery(app), lambda: make_keyholder(app, Role.CASEWORKER)]
    for step in steps if recovery_first else reversed(steps):
        assert not can_take(db.session())
        step()
    assert can_take(db.session())


def test_a_shared_key_opens_for_its_holders_until_it_is_taken_away(app, worker):
    colleague = make_keyholder(app, Role.CASEWORKER, "Later Comer")
    public = shared.public_of(db.session(), STATISTICS)
    sealed = seal_to(public, b"facts")
    mine = held_by(worker)
    assert open_with(mine.shared[STATISTICS], sealed) == b"facts"
    assert held_by(colleague).shared == {}
    with pytest.raises(KeyringError, match="do not hold"):
        shared.share_with(db.session(), held_by(colleague), STATISTICS, worker.id)
    for _ in range(2):
        shared.share_with(db.session(), mine, STATISTICS, colleague.id)
    assert held_by(colleague).shared == mine.shared
    shared.take_away(db.session(), STATISTICS, colleague.id)
    assert held_by(colleague).shared == {}


def test_no_shared_key_is_made_that_could_not_be_recovered(app):
    worker = make_keyholder(app, Role.CENTRE_WORKER)
    with pytest.raises(KeyringError, match="reports recovery-key"):
        shared.make_shared(db.session(), "centre:1", [worker.id], TODAY)


def test_a_second_recovery_key_is_refused(app, worker):
    with pytest.raises(KeyringError, match="There is a recovery key already"):
        shared.make_recovery(db.session(), TODAY)


def test_two_browsers_at_once_make_one_pair(app):
    member = make_staff(app, Role.CASEWORKER)
    together, kept = Barrier(2), []

    def first_sign_in():
        with app.app_context():
            new = staff_keys.made(member.id, PASSWORD)
            together.wait()
            kept.append((staff_keys.keep(db.session(), new, TODAY), new.pair.public))
            db.session.commit()

    threads = [Thread(target=first_sign_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [public for done, public in kept if done]
    assert db.session.get(StaffKey, member.id).public == winner


def test_a_stolen_database_with_a_live_session_opens_nothing(app, worker):
    session = db.session()
    member = start(session, worker.id, NOON)
    private = private_of(worker)
    held.start(session, member, private, NOON)
    session.commit()
    row = session.scalar(select(SessionKey))
    stored = session.scalar(select(StaffSession.token_hash))
    for guess in (stored, stored.hex(), token_hash(stored.hex()), worker.email):
        with pytest.raises(BrokenSealError):
            unlock(derive(guess, "session"), row.sealed, b"session_keys:1:1")
    with db.engine.connect().execution_options(read_only=True) as connection:
        for guess in (stored.hex(), ""):
            thief = replace(member, token=guess or "0")
            assert held.private_of(connection, thief, NOON) is None
    everything = [
        value
        for table in db.metadata.sorted_tables
        for row in session.execute(select(table))
        for value in row
        if isinstance(value, bytes | str)
    ]
    hidden = [private, private.hex(), *held_by(worker).shared.values(), member.token]
    for value in everything:
        as_bytes = value if isinstance(value, bytes) else value.encode()
        for secret in hidden:
            found = secret if isinstance(secret, bytes) else secret.encode()
            assert found not in as_bytes


def test_a_token_opens_its_own_session_alone_and_not_after_idle_minutes(app, worker):
    session = db.session()
    ours, other = start(session, worker.id, NOON), start(session, worker.id, NOON)
    private = private_of(worker)
    held.start(session, ours, private, NOON)
    session.commit()
    with db.engine.connect() as connection:
        again = recognise(connection, ours.token, NOON)  # as another process of the site does
        assert held.private_of(connection, again, NOON) == private
        assert held.private_of(connection, other, NOON) is None
        late = NOON + held.IDLE
        assert held.private_of(connection, ours, late - timedelta(seconds=1)) == private
        assert held.private_of(connection, ours, late) is None
    # Rows that are moved to another session do not open there.
    session.scalar(select(SessionKey)).session_id = other.session_id
    session.commit()
    with db.engine.connect() as connection:
        assert held.private_of(connection, other, NOON) is None
        assert held.private_of(connection, ours, NOON) is None
    assert held.erase_idle(session, NOON + held.IDLE) == 1
    assert session.scalars(select(SessionKey)).all() == []


def test_lost_keys_are_gone_with_all_their_shares(app, worker):
    lost = held_by(worker)
    staff_keys.lose(db.session(), worker.id)
    assert db.session.scalars(select(KeyShare.staff_id)).all() == [None]
    assert entitled(db.session()) == {}
    staff_keys.make(db.session(), worker.id, PASSWORD, TODAY)
    assert held_by(worker).private != lost.private
    assert held_by(worker).shared == {}
    assert db.session.scalars(select(SharedKey.name).order_by(SharedKey.name)).all() == [
        "recovery",
        "statistics",
    ]
