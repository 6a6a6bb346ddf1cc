"""Of those who were asked: who did not know, and who gave no answer."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from engage.core.definition.codebook import variables
from engage.core.definition.load import parse_definition
from engage.core.indicators.answers import UnknownVariableError
from engage.core.indicators.model import Indicator, Kind, Revision
from engage.core.indicators.nonresponse import unanswered
from engage.core.indicators.unanswered import Unanswered

TEXT = (Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml").read_text("utf-8")
MORE = """\
          - {code: none, label: None of these, means: none_of_these}
          - {code: dk, label: I don’t know, means: dont_know}
          - {code: refused, label: Prefer not to say, means: refused}
          - {code: na, label: I never go out, means: not_applicable}
"""
SCALE = '    - {code: "9", label: Don’t know, means: dont_know}\n'
REFUSED = '    - {code: "8", label: Prefer not to say, means: refused}\n'
ASKED, EMPTY = "@not_asked", "@not_answered"
SAFE = Indicator("safe", "Feels safe", Kind.PROPORTION, ("safe_dark",), ("1", "2"), ("1", "2", "3"))
BOTH = Indicator(
    *("both", "Feels safe", Kind.MEAN_OF_PROPORTIONS, ("safe_day", "safe_dark")),
    *(("1", "2"), ("1", "2", "3")),
)
PARKS = Indicator("parks", "Avoids parks", Kind.PROPORTION, ("avoid_park",), ("1",), ("0", "1"))


@pytest.fixture(scope="module")
def definition():
    assert MORE.splitlines(keepends=True)[0] in TEXT
    text = TEXT.replace(MORE.splitlines(keepends=True)[0], MORE).replace(SCALE, SCALE + REFUSED)
    return parse_definition(yaml.safe_load(text), "v.yaml")


def coded(definition, **columns: list[str]) -> pd.DataFrame:
    """A coded table of these columns."""
    known = {variable.name: variable.categories for variable in variables(definition)}
    return pd.DataFrame({name: pd.Categorical(each, known[name]) for name, each in columns.items()})


def ticked(definition, *codes: str | None) -> pd.DataFrame:
    """People who ticked one box each, as a response packs it; None left them all empty."""
    silent = {"dk", "refused", "na", None}
    boxes = ("park", "bus", "none", "dk", "refused", "na")
    columns = {
        f"avoid_{box}": ["1" if box == code else EMPTY if code in silent else "0" for code in codes]
        for box in boxes
    }
    return coded(definition, **columns)


def test_those_who_were_asked_fall_into_parts(definition):
    answers = ["1", "2", "3", "3", "9", "8", EMPTY, EMPTY, ASKED, ASKED]
    found = unanswered(coded(definition, safe_dark=answers), [SAFE], definition)
    assert found == {"safe": Unanswered(asked=8, dont_know=1 / 8, missing=3 / 8)}


def test_an_answer_in_the_base_is_an_answer_whatever_it_means(definition):
    scored = Indicator(
        *("score", "Score", Kind.MEAN, ("safe_dark",)), scores={"1": 2, "2": 1, "3": 0, "9": 0}
    )
    found = unanswered(coded(definition, safe_dark=["1", "9", "8", "9"]), [scored], definition)
    assert found["score"] == Unanswered(4, 0, 1 / 4)


def test_a_person_is_counted_once_over_several_questions(definition):
    table = coded(
        definition,
        safe_day=["1", "1", "9", "9", ASKED, "1", ASKED],
        safe_dark=["2", "9", "9", EMPTY, "9", ASKED, ASKED],
    )
    found = unanswered(table, [BOTH], definition)["both"]
    assert found == Unanswered(asked=6, dont_know=3 / 6, missing=1 / 6)


def test_a_list_of_boxes_says_why_the_others_are_empty(definition):
    people = ticked(definition, "park", "bus", "none", "dk", "dk", "refused", "na", None)
    found = unanswered(people, [PARKS], definition)["parks"]
    assert found == Unanswered(asked=8, dont_know=2 / 8, missing=2 / 8)


def test_of_a_number_only_who_gave_one_is_known_to_be_asked(definition):
    years = Indicator("years", "Years", Kind.MEAN, ("years",), scores={"1": 1, "2": 2})
    found = unanswered(pd.DataFrame({"years": [1.0, None, 40.0]}), [years], definition)
    assert found["years"] == Unanswered(2, 0, 0)


def test_where_nobody_was_asked_there_are_no_shares(definition):
    for answers in ([ASKED, ASKED], []):
        found = unanswered(coded(definition, safe_dark=answers), [SAFE], definition)
        assert found["safe"] == Unanswered(0, 0, 0)


def test_an_indicator_is_taken_as_its_version_makes_it(definition):
    revised = Indicator(
        *("safe", "Feels safe", Kind.PROPORTION, ("was_safe",), ("1",), ("1", "2", "3")),
        revisions=(Revision(1, variables=("safe_dark",)),),
    )
    found = unanswered(coded(definition, safe_dark=["1", "9"]), [revised], definition)
    assert found["safe"] == Unanswered(2, 0.5, 0)


def test_a_column_that_is_not_there_is_named(definition):
    with pytest.raises(UnknownVariableError, match="safe needs the column safe_dark"):
        unanswered(coded(definition, safe_day=["1"]), [SAFE], definition)
