"""Rows that come in pairs, a pair a transaction: half a pair shows that a moment was torn."""

import threading
from typing import Self

from sqlalchemy import delete, insert, select

from engage.extensions import db
from engage.jobs.models import Job


def write_pair(writer: int, number: int, now) -> None:
    """Write both halves of a pair in one transaction; it is confirmed when this returns."""
    with db.engine.begin() as connection:
        for half in ("left", "right"):
            row = {"kind": half, "key": f"{half}-{writer}-{number}", "due_at": now}
            row["state"] = "done"  # a restore forgets what waits
            connection.execute(insert(Job).values(payload="x" * 2000, **row))


def stored(half: str, writer: int) -> list[int]:
    """The numbers of one writer's halves that are in the database."""
    with db.engine.connect() as connection:
        keys = connection.scalars(select(Job.key).where(Job.key.like(f"{half}-{writer}-%"))).all()
    return sorted(int(key.rsplit("-", 1)[1]) for key in keys)


def forget_all() -> None:
    """Lose every pair."""
    with db.engine.begin() as connection:
        connection.execute(delete(Job))


class Writers:
    """Four threads that write pairs 0, 1, 2... for as long as the `with` block lasts."""

    def __init__(self, app, now) -> None:
        self.app = app
        self.now = now
        self.confirmed = [0, 0, 0, 0]
        self.failures: list[Exception] = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(n,)) for n in range(4)]

    def write(self, writer: int) -> None:
        try:
            with self.app.app_context():
                while not self.stopping.is_set():
                    write_pair(writer, self.confirmed[writer], self.now)
                    self.confirmed[writer] += 1
        except Exception as error:  # noqa: BLE001 (told to the test by the main thread)
            self.failures.append(error)

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        assert not self.failures
