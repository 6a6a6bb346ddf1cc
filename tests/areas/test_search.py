"""People find their ward by its name, by a place, by a postcode."""

import logging

import pytest

from engage.areas.models import Place, Postcode
from engage.areas.search import Match, find
from engage.areas.text import fold
from engage.extensions import db

PLACES = [
    ("Ash Common", "park", "T02"),
    ("Long Ash Lane", "street", "T01"),
    ("Café Zoë", "landmark", "T01"),
    ("Wash House", "landmark", "T03"),
    ("100% Sports", "landmark", "T03"),
    ("Hidden_Gem", "landmark", "T03"),
]


@pytest.fixture
def places(borough):
    db.session.add_all(
        Place(name=name, kind=kind, ward_code=ward, search=fold(name))
        for name, kind, ward in PLACES
    )
    db.session.add(Postcode(code="XX11AA", ward_code="T02"))
    db.session.commit()


def names(words, **options):
    return [match.name for match in find(db.session, words, **options)]


def test_names_that_begin_with_the_words_come_first_and_wards_before_places(places):
    assert names("ash") == ["Ash Hill", "Ash Common", "Long Ash Lane", "Wash House"]


def test_a_match_says_what_it_is_and_which_ward_it_means(places):
    assert find(db.session, "Ash Common") == [Match("Ash Common", "park", "T02", "Bégonia Vale")]
    assert find(db.session, "Ash Hill") == [Match("Ash Hill", "ward", "T01", "Ash Hill")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("BEGONIA", "Bégonia Vale"),
        ("béGOnia  vale!", "Bégonia Vale"),
        ("cafe zoe", "Café Zoë"),
        ("st johns", "St John’s"),
        ("St. John's", "St John’s"),
        ("st john", "St John’s"),
        ("lane long", "Long Ash Lane"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(places, words, found):
    assert names(words) == [found]


def test_only_so_many_are_given(places):
    assert names("ash", limit=2) == ["Ash Hill", "Ash Common"]
    assert names("ash", limit=0) == []


def test_one_character_finds_only_what_begins_with_it(places):
    assert names("z") == ["Café Zoë"]
    assert names("w") == ["Wash House"]


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "%%%", "!?", "\x00", "\ud800", "'"])
def test_words_without_letters_find_nothing(places, words):
    assert names(words) == []


def test_wildcards_are_no_wildcards(places):
    assert names("100%") == ["100% Sports"]
    assert names("hidden_gem") == ["Hidden_Gem"]


@pytest.mark.parametrize("words", ["a" * 10_000, "ash " * 2_500, "\ufdfa" * 10_000])
def test_very_long_input_is_no_trouble(places, words):
    assert isinstance(names(words), list)


@pytest.mark.parametrize("words", ["XX1 1AA", "xx11aa", " x x1 1 a a "])
def test_a_postcode_finds_its_ward_and_is_not_given_back(places, words):
    assert find(db.session, words) == [Match("Bégonia Vale", "postcode", "T02", "Bégonia Vale")]


def test_a_postcode_that_is_not_on_record_finds_nothing(places):
    assert names("XX1 1AB") == []


def test_what_was_looked_for_is_never_logged(places, caplog):
    caplog.set_level(logging.DEBUG)
    find(db.session, "XX1 1AA")
    find(db.session, "ash common")
    assert "1AA" not in caplog.text
    assert "ash common" not in caplog.text


def test_a_plain_connection_can_be_searched(places):
    with db.engine.connect() as connection:
        assert find(connection, "begonia")[0].ward_code == "T02"
