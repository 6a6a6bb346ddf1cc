"""What a reporter's browser began or opened: the database opens none of it, and soon has none."""

import pytest
from sqlalchemy import func, select, update

from engage import clock as time
from engage.extensions import db
from engage.reports import draft, visit
from engage.reports.changing import ChangedElsewhereError
from engage.reports.expiry import expire
from engage.reports.receipts import Visit
from engage.reports.rings import new_rings
from engage.reports.tries import count_try
from engage.reports.visit_models import ReceiptTry, ReportDraft, ReporterVisit
from engage.seals.broken import BrokenSealError
from engage.tasks import handler_of

WORDS = {"what_happened": "They wait for me at the gate", "page": 3}


@pytest.fixture
def connection(app, clock):
    return db.session.connection()


def test_a_draft_is_saved_by_who_has_seen_it_and_sent_once(connection, clock):
    token = draft.start(connection, time.now())
    assert draft.save(connection, token, WORDS, seen=1, now=time.now()) == 2
    with pytest.raises(ChangedElsewhereError):
        draft.save(connection, token, {}, seen=1, now=time.now())
    assert draft.read(connection, token, time.now()).value == WORDS
    assert draft.read(connection, token + "x", time.now()) is None
    assert draft.discard(connection, token)
    assert not draft.discard(connection, token), "the second of two requests sends nothing"


def test_a_draft_is_as_long_at_its_end_as_at_its_beginning(connection):
    tokens = [draft.start(connection, time.now(), value) for value in ({}, {"a": "x" * 8000})]
    lengths = connection.scalars(select(func.length(ReportDraft.sealed))).all()
    assert len(set(lengths)) == 1
    # One draft's words under another's mark do not open.
    rows = dict(connection.execute(select(ReportDraft.token_hash, ReportDraft.sealed)).all())
    first, second = map(draft.mark, tokens)
    swapped = update(ReportDraft).where(ReportDraft.token_hash == first)
    connection.execute(swapped.values(sealed=rows[second]))
    with pytest.raises(BrokenSealError):
        draft.read(connection, tokens[0], time.now())


def test_a_draft_is_gone_an_hour_after_it_was_saved_last(connection, clock):
    token = draft.start(connection, time.now())
    clock.move(minutes=59)
    draft.save(connection, token, WORDS, seen=1, now=time.now())
    clock.move(minutes=59)
    assert draft.read(connection, token, time.now())
    assert expire(db.session(), time.now()) == 0
    clock.move(minutes=1)
    assert draft.read(connection, token, time.now()) is None
    with pytest.raises(ChangedElsewhereError):
        draft.save(connection, token, WORDS, seen=2, now=time.now())
    assert handler_of("expire_reporters")(db.session(), {}, time.now()) == 1
    assert connection.scalar(select(func.count()).select_from(ReportDraft)) == 0


def test_a_visit_ends_after_fifteen_idle_minutes_or_as_the_reporter_leaves(connection, clock):
    opened = Visit("f" * 32, new_rings().only("content", "talk"), b"m" * 32)
    token = visit.begin(connection, opened, time.now())
    clock.move(minutes=14)
    assert visit.visitor(connection, token, time.now()) == opened
    renamed = Visit(opened.report_id, opened.rings, b"n" * 32)
    assert visit.stay(connection, token, time.now(), renamed)
    clock.move(minutes=14)
    assert visit.visitor(connection, token, time.now()) == renamed
    assert visit.visitor(connection, token[:-1], time.now()) is None
    clock.move(minutes=1)
    assert visit.visitor(connection, token, time.now()) is None
    assert not visit.stay(connection, token, time.now())
    another = visit.begin(connection, opened, time.now())
    visit.end(connection, another)
    assert visit.visitor(connection, another, time.now()) is None
    count_try(connection, "home", time.now())
    clock.move(minutes=15)
    assert expire(db.session(), time.now()) == 3, "a visit, and two counts of tries"
    for table in (ReporterVisit, ReceiptTry):
        assert connection.scalar(select(func.count()).select_from(table)) == 0
