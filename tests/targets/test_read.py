"""Targets from a CSV file: what is taken, and everything that is wrong told at once."""

import pytest

from engage.core.files.faults import RefusedFileError
from engage.core.indicators.goals import Goal
from engage.core.indicators.model import Better, Indicator, Kind
from engage.core.statistics.target import Operator, Target
from engage.targets.known import Known
from engage.targets.read import read_targets

YES_NO = {"numerator": ("1",), "base": ("0", "1")}
INDICATORS = {
    each.id: each
    for each in (
        Indicator("safe", "Safe", Kind.PROPORTION, ("q",), better=Better.HIGHER, **YES_NO),
        Indicator("asb", "ASB", Kind.MEAN_OF_PROPORTIONS, ("q", "r"), better=Better.LOWER),
        Indicator("why", "Why", Kind.PROPORTION, ("q",), **YES_NO),
        Indicator(
            "score",
            "Score",
            Kind.SUM_MEAN,
            ("q", "r"),
            scores={"0": 1.0, "1": 5.0},
            better=Better.HIGHER,
        ),
    )
}
GROUPS = {
    "overall": {"all": "Everybody"},
    "sex": {"female": "Women", "male": "Men"},
    "ward": {},
}
HEADING = "questionnaire,indicator,breakdown,group,operator,value,year,source\n"
SHORT = "indicator,operator,value,year,source\n"


def known(questionnaire):
    if questionnaire != "fear":
        raise LookupError(f"There is no questionnaire {questionnaire!r}. There are: fear.")
    return Known(INDICATORS, GROUPS)


@pytest.fixture
def read(tmp_path):
    def of(text, questionnaire=None):
        file = tmp_path / "targets.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_targets(file, known, questionnaire)

    return of


def faults(read, text, questionnaire="fear"):
    with pytest.raises(RefusedFileError) as refused:
        read(text, questionnaire)
    return refused.value.faults


def test_targets_are_read_with_their_groups_years_and_sources(read):
    text = (
        HEADING
        + "fear,safe,,,>=,72%,2025/26,Plan 2025\n"
        + "fear,safe,sex,female,>=,0.65,2025-2026,Plan 2025\n"
        + 'fear,asb,overall,all,=,20 %,2026,"Cabinet, 3 May"\n'
        + "\n"
        + "fear,score,,,>=,6.5,2026,Plan\n"
    )
    assert read(text) == {
        "fear": [
            Goal("safe", Target(Operator.AT_LEAST, 0.72, "2025/26", "Plan 2025")),
            Goal("safe", Target(Operator.AT_LEAST, 0.65, "2025/26", "Plan 2025"), "sex", "female"),
            Goal("asb", Target(Operator.HOLD, 0.2, "2026", "Cabinet, 3 May")),
            Goal("score", Target(Operator.AT_LEAST, 6.5, "2026", "Plan")),
        ]
    }


def test_the_survey_can_be_named_instead_of_written_in_each_row(read):
    assert [*read(SHORT + "safe,>=,0.7,2026,Plan\n", "fear")] == ["fear"]
    (fault,) = faults(read, HEADING + "pets,safe,,,>=,0.7,2026,Plan\n")[:1]
    assert fault == "Line 2 is for 'pets', but the file was to be for 'fear'."
    told = faults(read, SHORT + "safe,>=,0.7,2026,Plan\n", None)
    assert told == ("Line 2 has no questionnaire. Fill in the column, or name it.",)


