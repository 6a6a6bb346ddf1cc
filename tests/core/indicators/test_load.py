from pathlib import Path

import pytest

from engage.core.definition.faults import DefinitionError
from engage.core.indicators.load import load_indicators, parse_indicators
from engage.core.indicators.model import (
    Better,
    BreakKind,
    DeclaredBreak,
    Headline,
    Kind,
    at_version,
)

GOOD = """
questionnaire: fear_of_crime
indicators:
  - id: safe_dark
    name: Feels safe after dark
    kind: proportion
    variable: safe_dark
    numerator: ["1", "2"]
    base: ["1", "2", "3"]
    outside: ["9"]
    better: higher
    sensitive: true
    question: How safe do you feel after dark?
    note: Walking alone.
  - id: asb_high
    name: High perceived anti-social behaviour
    kind: sum_threshold
    variables: [litter, drugs]
    scores: {"1": 3, "2": 2, "3": 1, "4": 0}
    threshold: 4
    better: lower
"""

# The codes under which R's values for the reference data are kept.
EXPECTED = {
    *("safe_day", "safe_dark", "unsafe_dark", "safe_dark_dkin", "safe_dark_score"),
    *("police_good", "ni1", "ni2", "ni5", "ni21", "ni27", "ni17_complete", "ni17_dk0"),
    *("hate_problem", "victim", "would_report", "not_report"),
    *("avoid_any", "asb_score", "asb9_mean"),
    *(f"asb{j}_problem" for j in range(1, 10)),
    *(f"why_not_{j}" for j in range(1, 6)),
    *(f"avoid_{j}" for j in range(1, 5)),
}


def faults(text):
    with pytest.raises(DefinitionError) as caught:
        parse_indicators(text, "file.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_a_good_file_becomes_indicators(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text(GOOD, "utf-8")
    loaded = load_indicators(path)
    safe, high = loaded.indicators
    assert loaded.questionnaire == "fear_of_crime"
    assert (safe.id, safe.kind, safe.variables) == ("safe_dark", Kind.PROPORTION, ("safe_dark",))
    assert (safe.better, safe.sensitive, safe.outside) == (Better.HIGHER, True, ("9",))
    assert safe.question.startswith("How safe")
    assert (high.threshold, high.scores["1"], high.codes) == (4, 3.0, ("1", "2", "3", "4"))
    assert not high.sensitive


def test_every_fault_is_told_at_once_with_its_place():
    text = GOOD.replace("kind: proportion", "kind: share").replace('"1", "2"]', "1, 2]")
    told = faults(text)
    assert len(told) == 3
    assert any("indicators/0/kind" in each and "Use one of: proportion" in each for each in told)
    assert any("indicators/0/numerator/0" in each and "quotes" in each for each in told)
    assert all(each.startswith("file.yaml: ") for each in told)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: asb_high", "id: safe_dark", "'safe_dark' is used twice"),
        ("    threshold: 4\n", "", "has no threshold. Add threshold"),
        ("threshold: 4", 'threshold: 4\n    base: ["1"]', "has no use for base. Remove base"),
        ('base: ["1", "2", "3"]', 'base: ["1", "3"]', "the code '2', which is not in its base"),
        ('outside: ["9"]', 'outside: ["3"]', "'3' both in its base and outside"),
        ("better: higher", "better: up", "Use one of: higher, lower, neither"),
        ("    better: higher\n", "", "'better' is a required property. Add it"),
        ("note:", "remark:", "Remove it or correct its spelling"),
        ("kind: proportion", "kind: [", "line "),
        ("better: lower", "better: lower\n    better: higher", "written twice"),
    ],
)
def test_a_fault_is_told_with_its_remedy(old, new, said):
    assert old in GOOD
    assert any(said in each for each in faults(GOOD.replace(old, new)))


