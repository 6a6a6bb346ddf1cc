"""Passwords are hashed slowly, checked evenly, and chosen freely but not badly."""

import time

import pytest
from argon2 import PasswordHasher, extract_parameters
from quick import SHIPPED_CODES, hashing_as_shipped

from engage.accounts import passwords

GOOD = "six quiet herons waiting"


@pytest.fixture(scope="module", autouse=True)
def shipped():
    """Passwords are hashed here as they are outside of tests."""
    with hashing_as_shipped():
        yield


@pytest.fixture(scope="module")
def stored(shipped):
    return passwords.hash_password(GOOD)


def test_a_password_matches_itself_and_no_other(stored):
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + "!")
    assert not passwords.matches(stored, "")


def test_the_same_password_is_stored_differently_each_time(stored):
    assert passwords.hash_password(GOOD) != stored


def test_the_hash_is_argon2id_with_64_mebibytes(stored):
    parameters = extract_parameters(stored)
    assert stored.startswith("$argon2id$")
    assert (parameters.time_cost, parameters.memory_cost) == (3, 64 * 1024)


def test_codes_of_words_are_hashed_with_as_much_work():
    assert SHIPPED_CODES == (3, 64 * 1024)


def test_a_hash_with_other_parameters_still_counts_and_is_outdated(stored):
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    assert passwords.matches(old, GOOD)
    assert passwords.is_outdated(old)
    assert not passwords.is_outdated(stored)


@pytest.mark.parametrize("spoilt", ["", "nonsense", "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$"])
def test_a_stored_hash_that_cannot_be_read_matches_nothing(spoilt):
    assert not passwords.matches(spoilt, GOOD)


def test_checking_nobodys_password_takes_as_long_as_checking_somebodys(stored):
    def took(known) -> float:
        begun = time.process_time()
        passwords.matches(known, "wrong password here")
        return time.process_time() - begun

    known = min(took(stored) for _ in range(5))
    unknown = min(took(None) for _ in range(5))
    assert 0.7 < unknown / known < 1.4


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "has 5 characters: use at least 12"),
        ("x" * 201, "longer than 200"),
        ("Password1234", "tried first"),
        ("aaaaaaaaaaaaaaaa", "tried first"),
        ("ada@testham.example", "repeats"),
        ("AdaLovelace1", "repeats"),
        ("lovelace2026", "repeats"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password, said):
    faults = passwords.faults_of(password, email="ada@testham.example", name="Ada Lovelace")
    assert said in " ".join(faults)


@pytest.mark.parametrize(
    "password", [GOOD, "        twelve", "пароль из слов", "ada is not all of it"]
)
def test_any_other_password_will_do(password):
    assert passwords.faults_of(password, email="ada@testham.example", name="Ada Lovelace") == []


def test_the_commonest_are_not_refused_for_their_length_already():
    assert all(len(each) >= passwords.SHORTEST for each in passwords.COMMONEST)
