"""What a browser holds of reports: the token of one being written, and that of one opened.

The database knows only hashes of both, so neither it nor a copy of it opens what they open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import abort, redirect, session, url_for
from sqlalchemy import Connection

from engage import clock
from engage.answering.dependants import orphans
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer
from engage.extensions import db
from engage.reports import draft
from engage.reports.changing import ChangedElsewhereError
from engage.reports.held_here import WRITING

Pages = Mapping[str, Mapping[str, Answer]]
TRIES = 5
"""How often a page is saved again when another page of the same report was saved meanwhile."""


@dataclass(frozen=True)
class Begun:
    """A report as the browser that writes it sees it.

    `pages` are the answers by section, and `versions` how often each was saved. `centre` is the
    number of the centre whose worker writes it. Once it was sent only `code` is left: that of the
    receipt, to be shown for a while, empty where it was declined.
    """

    token: str = field(repr=False)
    version: int
    expires_at: datetime
    pages: Pages = field(default_factory=dict, repr=False)
    versions: Mapping[str, int] = field(default_factory=dict)
    taken_out: tuple[str, ...] = ()
    centre: int | None = None
    code: str | None = field(default=None, repr=False)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Every answer saved so far, whether or not its question is still asked."""
        return {name: value for page in self.pages.values() for name, value in page.items()}

    @property
    def sent(self) -> bool:
        """Whether it was sent, so that only its code is here."""
        return self.code is not None

    def value(self) -> dict[str, Any]:
        """What is sealed of it."""
        return {
            "pages": self.pages,
            "versions": self.versions,
            "taken_out": self.taken_out,
            "centre": self.centre,
            "code": self.code,
        }


def begin(connection: Connection, centre: int | None, pages: Pages) -> None:
    """Begin a report in this browser; what it had begun before is discarded."""
    forget_draft(connection)
    value: dict[str, Any] = {
        "pages": pages,
        "versions": {},
        "taken_out": [],
        "centre": centre,
        "code": None,
    }
    session[WRITING] = draft.start(connection, clock.now(), value)


def begun(connection: Connection) -> Begun | None:
    """The report that this browser is writing or has just sent; None when it is gone."""
    token = session.get(WRITING)
    found = draft.read(connection, token, clock.now()) if isinstance(token, str) else None
    if found is None:
        return None
    given = dict(found.value)
    pages = {
        section: {name: tuple(a) if isinstance(a, list) else a for name, a in page.items()}
        for section, page in given.pop("pages", {}).items()
    }
    taken_out = tuple(given.pop("taken_out", ()))
    return Begun(
        token=str(token),
        version=found.version,
        expires_at=found.expires_at,
        pages=pages,
        taken_out=taken_out,
        **given,
    )


def unsent(connection: Connection) -> Begun:
    """The report that this browser is writing; where there is none, a page says what is left."""
    found = begun(connection)
    if found is None:
        abort(redirect(url_for("reporting.ended"), 303))
    if found.sent:
        abort(redirect(url_for("receipt.receipt"), 303))
    return found


def save_page(
    definition: Definition, section: str, answers: Mapping[str, Answer], seen: int
) -> Begun | None:
    """Save one page; the report as it is then, or None when it was sent or has gone.

    Raises PageChangedError when the page was saved with other answers since `seen`.
    """
    for _ in range(TRIES):
        try:
            with db.engine.begin() as connection:
                found = begun(connection)
                if found is None or found.sent:
                    return None
                if found.versions.get(section, 0) != seen and found.pages.get(section) != answers:
                    raise PageChangedError
                after = _after(definition, found, section, answers)
                save(connection, after)
        except ChangedElsewhereError:
            continue  # another page: this one goes in beside it
        return replace(after, version=after.version + 1)
    raise ChangedElsewhereError("This report is being saved from many windows at once.")


class PageChangedError(Exception):
    """A page was saved in another window since this one was shown it."""


def save(connection: Connection, report: Begun) -> None:
    """Write a report anew; raises ChangedElsewhereError when it was saved since it was read."""
    draft.save(connection, report.token, report.value(), seen=report.version, now=clock.now())


def forget_draft(connection: Connection) -> None:
    """Delete what this browser was writing, and the token with it."""
    token = session.pop(WRITING, None)
    if isinstance(token, str):
        draft.discard(connection, token)


def _after(
    definition: Definition, found: Begun, section: str, answers: Mapping[str, Answer]
) -> Begun:
    """The report with a page saved, and without answers that nobody asks for any more."""
    pages = {**found.pages, section: dict(answers)}
    gone = orphans(definition, {n: a for page in pages.values() for n, a in page.items()})
    kept = {
        name: {each: a for each, a in page.items() if each not in gone}
        for name, page in pages.items()
    }
    versions = {**found.versions, section: found.versions.get(section, 0) + 1}
    return replace(found, pages=kept, versions=versions, taken_out=gone)
