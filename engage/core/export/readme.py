"""The plain text that goes with a bundle of responses."""

from collections.abc import Sequence

from engage.core.export.about import About
from engage.core.export.codebook import KINDS_OF_MISSING

SAFE = """\
What this is
One row for each response that the figures use, in no order that tells anything. Days, times,
words and wards are left out. Answers about who people are were changed until at least five
people share every combination of them. Where an answer to one of those questions decides
whether another is put, the other does not say whether it was put.

Do not compute the share of a group from the changed columns: what is withheld is mostly rare, so
the groups that are left would look too large. Use the tables of figures for that.

Do not try to find out who anybody is, and do not join this file to another."""

FULL = """\
What this is
Everything that is stored of every response, whether the figures use it or not. People may be
recognised from their answers, their words above all. Keep it where only those who need it can
open it, do not pass it on, and delete every copy on the day named above."""


def readme(
    about: About,
    *,
    files: Sequence[tuple[str, str]],
    said: str,
    done: Sequence[str] = (),
    promise: Sequence[str] = (),
) -> bytes:
    """README.txt: the origin, what the files are, and what was done; for every text program.

    `files` are names with what each holds; `said` is SAFE or FULL; `done` is the log of
    the recoding; `promise` are the purpose and the day of deletion.
    """
    missing = [f"  {code}  {label}" for code, label in KINDS_OF_MISSING.values()]
    parts = [
        *about.lines(),
        *promise,
        "",
        "Files",
        *(f"  {name}: {what}" for name, what in files),
        "",
        *said.splitlines(),
        "",
        "Codes for what is missing",
        *missing,
        "  (empty: no number)",
    ]
    if done:
        parts += ["", "What was changed", *(f"  {line}" for line in done)]
    return ("\r\n".join(parts) + "\r\n").encode("utf-8-sig")
