"""Networks told apart without their addresses: a keyed hash whose key is random and lives a day.

An address is hashed in memory as a request comes in and is written nowhere. The key is random, made
anew each day (London's), and never derived from anything that is kept: once it is gone, nobody can
work out which address a hash stood for, not even with the site's secret key. The processes of a
site share it, in Redis, where it expires with the day, or else in a file that only they can read,
which is deleted when the day is over.
"""

import logging
import secrets
from datetime import date, datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from threading import Lock

from flask import current_app, request
from redis import Redis, RedisError

from engage import clock
from engage.key_file import kept_key

logger = logging.getLogger("engage.network")

PATIENCE = 0.5
"""Seconds for which Redis may keep a request waiting."""
AGAIN = timedelta(seconds=30)
"""After which a Redis that did not answer is asked again."""
NAME = "engage/network-key/{day}"
FILE = "network-key-{day}"
"""In the instance folder; what begins with it and is not of today is deleted."""
NOWHERE = "nowhere"
"""Stands for a request without an address, as over a local socket."""


def redis_patience() -> dict[str, float]:
    """How long a connection to Redis may keep a request waiting, as its client is told."""
    return {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}


class DayKeys:
    """The key of the day: shared through Redis where there is one, else in a file in `folder`.

    Without either, or while they fail, a process has one of its own.
    """

    def __init__(self, redis_url: str = "", folder: Path | None = None) -> None:
        """Make no key yet, and connect to nothing."""
        self._folder = None if redis_url else folder
        self._redis = Redis.from_url(redis_url, **redis_patience()) if redis_url else None
        self._day: date | None = None
        self._key = b""
        self._until: datetime | None = None
        self._lock = Lock()

    def key(self, now: datetime) -> bytes:
        """The key of the day at a moment; that of the day before is forgotten."""
        with self._lock:
            late = self._until is not None and now >= self._until
            if self._day != clock.day_of(now) or late:
                self._renew(now, late=late)
            return self._key

    def _renew(self, now: datetime, *, late: bool) -> None:
        """Take the day's key from where it is shared; while that is down, keep one of our own."""
        shared, day = None, clock.day_of(now)
        own = self._key if late and self._day == day else secrets.token_bytes(32)
        if self._redis is not None:
            name, left = NAME.format(day=day), clock.end_of_day(now) - now
            try:
                self._redis.set(name, own, nx=True, ex=int(left.total_seconds()) + 1)
                shared = self._redis.get(name)
            except RedisError:
                shared = None
        elif self._folder is not None:
            shared = _kept(self._folder, day)
        self._day, self._key = day, shared if isinstance(shared, bytes) else own
        self._until = now + AGAIN if self._redis is not None and shared is None else None


def forget_keys(folder: Path, day: date) -> int:
    """Delete the files with keys of other days, whole or not; how many."""
    kept = FILE.format(day=day)
    old = [each for each in folder.glob(FILE.format(day="*")) if not each.name.startswith(kept)]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def _kept(folder: Path, day: date) -> bytes | None:
    """The key of a day in its file, made by whichever process is first; None where none can be."""
    try:
        forget_keys(folder, day)
        return kept_key(folder / FILE.format(day=day)).encode()
    except OSError as error:
        logger.warning("the key of the day is not shared fault=%r", type(error).__name__)
        return None


def network_of(address: str | None) -> str:
    """What counts as one network: an IPv4 address, or the /64 that a home or phone is given."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return NOWHERE
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{int(found) >> 64:x}"
    return str(found)


def network_key() -> str:
    """The network of this request as a hash of today: what the limits count by."""
    keys: DayKeys = current_app.extensions["network_keys"]
    network = network_of(request.remote_addr)
    return blake2b(network.encode(), key=keys.key(clock.now()), digest_size=16).hexdigest()
