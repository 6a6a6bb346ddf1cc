"""Leaving at once: the browser's session is emptied, its drafts deleted, whatever is busy.

Nobody waits for a busy database. What could not be deleted within a moment is deleted by a thread
of this process, which tries again for a minute. Two things remain: a process that is killed within
that minute, and a database that is busy for longer. Then nothing in the browser leads to the draft
any more, but a code of words that was made for it opens it until its time is over.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock, Thread
from typing import Any

from flask import Blueprint, current_app, redirect, request, session
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from engage import clock
from engage.answering import draft
from engage.extensions import db, site_settings
from engage.reports.held_here import forget_all, holds_any
from engage.surveys.respondent import ROOT, token_in
from engage.waves.store import open_waves
from engage.web.access import public

blueprint = Blueprint("leaving", __name__)

PATIENCE = 200
"""Milliseconds for which somebody who wants to leave may wait for the database."""
PAUSE = 1.0
"""Seconds between two tries of the thread."""
ENOUGH = 60.0
"""Seconds after which it gives up on a browser."""
MOST = 1000
"""Browsers that may wait for it at once."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a browser held as it left, on which day, and until when its drafts are tried for."""

    held: Mapping[str, Any]
    today: date
    until: float


class Leavers:
    """Who left while the database was busy. A thread runs only while there is somebody."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._waiting: list[Left] = []
        self._thread: Thread | None = None
        self._lock = Lock()

    def add(self, engine: Engine, held: Mapping[str, Any], today: date) -> None:
        """Delete the drafts of a browser as soon as the database lets us."""
        with self._lock:
            if len(self._waiting) >= MOST:
                return
            self._waiting.append(Left(held, today, time.monotonic() + ENOUGH))
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, args=(engine,), daemon=True)
                self._thread.start()

    def _work(self, engine: Engine) -> None:
        done: list[Left] = []
        while waiting := self._left(done):
            time.sleep(PAUSE)
            try:
                with engine.execution_options(read_only=False).begin() as connection:
                    for each in waiting:
                        draft.discard(connection, *_tokens(connection, each.held, each.today))
                        forget_all(connection, each.held)
                done = waiting
            except SQLAlchemyError:
                done = []

    def _left(self, done: list[Left]) -> list[Left]:
        """Who still waits; with nobody, the thread is over."""
        with self._lock:
            now = time.monotonic()
            self._waiting = [
                each for each in self._waiting if each.until > now and each not in done
            ]
            if not self._waiting:
                self._thread = None
            return [*self._waiting]


@blueprint.get("/leave")
@public
def leave() -> Response:
    """Empty the browser's session, delete its drafts, and go somewhere harmless.

    It is a link, so that it works in any state. Another site may send a browser here without
    being asked, so only a request from our own pages, or typed, deletes anything.
    """
    settings = site_settings()
    answer = redirect(settings.exit_url, 303)
    if request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}:
        if ROOT in session or holds_any(session):
            _discard(dict(session))
        session.clear()
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _discard(held: Mapping[str, Any]) -> None:
    """Delete the drafts of a browser that holds this, now or soon."""
    try:
        _at_once(held)
    except SQLAlchemyError:
        leavers: Leavers = current_app.extensions.setdefault("leavers", Leavers())
        leavers.add(db.engine, held, clock.today())


def _at_once(held: Mapping[str, Any]) -> None:
    with db.engine.connect().execution_options(read_only=True) as connection:
        tokens = _tokens(connection, held, clock.today())
        connection.rollback()
        _hurry(connection)
        connection.execution_options(read_only=False)
        try:
            draft.discard(connection, *tokens)
            forget_all(connection, held)
            connection.commit()
        finally:
            connection.rollback()
            _hurry(connection, no_more=True)


def _tokens(connection: Connection, held: Mapping[str, Any], today: date) -> list[str]:
    """The tokens of the drafts that such a browser may have."""
    waves = open_waves(connection, today)
    return [token for wave in waves if (token := token_in(held, wave.id))]


def _hurry(connection: Connection, *, no_more: bool = False) -> None:
    """Wait shortly for locks on this connection, or as long as usual again."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute(f"PRAGMA busy_timeout={10_000 if no_more else PATIENCE}")
    elif not no_more:
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}ms'"))
