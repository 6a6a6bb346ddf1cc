"""The bytes of a database of 10,000 reports, and of its backup, searched for all that was planted.

Words by the sign that all of them share; codes by every run of sixteen digits, as it is, in UTF-16
and in hexadecimal; one or two of each in every form that `benchmarks.planted` knows.
"""

import re
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.lines import say, seconds
from benchmarks.planted import everything_in, leaks
from benchmarks.sealed import MARKER, borough
from engage import clock
from engage.backup.service import database_at, make_backup
from engage.extensions import db
from engage.reports.receipts import spaced

REPORTS = 10_000
SOME = 2
RUNS = (
    (re.compile(rb"\d{16,}"), bytes.decode),
    (re.compile(rb"(?:\d{4} ){3}\d{4}"), lambda run: run.decode().replace(" ", "")),
    (re.compile(rb"(?:\d\0){16,}"), lambda run: run.decode("utf-16-le")),
    (re.compile(rb"(?:3\d){16,}"), lambda run: bytes.fromhex(run.decode()).decode()),
)
"""How digits of a code are found, and read as digits."""
DIGITS = 16


def codes_in(content: bytes, codes: set[str]) -> set[str]:
    """Those of the codes that stand in the bytes."""
    return {
        code
        for runs, read in RUNS
        for run in runs.findall(content)
        for digits in [read(run)]
        for at in range(len(digits) - DIGITS + 1)
        if (code := digits[at : at + DIGITS]) in codes
    }


def main() -> int:
    """Search, print what was searched, and end with 1 if anything was found."""
    with tempfile.TemporaryDirectory() as name, borough(Path(name), REPORTS) as bench:
        folder, codes = Path(name), set(bench.codes)
        make_backup(
            database_at(db.engine.url), folder / "backup.engage", now=clock.now(), version="bench"
        )
        some = bench.codes[:SOME]
        words = [MARKER, *some, "07700 000001"]
        before, size, found = time.process_time(), 0, set()
        for where, content in everything_in(folder):
            size += len(content)
            found |= codes_in(content, codes) | set(leaks([(where, content)], words))
        taken = time.process_time() - before
        planted = f"{MARKER}7 {bench.codes[7]}, {spaced(bench.codes[8])}".encode()
        sure = codes_in(planted, codes) | set(leaks([("a line", planted)], words))
    say(
        f"{size / 1e6:,.0f} MB of {REPORTS:,} reports searched for {len(codes):,} codes and words",
        f"{len(found)} found",
        f"{len(sure)} in a line that has three",
        limit="0",
    )
    say("the search", seconds(taken))
    return 1 if found or len(sure) != 3 else 0


if __name__ == "__main__":
    sys.exit(main())
