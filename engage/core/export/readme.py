"""The plain text that goes with a bundle of responses."""

from collections.abc import Sequence

from engage.core.definition.codebook import NOT_ANSWERED, NOT_ASKED
from engage.core.export.about import About
from engage.core.export.codebook import KINDS_OF_MISSING, NOT_KNOWN, WITHHELD
from engage.core.export.csv_file import REPLACEMENT, visible

SAFELY = """\
One row for each response that the figures use, in no order that tells anything. Days, times,
words and wards are left out. Answers about who people are were changed until at least five
people share every combination of them. Where an answer to one of those questions decides
whether another is put, the other does not say whether it was put.

Do not compute the share of a group from the changed columns: what is withheld is mostly rare, so
the groups that are left would look too large. Use the tables of figures for that.

Do not try to find out who anybody is, and do not join this file to another."""

FULL = """\
What this is
Every response, whether the figures use it or not. Of what people wrote it has only the words that
somebody has read, and redacted where they told of somebody; other words are left out, and a code
says that there were some. People may still be recognised from their answers. Keep it where only
those who need it can open it, do not pass it on, and delete every copy on the day named above."""


SAFE = f"What this is\n{SAFELY}"

WEIGHTS = """\
Weights
The column response_weight says how many residents the answers stand for; 0 is for people who do
not live here, whom the leading figures do not count. A weight of its own would tell somebody's
ward and age, so people who are alike in the columns about who they are share the mean of theirs.
These are adjusted by the answers in the file until the leading figures come out as they are
published. Any other figure comes out near the published one, and its interval cannot be had from
this file: quote the tables of figures."""

OF_FIGURES = """\
What this is
The figures of one wave, as tables for people (a workbook in two formats) and for programs (CSV with
a description of its columns, Parquet). What could tell of a few people is hidden in all of them
alike. The file manifest.json lists every file with its SHA-256 checksum; `sha256sum -c SHA256SUMS`
checks them. The same figures give the same bytes."""

OF_BUNDLE = f"""\
{OF_FIGURES}

The responses
{SAFELY}

{WEIGHTS}

Scripts
`python scripts/headlines.py` (with pandas) and `Rscript scripts/headlines.R` (with nothing else)
compute the leading figures from the responses and set them beside the published ones."""

FULL_MISSING = (NOT_ASKED, NOT_ANSWERED)
SAFE_MISSING = (NOT_ASKED, NOT_ANSWERED, NOT_KNOWN, WITHHELD)

TEXTS = f"""\
Texts in the CSV files
A text that a spreadsheet would run as a formula, because it starts with =, +, -, @, a tab or a new
line, has an apostrophe (') in front. It is not part of the text: take it off where it is in the
way. Numbers never have one. A character that cannot be seen, and could ring a bell or turn the
direction of writing, is replaced by {REPLACEMENT}."""


def readme(
    about: About,
    *,
    files: Sequence[tuple[str, str]],
    said: str,
    missing: Sequence[str],
    done: Sequence[str] = (),
    promise: Sequence[str] = (),
) -> bytes:
    """README.txt: the origin, what the files are, and what was done; for every text program.

    `files` are names with what each holds; `said` is SAFE or FULL, and `missing` the kinds of
    missing answers that occur in them; `done` is the log of the recoding; `promise` are the
    purpose and the day of deletion.
    """
    codes = [KINDS_OF_MISSING[kind] for kind in missing]
    parts = [
        *about.lines(),
        *(visible(line) for line in promise),
        "",
        "Files",
        *(f"  {name}: {what}" for name, what in files),
        "",
        *said.splitlines(),
        "",
        *(("Codes for what is missing",) if codes else ()),
        *(f"  {code}  {label}" for code, label in codes),
        *(("  (empty: no number)", "") if codes else ()),
        *TEXTS.splitlines(),
    ]
    if done:
        parts += ["", "What was changed", *(f"  {line}" for line in done)]
    return ("\r\n".join(parts) + "\r\n").encode("utf-8-sig")
