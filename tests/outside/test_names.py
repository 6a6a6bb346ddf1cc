"""Names of boroughs are compared by what tells them apart."""

import pytest

from engage.outside.names import borough_key, code_of, own_borough


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Croydon Council", "croydon"),
        ("London Borough of Barking & Dagenham", "barking dagenham"),
        ("Royal Borough of Kingston upon Thames", "kingston thames"),
        ("Royal Borough of Kensington and Chelsea", "kensington chelsea"),
        ("Westminster City Council", "westminster"),
        ("City of Westminster", "westminster"),
        ("City of London Corporation", "london"),
        ("The London Borough of Tower Hamlets Council", "tower hamlets"),
        ("Quillhaven Borough Council", "quillhaven"),
        ("Trafford Metropolitan Borough Council", "trafford"),
        ("Borough Green", "borough green"),
        ("!", ""),
    ],
)
def test_forms_of_address_and_small_words_do_not_count(name, key):
    assert borough_key(name) == key


def test_our_borough_is_the_one_wanted_else_the_one_of_the_council():
    keys = ["croydon", "barking dagenham"]
    assert own_borough(keys, "", "Croydon Council") == "croydon"
    assert own_borough(keys, "Barking & Dagenham", "Croydon Council") == "barking dagenham"
    assert own_borough(keys, "", "") is None
    assert own_borough(keys, "Sutton", "Croydon Council") is None


def test_a_code_is_made_of_names():
    assert code_of("PAS", '"Good Job" local') == "pas_good_job_local"
