"""Codes on receipts: they open one report, cannot be guessed, and can be replaced or dropped."""

from datetime import timedelta

import pytest
from caseload import SAID, SALT, put_report
from quick import SHIPPED_STRETCH
from sqlalchemy import func, select
from staff import make_keyholder, make_recovery

from engage import clock as time
from engage.accounts.models import Role
from engage.extensions import db
from engage.reports.models import ReportKey
from engage.reports.opened import open_report
from engage.reports.receipts import (
    CodeError,
    CodeGoneError,
    code_keys,
    drop_code,
    new_code,
    open_by_code,
    parsed,
    replace_code,
    site_salt,
    spaced,
)
from engage.reports.tries import (
    A_NETWORK,
    EVERYWHERE,
    RIGHT_A_NETWORK,
    TooManyTriesError,
    count_try,
    forget,
    was_right,
)
from engage.reports.visit_models import ReceiptTry
from engage.seals import stretch

CODE, OTHER = "0123456789012345", "9876543210987654"


@pytest.fixture
def report_id(app, clock) -> str:
    make_recovery(app)
    make_keyholder(app, Role.CASEWORKER)
    return put_report(code=CODE)


def opens(code: str):
    return open_by_code(db.session.connection(), code_keys(code, SALT))


def test_a_code_is_sixteen_digits_and_is_read_however_it_is_typed() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 16 and code.isdigit() for code in codes)
    assert spaced(CODE) == "0123 4567 8901 2345"
    for typed in (CODE, spaced(CODE), " 0123-4567.8901 2345\n", "٠١٢٣ ٤٥٦٧ ٨٩٠١ ٢٣٤٥"):
        assert parsed(typed) == CODE
    for typed in ("", CODE[1:], CODE + "1", "x" + CODE, CODE + " " * 60, "½" * 16):
        with pytest.raises(CodeError):
            parsed(typed)


def test_a_code_costs_each_guess_what_is_shipped(monkeypatch):
    monkeypatch.setattr(stretch, "PASSES", SHIPPED_STRETCH[0])
    monkeypatch.setattr(stretch, "MEMORY", SHIPPED_STRETCH[1])
    assert SHIPPED_STRETCH == (3, 64 * 1024)
    keys = code_keys(CODE, site_salt("r" * 40))
    assert keys.mark.hex() == "7f7e0d2e41b8651779e41315cccc2643d755901722450e22158b7d0dec66e0d1"
    assert keys.private not in (keys.mark, code_keys(CODE, site_salt("s" * 40)).private)
    assert CODE not in repr(keys)


def test_a_code_opens_its_report_and_no_other_code_does(report_id):
    visit = opens(CODE)
    opened = open_report(db.session.connection(), visit.report_id, visit.rings)
    assert opened.parts["narrative"]["what_happened"] == SAID
    assert opens(OTHER) is None
    assert open_by_code(db.session.connection(), code_keys(CODE, b"another site's!!")) is None


def test_a_code_that_was_replaced_or_dropped_opens_nothing(report_id):
    connection, before = db.session.connection(), opens(CODE)
    visit = replace_code(connection, before, code_keys(OTHER, SALT))
    assert opens(CODE) is None
    assert opens(OTHER) == visit
    for late in (replace_code, lambda *given: drop_code(*given[:2], time.now())):
        with pytest.raises(CodeGoneError):
            late(connection, before, code_keys(CODE, SALT))
    rows = select(func.count(ReportKey.id), func.max(func.length(ReportKey.sealed)))
    shape = connection.execute(rows).one()
    drop_code(connection, visit, time.now())
    assert opens(OTHER) is None
    assert connection.execute(rows).one() == shape, "a dropped code leaves a blank in its place"


def refused(network: str) -> timedelta | None:
    try:
        count_try(db.session.connection(), network, time.now())
    except TooManyTriesError as error:
        return error.wait
    return None


def test_ten_wrong_codes_from_a_network_are_enough_for_a_quarter_of_an_hour(app, clock):
    for _ in range(2 * A_NETWORK):
        assert right("home") is None
    clock.move(minutes=1)
    for _ in range(A_NETWORK):
        assert refused("home") is None
    assert refused("home") == timedelta(minutes=14)
    assert refused("library") is None
    clock.move(minutes=14)
    assert refused("home") is None


def right(network: str) -> timedelta | None:
    waits = refused(network)
    if waits is None:
        was_right(db.session.connection(), network, time.now())
    return waits


def test_guesses_from_everywhere_are_slowed_down_together(app, clock):
    clock.move(seconds=20)
    for number in range(EVERYWHERE):
        assert refused(f"network {number}") is None
    assert refused("network 1") == timedelta(seconds=40)
    clock.move(seconds=40)
    assert refused("network 1") is None


def test_nobody_else_has_to_wait_for_those_who_guess(app, clock):
    for number in range(EVERYWHERE):
        assert refused(f"network {number // A_NETWORK}") is None
    assert right("a victim") is None, "who has not guessed wrong is let in"
    assert right("a victim") is None
    assert refused("a victim") is None, "once wrong, they wait as well"
    assert refused("a victim") == timedelta(minutes=1)


def test_right_codes_use_up_nobodys_tries_but_are_not_without_end(app, clock):
    for number in range(2 * EVERYWHERE):
        assert right(f"network {number % 5}") is None
    assert refused("network 1") is None
    assert refused("network 1") is None, "the ceiling for everyone is far off"
    for _ in range(RIGHT_A_NETWORK):
        assert right("somebody") is None
    assert right("somebody") == timedelta(minutes=15)
    assert right("a victim") is None
    clock.move(minutes=15)
    assert right("somebody") is None
    forget(db.session.connection(), time.now())
    assert db.session.scalar(select(func.count()).select_from(ReceiptTry)) == 3, "of this moment"
