"""What a whole response costs the server, in times of an empty route under the same gunicorn.

A walker is a browser of its own that does what a person does: comes by the home page to the start
page, presses start, gets and sends each page of the fear-of-crime survey, checks, sends and reads
the thanks: twenty requests, every question answered. One walker goes alone, then four at once, then
fifty. CPU seconds of gunicorn's workers are divided by the responses that arrived, and those are
counted in the database.
"""

import re
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.lines import say
from benchmarks.web import Gunicorn, milli, milliseconds, prepare

START = "/surveys/1"
"""Where the home page leads: the only wave, at an address that does not name its survey."""
CROWDS = ((1, 20), (4, 10), (50, 2))
"""How many walk at once, and how often each."""
REQUESTS = 20
FORM = re.compile(r'<form id="questions".*?</form>|<form[^>]*>.*?</form>', re.DOTALL)
FIELD = re.compile(r"<(input|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Walker:
    """A browser without a past."""

    def __init__(self, port: int, number: int) -> None:
        """Stand before the door, with an address of one's own."""
        self.address = f"10.1.{number // 250}.{number % 250 + 1}"
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        self.sent = 0

    def walk(self) -> None:
        """Answer the whole survey and send it."""
        path = START
        if path not in self.ask("GET", "/"):
            raise RuntimeError(f"the home page does not lead to {path}")
        page = self.ask("GET", path)
        while not path.endswith(("/thank-you", "/ended")):
            path = self.press(path, page)
            page = self.ask("GET", path)
        if not path.endswith("/thank-you") or self.sent != REQUESTS:
            raise RuntimeError(f"the walk ended at {path} after {self.sent} requests")

    def press(self, path: str, page: str) -> str:
        """Fill the page's form in, send it, and say where it leads."""
        forms = [each for each in FORM.findall(page) if "csrf_token" in each]
        if not forms:
            raise RuntimeError(f"there is no form at {path}: {page[:200]}")
        filled = answers(max(forms, key=len) if "/page/" in path else forms[0])
        self.ask("POST", path, urlencode(filled, doseq=True))
        return self.leads_to

    def ask(self, method: str, path: str, body: str | None = None) -> str:
        """One request; the text of the answer."""
        headers = {"Cookie": self.cookie, "X-Forwarded-For": self.address}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.sent += 1
        self.leads_to = answer.getheader("Location", path)
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie", "").split(";")[0]
        if answer.status not in {200, 303}:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        return text


def answers(form: str) -> dict[str, str]:
    """The form as somebody fills it in: of each choice the second answer, some words in a box."""
    filled: dict[str, str] = {}
    offered: dict[str, list[str]] = {}
    for tag, rest in FIELD.findall(form):
        given = dict(ATTRIBUTE.findall(rest))
        name, kind = given.get("name", ""), given.get("type", tag)
        if kind == "hidden" or name == "detail":
            filled[name] = given.get("value", "")
        elif kind in {"radio", "checkbox"}:
            offered.setdefault(name, []).append(given["value"])
        elif name.startswith("q_"):
            filled[name] = "Better lights" if kind == "textarea" else ""
    for name, values in offered.items():
        filled[name] = values[min(1, len(values) - 1)]
    return filled


def crowd(site: Gunicorn, many: int, often: int) -> float:
    """CPU milliseconds of the server for one response, `many` people walking at once."""
    before = site.cpu()
    with ThreadPoolExecutor(many) as pool:
        walks = [pool.submit(Walker(site.port, each).walk) for each in range(many * often)]
        for each in walks:
            each.result()
    return (site.cpu() - before) / (many * often) * 1000


def main() -> None:
    """Measure alone, four at once and fifty at once, beside an empty route."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"INSTANCE_DIR": folder, "DEMO": "0", "COUNCIL_NAME": "Bench"}
        environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite"
        # Walkers come from networks of their own, and so many at once are not an attack.
        environ |= {"TRUSTED_PROXIES": "1", "ATTACK_STARTS_PER_MINUTE": "100000"}
        prepare(environ)
        plain = Gunicorn("benchmarks.empty:app", 5813, {})
        site = Gunicorn("run:app", 5814, environ)
        try:
            connection = plain.connection()

            def empty() -> None:
                connection.request("GET", "/")
                connection.getresponse().read()

            base = milliseconds(plain, empty)
            crowd(site, 1, 3)  # every page is rendered once before anything is measured
            costs = [crowd(site, many, often) for many, often in CROWDS]
        finally:
            plain.stop()
            site.stop()
        with sqlite3.connect(Path(folder) / "bench.sqlite") as database:
            (arrived,) = database.execute("select count(*) from responses").fetchone()
        database.close()
    walked = 3 + sum(many * often for many, often in CROWDS)
    if arrived != walked:
        raise RuntimeError(f"{walked} people sent their answers, {arrived} arrived")
    say("an empty Flask route", milli(base))
    for (many, _), cost in zip(CROWDS, costs, strict=True):
        who = "one walker" if many == 1 else f"{many} walkers at once"
        what = f"a whole response in {REQUESTS} requests, {who}"
        say(what, milli(cost), f"empty route, {milli(base)}", f"{cost / base:.0f}", "150")


if __name__ == "__main__":
    main()
