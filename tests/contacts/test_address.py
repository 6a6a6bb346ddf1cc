"""Addresses: what is refused and why, and which are one mailbox."""

import pytest

from engage.contacts.address import (
    NO_ADDRESS,
    AddressError,
    address_key,
    canonical,
    checked_address,
    random_key,
)

KEY = "k" * 40


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("ada", "form"),
        ("ada@localhost", "form"),
        ("ada@example.org\r\nBcc: all@example.org", "form"),
        ("ada\r\nSubject: x@example.org", "form"),
        ("ada@example.org\x00", "form"),
        ('"ada b"@example.org', "form"),
        ("ada@[127.0.0.1]", "form"),
        ("Ada <ada@example.org>", "form"),
        ("ada@example.org,bob@example.org", "form"),
        ("ada\u200b@example.org", "form"),
        ("а" + "da@example.org", "form"),
        ("a" * 65 + "@example.org", "form"),
        ("ada@gmаil.com", "look_alike"),
        ("ada@mailinator.com", "disposable"),
        ("ada@a.b.Yopmail.com", "disposable"),
    ],
)
def test_what_is_no_address_to_use_is_refused_with_its_kind_and_without_quoting_it(
    lite_app, written, fault
):
    with pytest.raises(AddressError) as caught:
        checked_address(written)
    assert caught.value.fault == fault
    assert written.strip() == "" or written not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" Ada.L+pledge@Example.ORG ", "Ada.L+pledge@example.org"),
        ("ａｄａ＠example.org", "ada@example.org"),
        ("ada@müller.de", "ada@xn--mller-kva.de"),
        ("ada@mymailinator.com", "ada@mymailinator.com"),
    ],
)
def test_an_address_is_kept_as_it_is_written_to(written, address):
    assert checked_address(written) == address


@pytest.mark.parametrize(
    "one_box",
    [
        ("ada@example.org", "ADA@Example.Org", "ada+hate@example.org", " ada@example.org. "),
        ("a.da@gmail.com", "ada@gmail.com", "A.D.A+x@GoogleMail.com"),
        ("a.da@proton.me", "ada@protonmail.com", "ada@pm.me"),
        ("ada@müller.de", "ada@xn--mller-kva.de", "ADA@MÜLLER.DE"),
        ("ａda@example.org", "ada@example.org"),
    ],
)
def test_every_way_of_writing_a_mailbox_has_one_key(one_box):
    assert len({address_key(each, KEY) for each in one_box}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.da@example.org", "ada@example.org"),
        ("ada@gmail.com", "ada@example.org"),
        ("+a@example.org", "+b@example.org"),
        ("ada-x@yahoo.com", "ada@yahoo.com"),
        ("ada@gmаil.com", "ada@gmail.com"),
    ],
)
def test_two_mailboxes_have_two_keys(one, other):
    assert address_key(one, KEY) != address_key(other, KEY)


def test_a_key_tells_nothing_without_the_key_of_the_site():
    assert address_key("ada@example.org", KEY) != address_key("ada@example.org", "l" * 40)
    assert len(address_key("ada@example.org", KEY)) == 32
    assert b"ada" not in address_key("ada@example.org", KEY)


def test_any_text_of_an_older_list_has_a_key_and_its_form_stays():
    for text in ("", "@", "nobody", "a@b@c", "x@\ud7ff" + "." * 300, "a@" + "ü" * 300):
        assert len(address_key(text, KEY)) == 32
        assert canonical(canonical(text)) == canonical(text)


def test_a_random_key_is_known_from_a_hash_by_its_beginning():
    keys = {random_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) == 32 and key.startswith(NO_ADDRESS) for key in keys)