@pytest.mark.parametrize("text", ["", "- a\n", "indicators: []\n"])
def test_a_file_of_another_shape_is_refused(text):
    assert faults(text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_bytes(b"indicators: \xff")
    with pytest.raises(DefinitionError, match="not UTF-8"):
        load_indicators(path)


def test_the_indicators_of_the_reference_data_are_all_there():
    path = Path(__file__).parents[2] / "reference" / "indicators.yaml"
    found = {each.id: each for each in load_indicators(path).indicators}
    assert set(found) == EXPECTED
    assert found["victim"].sensitive
    assert found["ni17_complete"].threshold == 11


COMPARED = """
indicators:
  - id: safe
    name: Feels safe
    kind: proportion
    variable: q
    numerator: ["1"]
    base: ["1", "2"]
    better: higher
    target: {operator: ">=", value: 0.72, year: "2027", source: Strategy}
comparisons:
  groups:
    - {breakdown: sex, first: M, second: F}
  areas: {breakdown: ward, treated: [N], control: [S, W]}
"""


def test_a_target_and_comparisons_are_read():
    file = parse_indicators(COMPARED, "file.yaml")
    target = file.indicators[0].target
    assert (target.operator, target.value, target.year, target.source) == (
        *(">=", 0.72, "2027", "Strategy"),
    )
    (pair,) = file.comparisons.groups
    assert (pair.breakdown, pair.first, pair.second) == ("sex", "M", "F")
    assert file.comparisons.areas.control == {"S", "W"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0.72", "72", "but it is a share from 0 to 1"),
        ("better: higher", "better: lower", "but lower is better"),
        ("better: higher", "better: neither", "but no way is better"),
        ('">="', '">"', "Use one of: >=, <=, ="),
        ("[S, W]", "[S, N]", "N are both treated and control"),
    ],
)
def test_a_target_or_areas_that_cannot_be_meant_are_named(old, new, said):
    assert old in COMPARED
    with pytest.raises(DefinitionError, match=said):
        parse_indicators(COMPARED.replace(old, new), "file.yaml")


WHOLE = """
questionnaire: fear_of_crime
headlines:
  - {indicator: safe}
  - {indicator: safe, breakdown: minority, group: together, title: Ethnic minorities}
united:
  - id: minority
    title: Ethnic group, two groups
    of: ethnicity
    groups:
      - {code: together, label: Ethnic minorities, parts: [asian, black]}
      - {code: white, label: White, parts: [white]}
indicators:
  - id: safe
    name: Feels safe
    kind: proportion
    variable: safe_dark
    numerator: ["1", "2"]
    base: ["1", "2", "3"]
    better: higher
    breaks:
      - {from_version: 2, kind: mode, says: Since 2027 also on paper.}
    revisions:
      - {from_version: 2, variable: safe_night}
      - {from_version: 3, numerator: ["1"], base: ["1", "2"]}
"""


def test_headlines_united_groups_breaks_and_revisions_are_read():
    file = parse_indicators(WHOLE, "file.yaml")
    assert file.headlines == (
        Headline("safe"),
        Headline("safe", "minority", "together", "Ethnic minorities"),
    )
    (united,) = file.united
    assert (united.id, united.of, united.groups[0].parts) == (
        *("minority", "ethnicity", ("asian", "black")),
    )
    (safe,) = file.indicators
    assert safe.breaks == (DeclaredBreak(2, BreakKind.MODE, "Since 2027 also on paper."),)
    assert [at_version(safe, version).variables for version in (1, 2)] == [
        *(("safe_dark",), ("safe_night",)),
    ]
    assert (at_version(safe, 2).base, at_version(safe, 3).base) == (("1", "2", "3"), ("1", "2"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{indicator: safe}", "{indicator: safer}", "there is no indicator 'safer'. Correct"),
        ("{indicator: safe}", "{indicator: safe, breakdown: age}", "both a breakdown and one of"),
        ("{indicator: safe}", "{indicator: safe, group: young}", "both a breakdown and one of"),
        ("group: together", "group: others", "'minority' does not have. Use one of: together"),
        (
            *("{indicator: safe}", "{indicator: safe, breakdown: minority, group: together}"),
            "safe minority together is there twice",
        ),
        ("parts: [white]", "parts: [white, black]", "has 'black' in two of its groups. Keep it in"),
        ("code: white", "code: together", "'minority' has two groups 'together'"),
        ("- id: minority", "- id: ward", "the id 'ward' is taken by another breakdown"),
        ("of: ethnicity", "of: minority", "which is put together itself"),
        ("{from_version: 2, kind", "{from_version: 1, kind", "a break since version 1, and no"),
        ("{from_version: 2, var", "{from_version: 1, var", "a revision since version 1, and no"),
        ("{from_version: 3", "{from_version: 2", "comes after the one since version 2. Write"),
        ("variable: safe_night", "variables: [a, b]", "has no use for variables: the indicator is"),
        ("variable: safe_night", "threshold: 3", "has no use for threshold"),
        ('numerator: ["1"], base: ["1", "2"]', 'base: ["1"]', "since version 3, 'safe' counts the"),
        ("kind: mode", "kind: weather", "Use one of: wording, order, mode, answers, asked"),
        ("from_version: 2, variable: safe_night", "from_version: 2", "enough properties"),
    ],
)
def test_what_cannot_be_meant_by_them_is_named_with_its_remedy(old, new, said):
    assert old in WHOLE
    assert any(said in each for each in faults(WHOLE.replace(old, new, 1)))
