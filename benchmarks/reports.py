"""What sealed reports cost: one that comes in, and an inbox of 10,000, beside an empty route.

Argon2id is left out of the first: what it costs is chosen (`engage/seals/stretch.py`).
"""

import re
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from benchmarks.lines import say
from benchmarks.sealed import PASSWORD, SALT, Borough, borough, report
from benchmarks.web import Gunicorn, milli, milliseconds
from engage import clock
from engage.extensions import db
from engage.keyring import factor
from engage.reports.models import Report
from engage.reports.receipts import CodeKeys, code_keys, new_code
from engage.reports.receive import receive

REPORTS = 10_000
TIMES = 200
LOOKS = 7
SEALING, INBOX = 30, 200
"""Empty routes that a report may cost, and an inbox."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def empty_route() -> float:
    """CPU milliseconds of an empty route."""
    plain = Gunicorn("benchmarks.empty:app", 5816, {})
    try:
        connection = plain.connection()

        def once() -> None:
            connection.request("GET", "/")
            connection.getresponse().read()

        return milliseconds(plain, once)
    finally:
        plain.stop()


def one_report(number: int, keys: CodeKeys) -> None:
    """Take a report in, in a transaction of its own."""
    with db.engine.begin() as connection:
        receive(connection, report(number, keys), salt=SALT, today=clock.today())


def sealing() -> float:
    """CPU milliseconds of a report that comes in, sealed to five people and stored durably."""
    least = float("inf")
    for _round in range(3):
        keys = [code_keys(new_code(), SALT) for _ in range(TIMES)]
        before = time.process_time()
        for number, each in enumerate(keys):
            one_report(number, each)
        least = min(least, (time.process_time() - before) / TIMES * 1000)
    return least


def signed_in(bench: Borough) -> FlaskClient:
    """A browser in which the caseworker is signed in, by both steps."""
    client = bench.app.test_client()
    page = client.get("/staff/sign-in").text
    given = {"email": bench.worker.email, "password": PASSWORD, "csrf_token": _token(page)}
    there = client.post("/staff/sign-in", data=given).headers["Location"]
    secret = factor.secret_of(db.session(), bench.worker.id, bench.private)
    db.session.rollback()
    code = factor.code_at(secret, factor.step_at(clock.now()))
    page = client.get(there).text
    client.post(there, data={"code": code, "csrf_token": _token(page)})
    return client


def look(client: FlaskClient) -> float:
    """CPU milliseconds of the server for the inbox."""
    before = time.process_time()
    answer = client.get("/staff/reports")
    taken = (time.process_time() - before) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"the inbox answered {answer.status_code}")
    return taken


def _token(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise RuntimeError("no form on the page")
    return found.group(1)


def main() -> None:
    """Measure and print the ratios."""
    base = empty_route()
    beside = f"empty route, {milli(base)}"
    say("an empty Flask route", milli(base))
    with tempfile.TemporaryDirectory() as name, borough(Path(name), REPORTS) as bench:
        client = signed_in(bench)
        first = look(client)
        again = min(look(client) for _ in range(LOOKS))
        count = db.session.scalar(select(func.count()).select_from(Report))
        taken = sealing()
    say("a report sealed and stored", milli(taken), beside, f"{taken / base:.1f}", f"{SEALING}")
    say(f"an inbox of {count:,} reports", milli(again), beside, f"{again / base:.0f}", f"{INBOX}")
    say("the same, opened for the first time", milli(first), beside, f"{first / base:.0f}")


if __name__ == "__main__":
    main()
