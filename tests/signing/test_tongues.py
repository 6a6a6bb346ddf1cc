"""Words that only English has are marked as English on a page of another language."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from happening import make_event
from page import PageClient
from signing_desk import (
    SLUG,
    ask_for_page,
    confirm,
    enter,
    links,
    messages,
    open_a_pledge,
    sign,
    signatures,
)

TITLE, EVENT = "Stand against hate", "Safe bystander training"
PLEDGE = f"/pledges/{SLUG}"


@pytest.fixture
def reader(lite_app, clock) -> PageClient:
    """Somebody who reads Urdu, where neither the pledge nor the event is in it."""
    open_a_pledge()
    make_event(slug="bystander")
    lite_app.extensions["settings"] = replace(lite_app.extensions["settings"], demo=True)
    client = PageClient(lite_app)
    with client.http.session_transaction() as session:
        session["language"] = "ur"
    return client


def marks_around(page: Element, words: str) -> set[tuple[str | None, str | None]]:
    """The language and direction that hold for some words, everywhere they are shown.

    Not where they are in quotation marks: the subjects of messages are kept as plain text.
    """
    found = set()

    def look(at: Element, lang: str | None, way: str | None) -> None:
        lang, way = at.get("lang", lang), at.get("dir", way)
        shown = [at.text or "", *(child.tail or "" for child in at)]
        if any(words in each and "“" not in each for each in shown) and at.tag not in {
            "title",
            "code",
        }:
            found.add((lang, way))
        for child in at:
            look(child, lang, way)

    look(page, None, None)
    return found


def english(reader: PageClient, words: str) -> bool:
    assert reader.page is not None
    assert reader.page.get("lang") == "ur"
    return marks_around(reader.page, words) == {("en", "ltr")}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/pledges",
        PLEDGE,
        f"{PLEDGE}/before",
        f"{PLEDGE}/sign",
        f"{PLEDGE}/sign/organisation",
        f"{PLEDGE}/names",
    ],
)
def test_a_pledge_in_english_is_marked_as_such(reader, path):
    assert english(reader.get(path), TITLE)


def test_it_is_where_it_is_confirmed_and_on_ones_own_page(reader):
    sign(reader)
    (path,) = links(messages()[-1][2])
    assert english(reader.get(path), TITLE)
    confirm(reader)
    ask_for_page(reader)
    enter(reader)
    assert english(reader, TITLE)
    for each in ("", "/withdraw"):
        reader.get(f"/my-page/signatures/{signatures()[0].id}{each}")
        assert english(reader, TITLE)


def test_an_event_in_english_is_marked_and_its_times_are_in_the_readers_words(reader):
    for path in ("/events", "/events/bystander", "/events/bystander/book"):
        assert english(reader.get(path), EVENT)
        assert not re.search(r"\b(?:Monday|March|\d+[ap]m|[AP]M to)\b", reader.text)
