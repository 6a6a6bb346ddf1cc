"""Which of a victim's wishes binds: per agency, in versions, the victim's own before all others."""

import pytest
from hypothesis import given, strategies as st

from engage.core.reporting.policy import Asked
from engage.core.reporting.wishes import (
    Giver,
    Level,
    Version,
    levels_of,
    offered,
    said_of,
    versions_of,
    wish_of,
    with_version,
)

AT = "2026-11-21T12:00:00+00:00"


def wishes(*said: tuple[str, dict[str, str]]) -> dict:
    return {"versions": [{"by": by, "at": AT, **levels} for by, levels in said]}


def test_the_newest_wish_holds():
    part = wishes(("victim", {"police": "full"}), ("victim", {"police": "nothing"}))
    wish = wish_of(part, Asked.POLICE)
    assert (wish.level, wish.version) == (Level.NOTHING, 2)


def test_a_victims_own_word_stands_above_a_newer_one_of_a_worker():
    part = wishes(("victim", {"police": "anonymous"}), ("worker", {"police": "full"}))
    assert wish_of(part, Asked.POLICE).level is Level.ANONYMOUS
    assert wish_of(part, Asked.POLICE).by is Giver.VICTIM


def test_what_a_victim_did_not_speak_of_stays_as_the_worker_was_told():
    part = wishes(
        ("worker", {"police": "full", "support": "no_contact"}), ("victim", {"police": "later"})
    )
    assert levels_of(part) == {"police": "later", "support": "no_contact"}


@pytest.mark.parametrize(
    "part", [{}, {"versions": None}, {"versions": ["full"]}, wishes(("victim", {"police": "all"}))]
)
def test_what_cannot_be_read_counts_as_nothing(part):
    assert wish_of(part, Asked.POLICE).level is Level.NOTHING


def test_an_agency_that_nobody_is_asked_about_gets_nothing_by_a_wish():
    part = wishes(("victim", {"police": "full", "support": "full", "nobody": "full"}))
    assert wish_of(part, Asked.NOBODY).level is Level.NOTHING


def test_under_18_one_can_wish_that_nobody_else_is_told_but_not_be_promised_to_decide_later():
    assert set(offered("under_18")) == set(Level) - {Level.LATER}
    assert set(offered("18_to_64")) == set(Level)


def test_what_nobody_knows_is_no_wish_and_gives_nothing():
    part = wishes(("other", {"support": "full"}))
    assert said_of(part) == {"support": "full"}
    assert wish_of(part, Asked.POLICE).level is Level.NOTHING


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Giver),
            st.dictionaries(st.sampled_from(["police", "support"]), st.sampled_from(Level)),
        ),
        max_size=6,
    )
)
def test_a_version_more_loses_none_and_the_newest_of_the_victim_binds(said):
    part: dict = {}
    for by, levels in said:
        part = with_version(part, Version(by, AT, levels))
    assert [(each.by, dict(each.levels)) for each in versions_of(part)] == said
    for asked in (Asked.POLICE, Asked.SUPPORT):
        own = [levels[asked] for by, levels in said if by is Giver.VICTIM and asked in levels]
        if own:
            assert wish_of(part, asked).level is own[-1]
