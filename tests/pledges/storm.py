"""People and staff who do everything at once: a process of its own with several of them.

Prints one line for each fault, and nothing else when there is none.
"""

import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from pledged import NOON, ask, press
from sqlalchemy import insert, select

from engage import models
from engage.contacts import store as contacts
from engage.extensions import bind_database, db
from engage.pledges import expiry, invalidation, store
from engage.pledges.models import Invalidation, Signature

WARDS = ("", "E05011464", "E05011465")
HOMES = 12
WHAT = ["sign"] * 6 + ["again", "withdraw", "change", "erase", "take_out", "bring_back", "expire"]


class Somebody:
    """Does one thing after another, chosen by chance."""

    def __init__(self, pledge: int, seed: int) -> None:
        """Begin with a chance of one's own."""
        self.pledge = pledge
        self.chance = random.Random(seed)

    def do(self, times: int) -> list[str]:
        """What went wrong."""
        faults = []
        for _ in range(times):
            what = self.chance.choice(WHAT)
            try:
                getattr(self, what)()
            except Exception as error:  # noqa: BLE001  # told by the test
                faults.append(f"{what}: {error!r}".replace("\n", " "))
        return faults

    def one(self) -> tuple[int, int | None]:
        """A signature by chance, and its mailbox."""
        with db.engine.connect().execution_options(read_only=True) as connection:
            rows = connection.execute(select(Signature.id, Signature.contact_id)).all()
        return self.chance.choice(rows) if rows else (0, None)

    def in_one(self, function: Callable, *given, **named):
        with db.engine.begin() as connection:
            return function(connection, *given, **named)

    def sign(self, *, twice: bool = False) -> None:
        address = f"home.{self.chance.randrange(HOMES)}+{self.chance.random()}@gmail.com"
        member = self.chance.choice([1, 1, 2])
        _, secret = ask(
            self.pledge, address, member=member, ward=self.chance.choice(WARDS), name="x"
        )
        if secret and self.chance.random() < 0.8:
            pressed = press(secret) + (press(secret) if twice else 0)
            assert pressed <= 1, "one link counted twice"

    def again(self) -> None:
        self.sign(twice=True)

    def withdraw(self) -> None:
        self.in_one(store.withdraw, self.one()[0])

    def change(self) -> None:
        ward = self.chance.choice(WARDS)
        self.in_one(store.change, self.one()[0], name="y", show_name=True, ward=ward)

    def erase(self) -> None:
        contact = self.one()[1]
        if contact is not None:
            with db.engine.begin() as connection:
                store.erase(connection, contact)
                contacts.forget_contact(connection, contact)

    def take_out(self) -> None:
        ids = [self.one()[0] for _ in range(5)]
        with db.engine.begin() as connection:
            given = {"pledge_id": self.pledge, "conditions": "{}", "reason": "r", "at": NOON}
            made = connection.execute(insert(Invalidation).values(given)).inserted_primary_key[0]
            invalidation.invalidate(connection, ids, made)

    def bring_back(self) -> None:
        with db.engine.begin() as connection:
            made = connection.execute(select(Invalidation.id)).scalars().all()
            if made:
                invalidation.restore(connection, self.chance.choice(made))

    def expire(self) -> None:
        expiry.expire(db.session(), NOON + timedelta(days=self.chance.choice([1, 8])))
        db.session.remove()


def main(url: str, pledge: str, seed: str) -> None:
    """Four people do twenty things each, beside a database and no site: that starts in no time."""
    assert models.ROOMS, "the database knows every table"
    app = Flask("storm")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, MIGRATIONS_DIR="migrations")
    bind_database(app)

    def live(number: int) -> list[str]:
        with app.app_context():
            return Somebody(int(pledge), int(seed) * 100 + number).do(20)

    with app.app_context(), ThreadPoolExecutor(4) as pool:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for faults in pool.map(live, range(4)):
            for fault in faults:
                sys.stdout.write(f"{fault}\n")
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
