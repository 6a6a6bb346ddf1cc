"""Reports sealed to those who may open them, and nobody else; changed by one at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from caseload import PARTS, SAID, SALT, put_report
from sqlalchemy import delete, func, select, text, update
from staff import PASSWORD, make_keyholder, make_recovery

from engage import clock as time
from engage.accounts.models import Role
from engage.extensions import db
from engage.keyring.held import Held, shares
from engage.keyring.staff_keys import open_private
from engage.reports import clocks
from engage.reports.changing import (
    ChangedElsewhereError,
    PartGoneError,
    add_entry,
    alter_line,
    alter_part,
    change_part,
    set_status,
)
from engage.reports.facts import Facts, all_facts
from engage.reports.grants import NotEntitledError, grant, lacking
from engage.reports.holders import CentreHolder, reports_of_centre
from engage.reports.line import Line, LineClock
from engage.reports.models import Report, ReportEntry, ReportKey, ReportPart
from engage.reports.opened import open_report, rings_of_many, rings_of_staff
from engage.reports.parts import PARTS as EVERY_PART
from engage.reports.receipts import code_keys, open_by_code
from engage.reports.receive import NewReport, NobodyCanReadError, receive
from engage.reports.rings import MissingRingError, unsealed
from engage.seals.broken import BrokenSealError
from engage.seals.pairs import new_pair, pair_of

CODE = "1234567890123456"
FACTS = Facts(month="2026-03", kind="hate", strands=("race",), wishes={"police": "full"})


@pytest.fixture
def recovery(app, clock):
    return make_recovery(app)


@pytest.fixture
def worker(app, recovery):
    return make_keyholder(app, Role.CASEWORKER)


def held(member) -> Held:
    return Held(member.id, open_private(db.session(), member.id, PASSWORD))


def rings_of(member, report_id):
    return rings_of_staff(db.session.connection(), held(member), report_id)


def seen(report_id) -> int:
    return db.session.scalar(select(Report.version).filter_by(id=report_id))


def test_a_report_opens_for_each_holder_as_far_as_they_may_see(app, worker, recovery):
    lead = make_keyholder(app, Role.SAFEGUARDING_LEAD)
    centre = CentreHolder(3, new_pair().private)
    connection = db.session.connection()
    new = NewReport(parts={**PARTS, "facts": {"ward": "W2"}}, facts=FACTS, centre=centre, code=CODE)
    report_id = receive(connection, new, salt=SALT, today=time.today())
    db.session.commit()
    connection = db.session.connection()

    for member in (worker, lead):
        opened = open_report(connection, report_id, rings_of(member, report_id))
        assert opened.parts["narrative"]["what_happened"] == SAID
        assert set(opened.parts) == set(EVERY_PART)
        assert (opened.status, opened.month, opened.version) == ("new", "2026-03", 1)

    nameless = select(ReportKey.sealed).filter_by(staff_id=None, mark=None)
    rings = unsealed(pair_of(recovery), db.session.scalar(nameless))
    assert rings == rings_of(worker, report_id)

    visit = open_by_code(connection, code_keys(CODE, SALT))
    assert visit.report_id == report_id
    assert open_report(connection, report_id, visit.rings).parts["contact"] == PARTS["contact"]
    with pytest.raises(MissingRingError):
        visit.rings.key("notes")

    [theirs] = reports_of_centre(connection, centre)
    parts = open_report(connection, report_id, theirs.rings).parts
    assert parts["narrative"]["what_happened"] == SAID
    assert not {"identity", "contact", "wishes", "line"} & set(parts)
    assert reports_of_centre(connection, CentreHolder(3, new_pair().private)) == []


def test_the_rows_do_not_tell_how_a_report_came_or_what_was_left_out(app, worker):
    """With a code and a centre, or without either, full or empty: the same rows of one length."""
    connection = db.session.connection()
    centre = CentreHolder(3, new_pair().private)
    full = NewReport(parts=PARTS, facts=FACTS, centre=centre, code=CODE)
    empty = NewReport(parts={}, facts=Facts(month="2026-03"))
    shapes = []
    for new in (full, empty):
        report_id = receive(connection, new, salt=SALT, today=time.today())
        keys = db.session.scalars(select(ReportKey).filter_by(report_id=report_id)).all()
        parts = db.session.scalars(select(ReportPart).filter_by(report_id=report_id)).all()
        holders = sorted((bool(each.staff_id), bool(each.mark), len(each.sealed)) for each in keys)
        lengths = {each.part: len(each.sealed) for each in parts}
        facts = db.session.scalar(select(func.length(Report.facts)).filter_by(id=report_id))
        shapes.append((holders, lengths, facts))
    assert shapes[0] == shapes[1]
    assert len(shapes[0][0]) == 4


def test_what_is_done_later_leaves_the_same_rows_whatever_it_was(app, worker):
    """A message of the centre or a note, a name that is added or other wishes."""
    shapes = []
    for ring, part in (("content", "identity"), ("notes", "wishes")):
        report_id = put_report()
        connection = db.session.connection()
        rings = rings_of(worker, report_id)
        add_entry(connection, report_id, rings, ring, {"kind": "message", "words": ring})
        alter_part(connection, report_id, rings, part, lambda value: {**value, "a": 1})
        opened = open_report(connection, report_id, rings)
        assert [(each.ring, each.value["words"]) for each in opened.entries] == [(ring, ring)]
        assert opened.parts[part]["a"] == 1
        entry = db.session.scalars(select(ReportEntry).filter_by(report_id=report_id)).one()
        parts = db.session.scalars(select(ReportPart).filter_by(report_id=report_id)).all()
        versions = {each.part: each.version for each in parts}
        shapes.append((entry.ring, len(entry.sealed), versions, opened.version))
        mine = rings.only("content", "talk")
        heard = [each.ring for each in open_report(connection, report_id, mine).entries]
        assert heard == [each for each in (ring,) if each == "content"]
    assert shapes[0] == shapes[1]
    connection.execute(
        update(ReportEntry).values(sealed=entry.sealed[:-1] + bytes([entry.sealed[-1] ^ 1]))
    )
    with pytest.raises(BrokenSealError):
        open_report(connection, report_id, rings)


def test_the_centres_row_is_written_among_the_others(app, worker):
    centre = CentreHolder(3, new_pair().private)
    connection = db.session.connection()
    # SQLite keeps these rows by their random ids, PostgreSQL as they were written.
    laid_down = text("ctid" if connection.dialect.name == "postgresql" else "id")
    new = NewReport(parts=PARTS, facts=FACTS, centre=centre, code=CODE)
    receive(connection, NewReport(parts={}, facts=FACTS), salt=SALT, today=time.today())
    for _ in range(4):
        connection.execute(delete(ReportKey))
        receive(connection, new, salt=SALT, today=time.today())
        written = connection.scalars(select(ReportKey.id).order_by(laid_down)).all()
        assert written == sorted(written)


def test_no_report_is_taken_that_nobody_could_read(app, recovery):
    new = NewReport(parts={}, facts=FACTS)
    with pytest.raises(NobodyCanReadError, match="recovery-key"):
        receive(db.session.connection(), new, salt=SALT, today=time.today())
    assert db.session.scalar(select(func.count()).select_from(Report)) == 0


def test_a_part_that_is_moved_put_back_or_changed_does_not_open(app, worker):
    first, second = put_report(), put_report()
    rings = rings_of(worker, first)
    connection = db.session.connection()
    narrative = ReportPart.__table__.c
    of_first = (narrative.report_id == first) & (narrative.part == "narrative")
    old = db.session.scalar(select(narrative.sealed).where(of_first))
    other = select(narrative.sealed).where(
        narrative.report_id == second, narrative.part == "narrative"
    )
    change_part(connection, first, rings, "narrative", {"what_happened": "anew"}, seen=1)
    for forged in (old, db.session.scalar(other), old[:-1] + bytes([old[-1] ^ 1])):
        connection.execute(update(ReportPart).where(of_first).values(sealed=forged))
        with pytest.raises(BrokenSealError):
            open_report(connection, first, rings)


def test_nothing_new_is_overwritten_by_somebody_who_has_not_seen_it(app, worker):
    report_id = put_report()
    rings = rings_of(worker, report_id)
    connection = db.session.connection()
    version = change_part(connection, report_id, rings, "narrative", {"a": 1}, seen=1)
    version = set_status(connection, report_id, "open", seen=version)
    assert version == add_entry(connection, report_id, rings, "talk", {"kind": "message"}) - 1
    for change in (
        lambda: change_part(connection, report_id, rings, "narrative", {"a": 2}, seen=1),
        lambda: set_status(connection, report_id, "closed", seen=version),
        lambda: add_entry(connection, report_id, rings, "notes", {}, seen=version),
        lambda: add_entry(connection, "gone", rings, "notes", {}),
    ):
        with pytest.raises(ChangedElsewhereError):
            change()
    connection.execute(delete(ReportPart).filter_by(report_id=report_id, part="narrative"))
    with pytest.raises(PartGoneError, match="narrative"):
        change_part(connection, report_id, rings, "narrative", {}, seen=seen(report_id))
    opened = open_report(connection, report_id, rings)
    assert opened.gone == {"narrative"}
    assert (opened.status, opened.entries[0].value) == ("open", {"kind": "message"})


def at_once(app, number: int, work) -> list:
    """What so many threads made, each with a connection of its own; an error where one failed."""
    db.session.rollback()
    engine, barrier = db.engine, Barrier(number)

    def one(turn: int):
        barrier.wait()
        with app.app_context(), engine.connect() as connection, connection.begin():
            return work(connection, turn)

    def tried(turn: int):
        try:
            return one(turn)
        except ChangedElsewhereError as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(tried, range(number)))


def test_of_many_who_write_at_once_one_changes_and_every_entry_stays(app, worker):
    report_id = put_report()
    rings = rings_of(worker, report_id)

    def change(connection, turn):
        return change_part(connection, report_id, rings, "narrative", {"by": turn}, seen=1)

    results = at_once(app, 6, change)
    assert (
        sorted(isinstance(each, ChangedElsewhereError) for each in results) == [False] + [True] * 5
    )
    [winner] = [turn for turn, each in enumerate(results) if each == 2]

    def add(connection, turn):
        add_entry(connection, report_id, rings, "notes", {"by": turn})
        alter_line(connection, report_id, rings, lambda line: replace(line, score=line.score + 1))

    before = open_report(db.session.connection(), report_id, rings).line.score
    at_once(app, 6, add)
    opened = open_report(db.session.connection(), report_id, rings)
    assert opened.parts["narrative"] == {"by": winner}
    assert sorted(each.value["by"] for each in opened.entries) == list(range(6))
    assert [each.number for each in opened.entries] == [1, 2, 3, 4, 5, 6]
    assert opened.line.score == before + 6


def test_two_of_one_centre_who_report_at_once_get_numbers_of_their_own(app, worker):
    centre = CentreHolder(3, new_pair().private)
    new = NewReport(parts={}, facts=FACTS, centre=centre)
    taken = at_once(app, 4, lambda connection, _turn: receive(
        connection, new, salt=SALT, today=time.today()
    ))  # fmt: skip
    found = reports_of_centre(db.session.connection(), centre)
    assert [each.number for each in found] == [0, 1, 2, 3]
    assert {each.report_id for each in found} == set(taken)
    # The oldest go by age: those after them are found all the same.
    db.session.execute(delete(Report).where(Report.id == found[0].report_id))
    assert [each.number for each in reports_of_centre(db.session.connection(), centre)] == [1, 2, 3]


def test_a_colleague_who_comes_later_opens_what_they_are_given(app, worker):
    ids = [put_report(), put_report()]
    later = make_keyholder(app, Role.CASEWORKER, "Later Colleague")
    analyst = make_keyholder(app, Role.CENTRE_WORKER)
    connection = db.session.connection()
    assert rings_of_many(connection, held(later), ids) == {}
    assert sorted(lacking(connection, later.id)) == sorted(ids)
    assert grant(connection, held(worker), later.id, ids[:1]) == 1
    assert rings_of(later, ids[0]) == rings_of(worker, ids[0])
    assert rings_of(later, ids[1]) is None
    assert grant(connection, held(later), later.id, ids) == 1, "nobody gives what they have not"
    with pytest.raises(NotEntitledError, match=str(analyst.id)):
        grant(connection, held(worker), analyst.id, ids)
    # A row sealed to a pair that somebody lost does not keep them from the others.
    stale = ReportKey.__table__.c
    mine = (stale.report_id == ids[0]) & (stale.staff_id == worker.id)
    connection.execute(update(ReportKey).where(mine).values(sealed=b"x" * 144))
    assert set(rings_of_many(connection, held(worker), ids)) == {ids[1]}
    assert grant(connection, held(later), worker.id, ids) == 1
    assert set(rings_of_many(connection, held(worker), ids)) == set(ids)


def test_facts_and_lines_come_back_as_they_were(app, worker):
    connection = db.session.connection()
    receive(connection, NewReport(parts={}, facts=FACTS), salt=SALT, today=time.today())
    mine = held(worker)
    private = shares(connection, mine.pair, worker.id)["statistics"]
    assert [*all_facts(connection, private)] == [FACTS]
    line = Line(
        received_on=time.today(), strands=("race",), wishes={"police": "full"},
        clocks=(LineClock("a" * 32, "first_contact", time.today()),),
    )  # fmt: skip
    assert Line.from_dict(line.to_dict() | {"later": 1}) == line


def test_a_clock_is_told_once_and_stops(app, clock):
    connection, today = db.session.connection(), time.today()
    late = clocks.set_clock(connection, today)
    assert clocks.overdue(connection, today) == []
    clock.move(days=1)
    assert clocks.overdue(connection, time.today()) == [late]
    clocks.told(connection, [late], time.today())
    assert clocks.overdue(connection, time.today(), untold=True) == []
    assert clocks.move(connection, late, today)
    assert clocks.overdue(connection, time.today(), untold=True) == [late]
    clocks.stop(connection, late)
    assert clocks.overdue(connection, time.today()) == []
