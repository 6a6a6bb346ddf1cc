"""Networks are told apart by a hash whose key is random and forgotten; no address is anywhere."""

import stat
import sys
from datetime import timedelta
from subprocess import PIPE, Popen

import pytest
from flask import Flask, current_app
from page import PageClient
from programs import needs
from redis import Redis
from redis_server import running_redis
from settings import settings_for
from survey import SLUG, begin, open_a_wave

from engage import clock as real_clock, tasks
from engage.app import create_app
from engage.extensions import db, limiter
from engage.network import DayKeys, network_key, network_of

ADDRESS = "203.0.113.77"


@pytest.fixture
def redis(tmp_path):
    """The address of a real Redis that keeps nothing."""
    with running_redis(needs("redis-server", "redis-server"), tmp_path) as (url, _process):
        yield url


def hashed(app: Flask, address: str) -> str:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return network_key()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.77"),
        ("::ffff:203.0.113.77", "203.0.113.77"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "20010db800010002"),
        ("2001:db8:1:2::1", "20010db800010002"),
        ("fe80::1%eth0", "fe80000000000000"),
        ("", "nowhere"),
        (None, "nowhere"),
        ("unix:", "nowhere"),
    ],
)
def test_a_network_is_one_old_address_or_the_half_of_a_new_one(address, network):
    assert network_of(address) == network


def test_a_hash_is_the_same_all_day_and_another_the_next(lite_app, clock):
    one, other = hashed(lite_app, ADDRESS), hashed(lite_app, "203.0.113.78")
    clock.move(hours=11)
    assert hashed(lite_app, ADDRESS) == one != other
    assert ADDRESS not in one
    clock.move(hours=2)
    assert hashed(lite_app, ADDRESS) != one


def test_the_key_of_a_day_cannot_be_worked_out_again(lite_app, clock):
    keys: DayKeys = current_app.extensions["network_keys"]
    today = keys.key(real_clock.now())
    clock.move(days=1)
    keys.key(real_clock.now())
    clock.move(days=-1)
    assert keys.key(real_clock.now()) != today, "yesterday's key was kept or derived"
    assert DayKeys().key(real_clock.now()) != DayKeys().key(real_clock.now())


def test_two_processes_without_redis_share_a_file_that_goes_with_the_day(tmp_path, clock):
    now = real_clock.now()
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from engage.network import DayKeys\n"
        "keys = DayKeys(folder=Path(sys.argv[1]))\n"
        "print(keys.key(datetime.fromisoformat(sys.argv[2])).hex())"
    )

    def keys_at(moment) -> set[str]:
        command = [sys.executable, "-c", code, str(tmp_path), moment.isoformat()]
        both = [Popen(command, stdout=PIPE, text=True) for _ in range(2)]
        return {process.communicate()[0] for process in both}

    (first,) = keys_at(now)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name == "network-key-2026-03-02"
    (tmp_path / "network-key-2026-03-02.half").touch()
    (second,) = keys_at(now + timedelta(days=1))
    assert first != second
    assert [each.name for each in tmp_path.iterdir()] == ["network-key-2026-03-03"]
    assert tasks.TASKS["forget_network_keys"]


def test_a_folder_that_cannot_be_written_costs_no_request(tmp_path, caplog):
    (tmp_path / "file").touch()
    assert len(DayKeys(folder=tmp_path / "file").key(real_clock.now())) == 32
    assert "not shared" in caplog.text


def test_processes_share_the_key_of_the_day_in_redis_and_it_goes_with_the_day(redis, clock):
    first, second = DayKeys(redis), DayKeys(redis)
    now = real_clock.now()
    assert first.key(now) == second.key(now)
    with Redis.from_url(redis) as store:
        (name,) = store.keys("engage/network-key/*")
        assert 0 < store.ttl(name) <= (real_clock.end_of_day(now) - now).total_seconds() + 1
        store.delete(name)  # as Redis does at midnight
    assert DayKeys(redis).key(now) != first.key(now)


def test_without_redis_each_process_has_a_key_and_asks_again_later(tmp_path, clock):
    with running_redis(needs("redis-server", "redis-server"), tmp_path) as (url, process):
        keys = DayKeys(url)
        process.terminate()
        process.wait()
        own = keys.key(real_clock.now())
        assert len(own) == 32
        assert keys.key(real_clock.now() + timedelta(seconds=40)) == own


def test_neither_memory_nor_redis_nor_a_log_holds_an_address(tmp_path, sqlite_url, redis, caplog):
    for url in ("", redis):
        app = create_app(settings_for(tmp_path, DATABASE_URL=sqlite_url, REDIS_URL=url))
        with app.app_context():
            if not url:
                open_a_wave()
            client = PageClient(app)
            client.http.environ_base["REMOTE_ADDR"] = ADDRESS
            begin(client, SLUG)
            client.get("/staff/sign-in")
            token = client.value("csrf_token")
            data = {"email": "nobody@testham.example", "password": "x", "csrf_token": token}
            statuses = {
                client.http.post("/staff/sign-in", data=data).status_code for _try in range(22)
            }
            assert 429 in statuses
            assert ADDRESS not in "".join(db.session.connection().connection.iterdump())
            if not url:
                assert ADDRESS not in repr(vars(limiter.storage))
            db.session.remove()
            db.engine.dispose()
    with Redis.from_url(redis) as store:
        names = store.keys("*")
        assert len(names) > 1
        held = [names, [store.dump(name) for name in names]]
        assert ADDRESS not in repr(held)
    assert ADDRESS not in caplog.text
