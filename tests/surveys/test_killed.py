"""What a person was told is saved, is saved: the server dies while people answer."""

import json
import random
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from server import Server
from sqlalchemy import select
from survey import SLUG, open_a_wave

from engage.extensions import db
from engage.responses.models import Response

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DRAFT = re.compile(r'name="draft" value="([^"]+)"')
CLIENTS = 4
DEATHS = 2


class Person(threading.Thread):
    """Answers again and again over real HTTP; sends the same request again until it is answered."""

    def __init__(self, url: str, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.url, self.number, self.stop_event = url, number, stop
        self.confirmed: list[str] = []
        self.begun = 0
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stop_event.is_set():
                self.answer_once()
        except BaseException as fault:  # noqa: BLE001  told by the test in its own thread
            self.fault = fault

    def answer_once(self) -> None:
        self.begun += 1
        words = f"person {self.number} time {self.begun}"
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = self.go(f"/surveys/{SLUG}")
        page = self.go(f"/surveys/{SLUG}", page, {})
        for section, fields in (
            ("you", {"q_age_band": "3"}),
            ("place", {"q_ward": "W1"}),
            ("safety", {"q_safe_day": "1", "q_safe_dark": "1"}),
            ("more", {"q_avoid": "park", "q_validate": words}),
        ):
            page = self.go(f"/surveys/{SLUG}/page/{section}", page, fields)
        assert words in page, page
        draft = DRAFT.search(page).group(1)
        page = self.go(f"/surveys/{SLUG}/check", page, {"draft": draft})
        assert "Your answers have been sent" in page, page
        self.confirmed.append(words)

    def go(self, path: str, page: str | None = None, fields: dict | None = None) -> str:
        data = None
        if page is not None:
            token = TOKEN.search(page).group(1)
            data = urlencode({**fields, "csrf_token": token}).encode()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with self.browser.open(self.url + path, data, timeout=20) as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError:
                raise
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise AssertionError(f"{path} was not answered for a minute")


@pytest.mark.slow
def test_every_confirmed_response_is_there_once_though_the_server_is_killed(
    app, database_url, tmp_path
):
    open_a_wave()
    server = Server(tmp_path, database_url).start()
    stop = threading.Event()
    people = [Person(server.url, number, stop) for number in range(CLIENTS)]
    for person in people:
        person.start()
    chance = random.Random(20260302)
    for _ in range(DEATHS):
        time.sleep(chance.uniform(0.6, 1.6))
        server.kill()
        server.start()
    time.sleep(0.5)
    stop.set()
    for person in people:
        person.join(90)
    server.stop()
    assert [person.fault for person in people] == [None] * CLIENTS
    db.session.rollback()
    stored = Counter(
        json.loads(answers)["validate"] for answers in db.session.scalars(select(Response.answers))
    )
    confirmed = [words for person in people for words in person.confirmed]
    assert len(confirmed) >= CLIENTS
    assert set(confirmed) <= set(stored), "a confirmed response is missing"
    assert set(stored.values()) == {1}, "a response is there twice"
