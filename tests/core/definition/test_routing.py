from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from engage.core.definition.condition import Condition
from engage.core.definition.load import load_definition
from engage.core.definition.routing import eligible, holds, path, reachable, truth

DEFINITION = load_definition(Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml")

A1 = Condition(question="a", codes=frozenset({"1"}))
B1 = Condition(question="b", codes=frozenset({"1"}))


@pytest.mark.parametrize(
    ("condition", "answers", "held"),
    [
        (A1, {"a": "1"}, True),
        (A1, {"a": "2"}, False),
        (A1, {}, False),
        (A1, {"a": ("3", "1")}, True),
        (Condition(question="a", answered=True), {"a": "9"}, True),
        (Condition(question="a", answered=True), {}, False),
        (Condition(all_of=(A1, B1)), {"a": "1", "b": "1"}, True),
        (Condition(all_of=(A1, B1)), {"a": "1"}, False),
        (Condition(any_of=(A1, B1)), {"b": "1"}, True),
        (Condition(any_of=(A1, B1)), {}, False),
        (Condition(negated=A1), {}, True),
        (Condition(negated=A1), {"a": "1"}, False),
    ],
)
def test_a_rule_holds_or_does_not(condition, answers, held):
    assert holds(condition, answers) is held


def conditions() -> st.SearchStrategy[Condition]:
    simple = st.builds(
        lambda question, codes: Condition(question=question, codes=frozenset(codes)),
        st.sampled_from("abc"),
        st.sets(st.sampled_from("12"), min_size=1),
    )
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(lambda parts: Condition(all_of=tuple(parts)), st.lists(inner, min_size=1)),
            st.builds(lambda parts: Condition(any_of=tuple(parts)), st.lists(inner, min_size=1)),
            st.builds(lambda part: Condition(negated=part), inner),
        ),
        max_leaves=6,
    )


everything = st.fixed_dictionaries({name: st.sampled_from("12") for name in "abc"})


@given(conditions(), everything, st.sets(st.sampled_from("abc")))
def test_what_is_certain_from_some_answers_stays_so_whatever_the_others_are(
    condition, answers, known
):
    some = {name: answers[name] for name in known}
    certain = truth(condition, some, set(answers) - known)
    if certain is not None:
        assert holds(condition, answers) is certain


def test_a_section_without_a_question_for_a_person_is_not_on_their_path():
    assert [section.id for section in path(DEFINITION, {"age_band": "3"})] == [
        "you", "place", "safety", "more",
    ]  # fmt: skip
    unsafe = {"age_band": "3", "safe_dark": "3"}
    assert path(DEFINITION, unsafe)[-1].id == "unsafe"


def test_an_answer_to_a_question_no_longer_asked_does_not_count():
    answers = {"age_band": "2", "validate": "words", "safe_dark": "1", "why": ("dark",)}
    assert reachable(DEFINITION, answers) == {"age_band": "2", "safe_dark": "1"}


def test_who_is_eligible_is_said_by_the_options():
    assert eligible(DEFINITION, {"age_band": "2"})
    assert not eligible(DEFINITION, {"age_band": "1"})
