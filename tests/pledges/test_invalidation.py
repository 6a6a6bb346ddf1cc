"""What staff take out of the count, and bring back."""

import pytest
from conftest import NOON
from pledged import ask, make_pledge, press, signed_by
from sqlalchemy import insert

from engage.extensions import db
from engage.pledges import counts, invalidation, store
from engage.pledges.models import Invalidation


@pytest.fixture
def pledge(app) -> int:
    return make_pledge()


@pytest.fixture
def reason(pledge) -> int:
    with db.engine.begin() as connection:
        given = {"pledge_id": pledge, "conditions": "{}", "reason": "A burst.", "at": NOON}
        return connection.execute(insert(Invalidation).values(given)).inserted_primary_key[0]


def total(pledge: int) -> int:
    with db.engine.begin() as connection:
        assert counts.recount(connection) == []
        return counts.total(connection, pledge)


def do(function, *given, **named):
    with db.engine.begin() as connection:
        return function(connection, *given, **named)


def test_what_is_taken_out_comes_back_as_it_was(pledge, reason, monkeypatch):
    monkeypatch.setattr(invalidation, "MANY", 2)
    ids = [signed_by(pledge, f"{each}@example.org", ward=f"w{each % 2}") for each in range(5)]
    waiting, secret = ask(pledge, "late@example.org")
    assert do(invalidation.invalidate, [*ids, waiting.id], reason) == 6
    assert do(invalidation.invalidate, ids, reason) == 0
    assert total(pledge) == 0
    assert not press(secret), "taken out, and not to be confirmed"
    assert ask(pledge, "0@example.org")[0].state == "invalidated"

    assert do(invalidation.restore, reason, ids[:1]) == 1
    assert total(pledge) == 1
    assert do(invalidation.restore, reason) == 5
    assert do(invalidation.restore, reason) == 0
    assert total(pledge) == 5


def test_what_was_withdrawn_after_it_was_taken_out_does_not_come_back(pledge, reason):
    signature = signed_by(pledge, "ada@example.org")
    do(invalidation.invalidate, [signature], reason)
    assert do(store.withdraw, signature)
    assert do(invalidation.restore, reason) == 0
    assert total(pledge) == 0


def test_whoever_was_taken_out_cannot_count_again_alone(pledge, reason):
    bot, real = (signed_by(pledge, f"{each}@example.org") for each in ("bot", "real"))
    do(invalidation.invalidate, [bot, real], reason)
    assert do(store.withdraw, bot)
    assert ask(pledge, "bot@example.org") == (store.Signed(bot, "invalidated"), None)
    assert total(pledge) == 0

    assert do(invalidation.restore, reason) == 1
    assert total(pledge) == 1, "only who did not withdraw comes back"
    assert signed_by(pledge, "bot@example.org") == bot, "who withdrew may sign again"
    assert total(pledge) == 2


def test_nothing_at_all_is_taken_out_by_no_numbers(pledge, reason):
    signed_by(pledge, "ada@example.org")
    assert do(invalidation.invalidate, [], reason) == 0
    assert total(pledge) == 1
