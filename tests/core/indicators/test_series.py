"""A series breaks where its questions changed, and where its file says so."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from engage.core.definition.load import parse_definition
from engage.core.definition.model import Definition
from engage.core.indicators.model import (
    BreakKind,
    DeclaredBreak,
    Indicator,
    Kind,
    Revision,
    at_version,
)
from engage.core.indicators.series import Break, broken

TEXT = (Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml").read_text("utf-8")
SAFE = Indicator("safe", "Feels safe", Kind.PROPORTION, ("safe_dark",), ("1", "2"), ("1", "2", "3"))
PARKS = Indicator("parks", "Avoids parks", Kind.PROPORTION, ("avoid_park",), ("1",), ("0", "1"))
WHY = Indicator("why", "It is dark", Kind.PROPORTION, ("why_dark",), ("1",), ("0", "1"))
PAPER = DeclaredBreak(2, BreakKind.MODE, "Since 2027 also on paper.")
REWORDED = ("feel after dark?", "feel at night?")
PUB = ("          - {code: bus,", "          - {code: pub, label: Pubs}\n          - {code: bus,")
RENAMED = (*(("id: safe_dark", "id: safe_night"), ("question: safe_dark", "question: safe_night")),)


def version(number: int, *changes: tuple[str, str]) -> Definition:
    text = TEXT.replace("version: 1", f"version: {number}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_definition(yaml.safe_load(text), "v.yaml")


def kinds(indicator: Indicator, *changes: tuple[str, str]) -> list[BreakKind]:
    return [each.kind for each in broken(indicator, version(1), version(2, *changes))]


def test_a_series_goes_on_where_nothing_changed():
    assert kinds(SAFE) == []
    assert kinds(PARKS) == []


@pytest.mark.parametrize(
    ("indicator", "change", "kind"),
    [
        (SAFE, REWORDED, BreakKind.WORDING),
        (SAFE, ("label: Fairly safe", "label: Quite safe"), BreakKind.ANSWERS),
        (PARKS, PUB, BreakKind.ANSWERS),
        (WHY, ('{question: safe_dark, in: ["3"]}', '{question: age_band, in: ["3"]}'), "asked"),
        (SAFE, (", eligible: false", ""), BreakKind.ASKED),
    ],
)
def test_a_series_breaks_where_its_question_changed(indicator, change, kind):
    assert kinds(indicator, change) == [kind]


def test_a_series_does_not_break_at_another_question():
    assert kinds(PARKS, REWORDED) == []
    assert kinds(SAFE, PUB) == []


def test_the_words_of_both_versions_are_told_and_which_comes_first_makes_no_difference():
    one, other = version(1), version(2, REWORDED)
    (found,) = broken(SAFE, one, other)
    assert "after dark?” in version 1" in found.says
    assert "at night?” in version 2" in found.says
    assert broken(SAFE, other, one) == (found,)


def test_who_is_asked_changes_with_the_question_that_decides_it():
    gated = (
        'text: "How safe do you feel after dark?"',
        'text: "How safe do you feel after dark?", ',
    )
    gated = (gated[0], gated[1] + 'show_if: {question: age_band, in: ["3"]}')
    (found,) = broken(WHY, version(1), version(2, gated))
    assert found.kind is BreakKind.ASKED
    assert "“How safe do you feel after dark?” of everybody" in found.says


@pytest.mark.parametrize(("first", "last", "count"), [(1, 2, 1), (2, 3, 0), (1, 3, 1), (3, 1, 1)])
def test_a_declared_break_holds_between_the_versions_on_its_two_sides(first, last, count):
    paper = replace(SAFE, breaks=(PAPER,))
    found = broken(paper, version(first), version(last))
    assert found == (Break(BreakKind.MODE, "Since 2027 also on paper."),) * count


def test_a_version_has_no_break_with_itself():
    paper = replace(SAFE, breaks=(PAPER,))
    assert broken(paper, version(2), version(2, REWORDED)) == ()


def test_a_revision_is_compared_with_the_question_that_it_replaces():
    revised = replace(SAFE, revisions=(Revision(2, variables=("safe_night",)),))
    assert broken(revised, version(1), version(2, *RENAMED)) == ()
    assert kinds(revised, *RENAMED, REWORDED) == [BreakKind.WORDING]


def test_a_question_that_one_version_does_not_ask_breaks_the_series():
    (found,) = broken(SAFE, version(1), version(2, *RENAMED))
    assert found == Break(BreakKind.ASKED, "Version 2 does not ask for this.")


def test_a_box_that_is_taken_away_is_a_change_of_the_answers():
    assert kinds(PARKS, ("          - {code: park, label: Parks}\n", "")) == [BreakKind.ANSWERS]


def test_a_revision_that_counts_other_answers_breaks_the_series():
    revised = replace(SAFE, revisions=(Revision(2, numerator=("1",)),))
    (found,) = broken(revised, version(1), version(2))
    assert found.kind is BreakKind.ANSWERS
    assert broken(revised, version(2), version(3)) == ()


def test_versions_of_two_questionnaires_make_no_series():
    with pytest.raises(ValueError, match="'every_kind' and 'dogs'"):
        broken(SAFE, version(1), version(2, ("id: every_kind", "id: dogs")))


def test_an_indicator_is_as_its_last_revision_so_far_says():
    revised = replace(
        SAFE,
        revisions=(Revision(2, variables=("safe_night",)), Revision(4, numerator=("1",))),
    )
    made = {number: at_version(revised, number) for number in (1, 2, 3, 4, 9)}
    assert [each.variables[0] for each in made.values()] == ["safe_dark"] + ["safe_night"] * 4
    assert [len(each.numerator) for each in made.values()] == [2, 2, 2, 1, 1]
    assert {each.base for each in made.values()} == {("1", "2", "3")}
