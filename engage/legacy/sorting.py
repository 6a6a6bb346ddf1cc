"""The rows of a list, sorted into those that are new and those that are not taken.

Only the worker loads this: what reads workbooks brings numpy along.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date

from engage.contacts.address import AddressError, address_key, checked_address
from engage.core.files.sheet_rows import is_workbook, sheet_rows
from engage.core.files.signed_list import Broken, Fault, Listed, csv_list, signed_rows
from engage.legacy.keyed import Keyed
from engage.legacy.report import KNOWN, TWICE, Report

STEP = 1000
"""Rows after which it is told how far the work has come."""


def rows_of(content: bytes, *, today: date) -> list[Listed | Broken]:
    """The rows of an uploaded list; raises UnreadableListError where it is none."""
    if is_workbook(content):
        return list(signed_rows(sheet_rows(content), today=today, short=True))
    return list(signed_rows(csv_list(content), today=today))


def keyed_rows(
    rows: Iterable[Listed | Broken], *, key: str, said: Callable[[int], None] = lambda _done: None
) -> Iterator[Keyed | Broken]:
    """The rows with hashes in place of addresses; `key` is the site's for addresses.

    This is the slow part. `said` is told now and then how many rows are done.
    """
    for done, row in enumerate(rows, start=1):
        if done % STEP == 0:
            said(done)
        if isinstance(row, Broken):
            yield row
            continue
        try:
            mailbox = address_key(checked_address(row.address), key)
        except AddressError:
            yield Broken(row.row, Fault.ADDRESS)
        else:
            yield Keyed(row.row, mailbox, row.kind, row.day)


def sort_out(
    rows: Iterable[Keyed | Broken], known: Container[tuple[bytes, str]], day: date
) -> tuple[list[Keyed], Report]:
    """The rows to take, each mailbox once for each kind, and a report of the others.

    `known` are the mailboxes that signed already, each with the kind of who did; `day` is for rows
    without one.
    """
    report, new, seen = Report(day), [], set[tuple[bytes, str]]()
    for row in rows:
        if isinstance(row, Broken):
            report.add(row.fault, row.row)
            continue
        who = (row.key, row.kind)
        if who in seen or who in known:
            report.add(TWICE if who in seen else KNOWN, row.row)
        else:
            seen.add(who)
            new.append(row)
    return new, report
