import pytest

from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import Whom, caveat, listed, those

MARGINS = ("age and sex", "ward")
WEIGHTED = " (their answers weighted to match the borough by age, sex and ward)"


def test_of_people_with_a_code_it_is_said_that_nobody_else_could_answer():
    for sample in SampleType:
        said = caveat(sample, invited=True)
        assert "given a one-time code" in said
        assert "Anyone with the link" not in said
        assert "drawn" not in said


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        (Whom(SampleType.OPEN_LINK, MARGINS), f"those who answered{WEIGHTED}"),
        (Whom(SampleType.OPEN_LINK), "those who answered"),
        (
            Whom(SampleType.OPEN_LINK, ("age",), group="Disabled"),
            (
                "those in the group “Disabled” who answered "
                "(their answers weighted to match the borough by age)"
            ),
        ),
        (
            Whom(SampleType.OPEN_LINK, group="I work, study or visit here"),
            "those in the group “I work, study or visit here” who answered",
        ),
        (Whom(SampleType.PANEL, MARGINS), f"panel members who answered{WEIGHTED}"),
        (
            Whom(SampleType.PANEL, group="16 to 24"),
            "panel members in the group “16 to 24” who answered",
        ),
        (Whom(SampleType.RANDOM, MARGINS), "residents"),
        (Whom(SampleType.RANDOM, MARGINS, "16 to 24"), "residents in the group “16 to 24”"),
        (Whom(SampleType.RANDOM, MARGINS, people="women who live here"), "women who live here"),
        (Whom(SampleType.RANDOM), "those who answered"),
    ],
)
def test_a_figure_is_of_those_whom_it_can_speak_of(whom, said):
    assert those(whom) == said


def test_only_a_weighted_random_sample_speaks_of_residents():
    speak = [
        (sample, margins)
        for sample in SampleType
        for margins in ((), MARGINS)
        if Whom(sample, margins).speaks_of_residents
    ]
    assert speak == [(SampleType.RANDOM, MARGINS)]


def test_every_sample_has_its_caveat():
    assert len({caveat(sample) for sample in SampleType}) == 3
    for sample in SampleType:
        assert "allows for chance only" in caveat(sample)
        assert ("not a random sample" in caveat(sample)) is (sample is not SampleType.RANDOM)


@pytest.mark.parametrize(
    ("names", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed(names, said):
    assert listed(names) == said
