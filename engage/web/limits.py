"""Limits by network: counting that outlives a Redis that is down, and one limit for every form.

What is counted by is `engage.network.network_key`, never an address. Who only wants to leave
follows a link, which is not limited.
"""

import time
from typing import Any

from flask import Flask, abort, current_app, request
from flask_babel import gettext as _
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from redis import RedisError

from engage.extensions import limiter
from engage.network import network_key
from engage.web.access import PUBLIC, rule_of

POSTS = parse("6000 per minute")
"""Forms sent from one network: two thousand pupils at once send three a minute each."""
SWEEP = 1.0
"""Seconds after which counts whose time is over are looked for again."""
AGAIN = 30.0
"""Seconds after which a Redis that did not answer is asked again."""


class Counts(MemoryStorage):
    """Counts in this process. The library's own starts a thread for each to look for old ones."""

    STORAGE_SCHEME = ["process"]  # noqa: RUF012  as the library declares it

    def __init__(self, *given: Any, **options: Any) -> None:
        """Count nothing yet."""
        super().__init__(*given, **options)
        self._next_sweep = 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count more under a key, for that many seconds; the count so far."""
        now = time.time()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP
            for old in [each for each, until in self.expirations.items() if until <= now]:
                self.clear(old)
        self.get(key)  # which forgets a count whose time is over
        with self.locks[key]:
            self.storage[key] += amount
            if self.storage[key] == amount:
                self.expirations[key] = now + expiry
            return self.storage[key]


class Tally:
    """Counts in the store of the limiter; while that is a Redis that is down, in this process."""

    def __init__(self) -> None:
        """Count nothing yet."""
        self._spare = FixedWindowRateLimiter(Counts())
        self._until = 0.0

    def hit(self, limit: RateLimitItem, *names: str) -> bool:
        """Count one more under these names; whether that is still within the limit."""
        if time.monotonic() >= self._until:
            try:
                return bool(limiter.limiter.hit(limit, *names))
            except RedisError:
                self._until = time.monotonic() + AGAIN
        return self._spare.hit(limit, *names)

    def room(self, limit: RateLimitItem, *names: str) -> bool:
        """Whether one more would still be within the limit; counts nothing."""
        if time.monotonic() >= self._until:
            try:
                return bool(limiter.limiter.test(limit, *names))
            except RedisError:
                self._until = time.monotonic() + AGAIN
        return self._spare.test(limit, *names)


def tally() -> Tally:
    """The application's own."""
    kept: Tally = current_app.extensions["tally"]
    return kept


def limit_posts(app: Flask) -> None:
    """Refuse forms, politely, from a network that sends more than many people could."""
    app.extensions["tally"] = Tally()
    app.before_request(_check)


def too_many() -> str:
    """What to do when a network sends too much."""
    return _(
        "Very many people are using your network, or this survey, at this moment. Wait a minute, "
        "go back and press the button again. What you had saved is still there."
    )


def _check() -> None:
    if request.method != "POST":
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if PUBLIC in rule_of(view) and not tally().hit(POSTS, "posts", network_key()):
        abort(429, too_many())
