"""The code on a receipt: sixteen digits that find a report and open what its reporter may see.

The code is kept nowhere. One run of Argon2id gives 64 bytes: one half finds the row, the other is
the private key of the pair to which the reporter's keys are sealed.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b, sha256

from sqlalchemy import Connection, select, update

from engage.reports.changing import add_entry, alter_line
from engage.reports.holders import KEYS, blank_row, marked_row
from engage.reports.rings import Rings, unsealed
from engage.seals.pairs import new_pair, pair_of
from engage.seals.stretch import stretch

DIGITS = 16
GROUP = 4
LONGEST = 60
"""Characters of a code as it is typed; what is longer is none."""
_DECOY = new_pair()
_DECOY_BOX = Rings().sealed_to(_DECOY.public)


class CodeError(ValueError):
    """What was typed cannot be a code: it has not sixteen digits."""


class CodeGoneError(Exception):
    """The code that somebody came with was replaced or dropped meanwhile."""


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What a code is stretched into: the mark that finds, and the private key that opens."""

    mark: bytes = field(repr=False)
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """A report that a code opened. `mark` says by which code: that one can be replaced."""

    report_id: str
    rings: Rings
    mark: bytes = field(repr=False)


def new_code() -> str:
    """Sixteen random digits, about 53 bits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def spaced(code: str) -> str:
    """A code as people read it: four groups of four digits."""
    return " ".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def parsed(typed: str) -> str:
    """The digits of a code as somebody typed it, with anything between them; raises CodeError.

    Digits of other scripts count as well.
    """
    found = [unicodedata.digit(sign) for sign in typed[:LONGEST] if sign.isdigit()]
    if len(found) != DIGITS or len(typed) > LONGEST or any(sign.isalpha() for sign in typed):
        raise CodeError(f"A code has {DIGITS} digits.")
    return "".join(map(str, found))


def site_salt(receipt_salt: str) -> bytes:
    """The salt of this site's codes, from its setting RECEIPT_SALT: the database has it not."""
    return blake2b(receipt_salt.encode(), digest_size=16, person=b"engage.receipts").digest()


def code_keys(code: str, salt: bytes) -> CodeKeys:
    """The two keys of a code; slow on purpose, so call it outside any transaction."""
    made = stretch(code, salt, 64)
    return CodeKeys(sha256(made[:32]).digest(), made[32:])


def open_by_code(connection: Connection, keys: CodeKeys) -> Visit | None:
    """What a code opens; None alike for one that never was, was replaced, or was dropped.

    Callers count the try first (`engage.reports.tries`). The work is the same either way.
    """
    row = connection.execute(
        select(KEYS.c.report_id, KEYS.c.sealed).where(KEYS.c.mark == keys.mark)
    ).one_or_none()
    pair, sealed = (pair_of(keys.private), row.sealed) if row else (_DECOY, _DECOY_BOX)
    rings = unsealed(pair, sealed)
    return Visit(row.report_id, rings, keys.mark) if row else None


def opens_still(connection: Connection, visit: Visit) -> bool:
    """Whether the code that opened a visit still opens its report."""
    wanted = select(KEYS.c.id).where(KEYS.c.report_id == visit.report_id, KEYS.c.mark == visit.mark)
    return connection.execute(wanted).one_or_none() is not None


def replace_code(connection: Connection, visit: Visit, new: CodeKeys) -> Visit:
    """Let a new code open the report in the place of the one that was used, which opens no more.

    The visit as it is from now on. Raises CodeGoneError when the old code has gone already.
    """
    row = marked_row(
        visit.report_id,
        new.mark,
        pair_of(new.private).public,
        visit.rings.only("content", "talk"),
    )
    _put_instead(connection, visit, row["mark"], row["sealed"])
    return Visit(visit.report_id, visit.rings, new.mark)


def drop_code(connection: Connection, visit: Visit, at: datetime) -> None:
    """Let the code that was used open nothing from now on; raises CodeGoneError.

    Caseworkers see it in the line, so that they do not ask where nobody can answer. In the clear
    it looks as if the reporter had written something.
    """
    row = blank_row(visit.report_id)
    _put_instead(connection, visit, row["mark"], row["sealed"])
    entry = {"kind": "declined", "at": at.isoformat(timespec="seconds"), "by": "reporter"}
    add_entry(connection, visit.report_id, visit.rings, "talk", entry)
    alter_line(connection, visit.report_id, visit.rings, lambda line: replace(line, declined=True))


def _put_instead(connection: Connection, visit: Visit, mark: bytes, sealed: bytes) -> None:
    changed = connection.execute(
        update(KEYS)
        .where(KEYS.c.report_id == visit.report_id, KEYS.c.mark == visit.mark)
        .values(mark=mark, sealed=sealed)
    )
    if changed.rowcount == 0:
        raise CodeGoneError("This code was replaced or dropped since the report was opened.")