def test_a_byte_order_mark_does_no_harm_and_latin_1_is_refused(read):
    row = "safe,>=,0.7,2026,Café\n"
    assert read(b"\xef\xbb\xbf" + (SHORT + row).encode(), "fear")
    (fault,) = faults(read, (SHORT + row).encode("latin-1"))
    assert fault == "It is not UTF-8. Save it as UTF-8, then try again."


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("safe,>=,72,2026,P", "72 is not from 0% to 100%. Write 72% or 0.72."),
        ("safe,>=,101%,2026,P", "101% is not from 0% to 100%. Write 72% or 0.72."),
        ("safe,>=,nan,2026,P", "the value 'nan' is not a number like 72%, 0.72 or 3.4."),
        ("safe,>=,1e-1,2026,P", "the value '1e-1' is not a number like 72%, 0.72 or 3.4."),
        ("safe,>=,,2026,P", "the value '' is not a number like 72%, 0.72 or 3.4."),
        ('safe,>=,"0,72",2026,P', "the value '0,72' is not a number like 72%, 0.72 or 3.4."),
        ("score,>=,50%,2026,P", "score is a score, not a percentage, so 50% is no target."),
        ("score,>=,11,2026,P", "score goes from 2 to 10, so 11 is no target."),
        ("safe,≥,0.72,2026,P", "the operator '≥' is none of >=, <= and =."),
        ("safe,<=,0.72,2026,P", "<= does not fit safe, of which higher is better."),
        ("asb,>=,0.2,2026,P", ">= does not fit asb, of which lower is better."),
        ("why,=,0.2,2026,P", "of why no way is better, so it has no target."),
        ("safe,>=,0.72,,P", "'' is not a year like 2026 or 2025/26."),
        ("safe,>=,0.72,2025/27,P", "'2025/27' is not a year like 2026 or 2025/26."),
    ],
)
def test_a_value_that_cannot_be_one_is_told_with_its_line(read, row, told):
    assert faults(read, SHORT + row + "\n") == (f"Line 2: {told}",)


def test_a_target_says_where_it_is_written_down(read):
    assert faults(read, SHORT + "safe,>=,0.72,2026,\n") == ("Line 2 has no source.",)
    (fault,) = faults(read, SHORT + f"safe,>=,0.72,2026,{'x' * 201}\n")
    assert "is longer than 200 characters" in fault


def test_what_is_unknown_is_named_with_what_there_is(read):
    told = faults(
        read,
        HEADING
        + "fear,sade,,,>=,0.7,2026,P\n"
        + "fear,safe,sex,women,>=,0.7,2026,P\n"
        + "fear,safe,gender,female,>=,0.7,2026,P\n"
        + "fear,safe,ward,,>=,0.7,2026,P\n"
        + "fear,safe,,female,>=,0.7,2026,P\n"
        + "pets,safe,,,>=,0.7,2026,P\n",
        None,
    )
    assert told == (
        "Line 2: 'sade' is none of the indicators of fear.",
        "Line 3: 'women' is none of the groups of sex in fear.",
        "Line 4: 'gender' is none of the breakdowns of fear.",
        "Line 5 names none of the groups of ward in fear.",
        "Line 6: 'female' is none of the groups of overall in fear.",
        "Line 7: There is no questionnaire 'pets'. There are: fear.",
        "The indicators of fear are: safe, asb, why, score.",
        "The groups of sex in fear are: female (Women), male (Men).",
        "The breakdowns of fear are: overall, sex, ward.",
        "The groups of ward in fear are: none.",
        "The groups of overall in fear are: all (Everybody).",
    )


def test_one_figure_has_one_target_a_year(read):
    rows = "safe,>=,0.7,2025/26,P\nsafe,>=,0.8,2026,P\nsafe,>=,0.7,2025-26,P\n"
    (fault,) = faults(read, SHORT + rows)
    assert fault == "Line 4 is for the same figure and year as line 2."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "It is empty. It needs a line of column headings, then its rows."),
        (SHORT, "It has no targets."),
        ("indicator,operator,value,year\n", "It has no column for the source (source)."),
        (SHORT + "safe,>=,0.7\n", "Line 2 has 3 values where the heading has 5."),
    ],
)
def test_a_file_without_what_it_needs_is_refused(read, text, told):
    assert faults(read, text)[0] == told
