"""What is sealed opens for its holder alone, where it belongs, unchanged, or not at all."""

import traceback

import pytest
import quick
from hypothesis import given, strategies as st
from nacl.pwhash import argon2id

from engage.seals import stretch
from engage.seals.box import STEP, BrokenSealError, lock, new_key, unlock
from engage.seals.derive import derive
from engage.seals.pairs import Pair, new_pair, open_with, pair_of, seal_to

PLAIN = b"They shouted at me at the bus stop."


def test_only_the_private_half_opens_what_the_public_half_sealed():
    ours, theirs = new_pair(), new_pair()
    sealed = seal_to(ours.public, PLAIN)
    assert PLAIN not in sealed
    assert open_with(ours.private, sealed) == PLAIN
    assert pair_of(ours.private) == ours
    for key in (theirs.private, ours.public, bytes(32)):
        with pytest.raises(BrokenSealError):
            open_with(key, sealed)
    with pytest.raises(BrokenSealError):
        open_with(ours.private, sealed[:-1])
    with pytest.raises(BrokenSealError):
        open_with(ours.private, b"")


@given(st.binary(max_size=700))
def test_a_box_gives_back_what_was_locked_and_hides_its_length(plain):
    key = new_key()
    sealed = lock(key, plain, b"report_parts:7:line")
    assert len(sealed) % STEP == 40
    assert unlock(key, sealed, b"report_parts:7:line") == plain
    assert len(lock(key, plain, b"", step=1)) == len(plain) + 41


@pytest.mark.parametrize("where", [0, 23, 24, 60, -1])
def test_a_changed_byte_a_moved_box_and_a_wrong_key_are_refused(where):
    key = new_key()
    sealed = lock(key, PLAIN, b"here")
    changed = bytearray(sealed)
    changed[where] ^= 1
    for wrong in (
        (key, bytes(changed), b"here"),
        (key, sealed, b"there"),
        (new_key(), sealed, b"here"),
    ):
        with pytest.raises(BrokenSealError):
            unlock(*wrong)
    with pytest.raises(BrokenSealError):
        unlock(key, b"short", b"here")


def test_an_error_shows_neither_key_nor_content():
    pair = new_pair()
    assert pair.private.hex() not in repr(pair)
    assert repr(pair.private) not in repr(pair)
    key = new_key()
    try:
        unlock(key, lock(key, PLAIN, b"a"), b"b")
    except BrokenSealError as error:
        told = "".join(traceback.format_exception(error))
    assert repr(key) not in told
    assert "CryptoError:" not in told


def test_a_stretched_secret_is_the_same_each_time_and_another_with_another_salt():
    salt, other = bytes(16), bytes([1] * 16)
    assert stretch.stretch("1234567890123456", salt, 64) == stretch.stretch(
        b"1234567890123456", salt, 64
    )
    assert stretch.stretch("x", salt, 32) != stretch.stretch("x", other, 32)
    assert len(stretch.stretch("x", salt, 64)) == 64


def test_what_ships_costs_three_passes_over_64_mib(monkeypatch):
    assert quick.SHIPPED_STRETCH == (3, 64 * 1024)
    monkeypatch.setattr(stretch, "PASSES", 3)
    monkeypatch.setattr(stretch, "MEMORY", 64 * 1024)
    salt = bytes(range(16))
    other = argon2id.kdf(32, b"password", salt, opslimit=3, memlimit=64 * 1024 * 1024)
    assert stretch.stretch("password", salt, 32) == other  # libsodium's implementation agrees


def test_keys_for_different_purposes_are_different():
    key = new_key()
    assert derive(key, "session") == derive(key, "session")
    assert len({derive(key, "session"), derive(key, "mark"), derive(new_key(), "session")}) == 3
    assert isinstance(new_pair(), Pair)
