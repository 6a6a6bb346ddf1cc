"""Soft limits by network: shared through a real Redis, and never in the way when it is down."""

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter
from page import PageClient
from programs import needs
from redis_server import running_redis
from settings import settings_for
from survey import SLUG, begin, open_a_wave

from engage.app import create_app
from engage.extensions import db
from engage.web.limits import Counts

LIMIT = 20
WRONG = {"email": "nobody@testham.example", "password": "wrong"}


@pytest.fixture
def redis(tmp_path):
    """A real Redis that keeps nothing."""
    with running_redis(needs("redis-server", "redis-server"), tmp_path) as running:
        yield running


def site(tmp_path, sqlite_url, url):
    return create_app(settings_for(tmp_path, DATABASE_URL=sqlite_url, REDIS_URL=url))


def tries(app, number: int) -> list[int]:
    client = PageClient(app)
    client.get("/staff/sign-in")
    token = client.value("csrf_token")
    return [
        client.http.post("/staff/sign-in", data={**WRONG, "csrf_token": token}).status_code
        for _ in range(number)
    ]


def test_two_processes_count_together_through_redis(tmp_path, sqlite_url, redis):
    url, _process = redis
    first, second = (site(tmp_path, sqlite_url, url) for _ in range(2))
    with first.app_context():
        assert 429 not in tries(first, LIMIT - 2)
    with second.app_context():
        assert tries(second, 4)[-1] == 429
        db.engine.dispose()
    with first.app_context():
        db.engine.dispose()


def test_people_can_start_a_survey_while_redis_is_down(tmp_path, sqlite_url, redis):
    url, process = redis
    app = site(tmp_path, sqlite_url, url)
    process.terminate()
    process.wait()
    with app.app_context():
        open_a_wave()
        assert "How old are you" in begin(PageClient(app), SLUG).text
        db.session.remove()
        db.engine.dispose()


def test_this_process_counts_up_to_a_limit_and_forgets_a_network_that_has_gone(monkeypatch):
    counts = Counts()
    limiter, limit = FixedWindowRateLimiter(counts), parse("2 per second")
    monkeypatch.setattr("time.time", lambda: 1000.0)
    assert [limiter.hit(limit, "one") for _ in range(3)] == [True, True, False]
    assert not limiter.test(limit, "one")
    monkeypatch.setattr("time.time", lambda: 1002.5)
    assert limiter.hit(limit, "two")
    assert [key for key in counts.storage if "one" in key] == []
    assert limiter.hit(limit, "one")
