"""What a real page costs the server, in times of an empty Flask route under the same gunicorn.

CPU seconds of gunicorn's processes are read before and after many requests over one connection.
The page is the longest of the fear-of-crime survey, with everything that a real page carries:
cookie, draft, token, policy. A POST checks it, seals it and saves it durably.
"""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import psutil
from flask_migrate import upgrade

from benchmarks.lines import say
from engage import clock
from engage.app import create_app
from engage.config import read_settings
from engage.extensions import db
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave, WaveState
from engage.waves.published import publish

ROOT = Path(__file__).resolve().parent.parent
REQUESTS = 600
ROUNDS = 3
SLUG = "1"
"""The only wave, by its number: the address of a survey on what may hurt does not name it."""
PAGE = f"/surveys/{SLUG}/page/feeling_safe"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SHOWN = re.compile(r'name="shown" value="([^"]+)"')
RADIO = re.compile(r'name="(q_\w+)" type="radio" value="(\w+)"')


class Gunicorn:
    """A gunicorn of one worker or more, and the CPU that it has used."""

    def __init__(
        self, application: str, port: int, environ: dict[str, str], workers: int = 1
    ) -> None:
        """Start it and wait until it answers."""
        self.port = port
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
                "--workers", str(workers), "--threads", "4", "--worker-class", "gthread",
                "--keep-alive", "60",  # people who wait for others keep their connections
            ],
            cwd=ROOT, env=os.environ | environ, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(600):
            try:
                self.ask("GET", "/")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{application} did not answer on port {port}")

    def connection(self) -> http.client.HTTPConnection:
        """A connection that is kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port)

    def ask(self, method: str, path: str) -> None:
        """One request on a connection of its own."""
        connection = self.connection()
        connection.request(method, path)
        connection.getresponse().read()
        connection.close()

    def cpu(self) -> float:
        """CPU seconds used so far by the worker processes."""
        workers = psutil.Process(self.process.pid).children(recursive=True)
        return sum(sum(worker.cpu_times()[:2]) for worker in workers)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


def milliseconds(server: Gunicorn, once: Callable[[], None]) -> float:
    """CPU milliseconds of the server for one request: the least of some rounds."""
    for _ in range(100):
        once()
    least = float("inf")
    for _ in range(ROUNDS):
        before = server.cpu()
        for _ in range(REQUESTS):
            once()
        least = min(least, (server.cpu() - before) / REQUESTS * 1000)
    return least


class Person:
    """A browser that stands on the page."""

    def __init__(self, server: Gunicorn) -> None:
        """Begin the survey and answer the first page."""
        self.connection = server.connection()
        self.cookie = ""
        page = self.ask("GET", f"/surveys/{SLUG}")
        shown = SHOWN.search(page)
        stamp = {"shown": shown.group(1)} if shown else {}
        self.ask("POST", f"/surveys/{SLUG}", csrf_token=self.token(page), **stamp)
        page = self.ask("GET", f"/surveys/{SLUG}/page/first_questions")
        if "q_age_band" not in page:
            raise RuntimeError("the first page is not where it was")
        self.ask(
            "POST",
            f"/surveys/{SLUG}/page/first_questions",
            csrf_token=self.token(page),
            q_age_band="25_29",
            q_connection="resident",
        )
        page = self.ask("GET", PAGE)
        answers = dict(reversed(RADIO.findall(page)))
        self.form = urlencode({**answers, "csrf_token": self.token(page)})

    @staticmethod
    def token(page: str) -> str:
        """The form token in a page."""
        found = TOKEN.search(page)
        if found is None:
            raise RuntimeError(f"no form on the page: {page[:300]}")
        return found.group(1)

    def ask(self, method: str, path: str, **fields: str) -> str:
        """One request with the cookie; the answer's text."""
        return self._send(method, path, urlencode(fields) if fields else None)[1]

    def get(self) -> None:
        """Look at the page."""
        status, text = self._send("GET", PAGE, None)
        if status != 200 or "q_safe_dark" not in text:
            raise RuntimeError(f"GET answered {status}")

    def post(self) -> None:
        """Save the page."""
        status, _ = self._send("POST", PAGE, self.form)
        if status != 303:
            raise RuntimeError(f"POST answered {status}")

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie", "").split(";")[0]
        return answer.status, text


def prepare(environ: dict[str, str]) -> None:
    """A database with one open wave."""
    app = create_app(read_settings(environ))
    with app.app_context():
        upgrade()
        published = publish(db.session, newest_file("fear_of_crime"), clock.today())
        db.session.add(
            Wave(
                questionnaire="fear_of_crime",
                name="bench",
                definition_id=published.id,
                state=WaveState.OPEN,
                opens_on=date(2000, 1, 1),
                closes_on=date(2099, 1, 1),
                delete_on=date(2100, 1, 1),
            )
        )
        db.session.commit()
        db.engine.dispose()


def main() -> None:
    """Measure both and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"INSTANCE_DIR": folder, "DEMO": "0", "COUNCIL_NAME": "Bench"}
        environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite"
        prepare(environ)
        plain = Gunicorn("benchmarks.empty:app", 5811, {})
        site = Gunicorn("run:app", 5812, environ)
        try:
            connection = plain.connection()

            def empty() -> None:
                connection.request("GET", "/")
                connection.getresponse().read()

            base = milliseconds(plain, empty)
            person = Person(site)  # only now: gunicorn soon closes a connection that is idle
            looked, saved = milliseconds(site, person.get), milliseconds(site, person.post)
        finally:
            plain.stop()
            site.stop()
    say("an empty Flask route", milli(base))
    beside = f"empty route, {milli(base)}"
    say("a survey page", milli(looked), beside, f"{looked / base:.1f}", "5")
    say("a page of answers, saved", milli(saved), beside, f"{saved / base:.1f}", "10")


def milli(value: float) -> str:
    """Milliseconds of CPU."""
    return f"{value:.2f} ms"


if __name__ == "__main__":
    main()
