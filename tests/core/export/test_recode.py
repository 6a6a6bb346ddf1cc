"""No combination of the recoded columns is shared by fewer than k people, whatever comes in."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from engage.core.export.recode import WITHHELD, Step, recode_until_k


def table_of(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Categorical(values) for name, values in columns.items()})


def smallest(table: pd.DataFrame, columns: list[str]) -> int:
    return min(Counter(zip(*(table[name] for name in columns), strict=True)).values(), default=99)


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 60))
    width = draw(st.integers(1, 4))
    one = st.tuples(*(st.sampled_from("abcdefg"[: draw(st.integers(1, 7))]) for _ in range(width)))
    people = draw(st.lists(one, min_size=rows, max_size=rows))
    names = [f"c{number}" for number in range(width)]
    values = {name: [person[at] for person in people] for at, name in enumerate(names)}
    return table_of(**values), names


STEPS = [
    Step("c0", "c0: pairs", {"a": "ab", "b": "ab", "c": "cd", "d": "cd"}),
    Step("c1", "c1: as one", {"a": "z", "b": "z"}),
]


@settings(max_examples=300, deadline=None)
@given(tables(), st.integers(2, 7))
def test_every_combination_has_at_least_k_people(made, k):
    table, names = made

    recoded, log = recode_until_k(table, names, STEPS, k)

    assert smallest(recoded, names) >= k
    assert len(recoded) == (len(table) if len(table) >= k else 0)
    for name in names:
        count = log.withheld[name]
        assert count == (sum(recoded[name] == WITHHELD) if len(recoded) else len(table))
        allowed = {"ab", "cd", "z", WITHHELD}
        pairs = zip(table[name], recoded[name], strict=False) if len(recoded) else ()
        assert all(after == before or after in allowed for before, after in pairs)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_the_same_table_is_always_recoded_the_same_way(made):
    table, names = made

    first, log = recode_until_k(table, names, STEPS)
    second, same = recode_until_k(table.copy(), names, STEPS)

    pd.testing.assert_frame_equal(first, second)
    assert log == same


def test_what_is_common_enough_stays_as_it_was():
    table = table_of(age=["young"] * 6 + ["old"] * 7, sex=["f"] * 13)

    recoded, log = recode_until_k(table, ["age", "sex"], [])

    assert recoded["age"].tolist() == table["age"].tolist()
    assert log.sentences() == ()


def test_a_rare_answer_is_withheld_and_just_enough_others_join_it():
    table = table_of(age=["young"] * 40 + ["old"] * 3)

    recoded, log = recode_until_k(table, ["age"])

    assert Counter(recoded["age"]) == {"young": 38, WITHHELD: 5}
    assert recoded["age"].tolist()[40:] == [WITHHELD] * 3
    assert log.sentences() == ("age: withheld from 5 of 43 people",)


def test_a_column_that_too_many_would_lose_is_withheld_from_everyone():
    values = [f"faith {number % 20}" for number in range(40)]
    table = table_of(sex=["f"] * 20 + ["m"] * 20, faith=values)

    recoded, log = recode_until_k(table, ["sex", "faith"])

    assert set(recoded["faith"]) == {WITHHELD}
    assert recoded["sex"].tolist() == table["sex"].tolist(), "the more important column stays"
    assert log.sentences() == ("faith: withheld from everyone",)


def test_a_coarsening_that_saves_a_column_is_taken_and_any_other_is_not():
    ethnicity = [f"{group}{number % 4}" for group in "ab" for number in range(12)]
    into = {code: code[0] for code in ethnicity}
    table = table_of(sex=(["f"] * 6 + ["m"] * 6) * 2, ethnicity=ethnicity)
    steps = [
        Step("ethnicity", "ethnicity: 8 answers put into 2 groups", into, {"a": "A", "b": "B"}),
        Step("sex", "sex: as one", {"f": "anyone", "m": "anyone"}),
    ]

    recoded, log = recode_until_k(table, ["sex", "ethnicity"], steps)

    assert Counter(recoded["ethnicity"]) == {"a": 12, "b": 12}
    assert log.sentences() == ("ethnicity: 8 answers put into 2 groups",)


def test_fewer_than_five_people_leave_no_file():
    recoded, log = recode_until_k(table_of(age=["old"] * 4), ["age"])

    assert len(recoded) == 0
    assert log.sentences() == ("age: withheld from everyone",)


def test_an_empty_cell_is_refused_by_the_name_of_its_column():
    table = pd.DataFrame({"age": pd.Categorical(["old"] * 5 + [None])})

    with pytest.raises(ValueError, match="age has empty cells"):
        recode_until_k(table, ["age"])
