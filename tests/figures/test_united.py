"""Groups put together are a breakdown, and do not give away what they are made of."""

from figures.town import GROUP_OF, GROUPS, WARDS, people

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.indicators.model import United, UnitedGroup
from engage.figures.breakdowns import Areas, cuts, linked
from engage.figures.calculate import calculate
from engage.figures.indicators import indicator_file_of
from engage.figures.inputs import Inputs
from engage.figures.words import breakdown_titles
from engage.waves.catalogue import newest_file

YOUNG = load_definition(newest_file("young_people"))
FILE = indicator_file_of("young_people")
AREAS = Areas(WARDS, GROUPS, GROUP_OF)
MINORITIES = ("mixed", "asian", "black", "other")


def by_name(made):
    return {cut.factor.name: cut for cut in made}


def test_everybody_is_in_the_group_that_theirs_is_part_of():
    table = table_from_answers(YOUNG, [*people(YOUNG, 200)])
    made = by_name(cuts(YOUNG, table, AREAS, FILE.united))
    own, united = made["ethnicity"].factor, made["minority"].factor
    for code, together in zip(own.codes, united.codes, strict=True):
        group = own.categories[code] if code >= 0 else None
        expected = {None: None, "white": "white"}.get(group, "minority")
        assert (united.categories[together] if together >= 0 else None) == expected
    assert made["minority"].labels["white"] == "White"


def test_who_is_in_a_group_that_is_part_of_none_is_in_none():
    table = table_from_answers(YOUNG, [*people(YOUNG, 50)])
    some = United("some", "Some", "ethnicity", (UnitedGroup("two", "Two", ("asian", "black")),))
    made = by_name(cuts(YOUNG, table, AREAS, [some]))
    left = {
        made["ethnicity"].factor.categories[own]
        for own, code in zip(made["ethnicity"].factor.codes, made["some"].factor.codes, strict=True)
        if code < 0 <= own
    }
    assert left == {"white", "mixed", "other"}


def test_what_is_made_of_a_breakdown_that_is_not_there_is_not_there_either():
    table = table_from_answers(YOUNG, [*people(YOUNG, 20)])
    halves = United("halves", "Halves", "area_group", (UnitedGroup("n", "N", ("N",)),))
    assert "halves" in by_name(cuts(YOUNG, table, AREAS, [halves]))
    assert "halves" not in by_name(cuts(YOUNG, table, Areas({}, {}, {}), [halves]))


def test_parts_and_wholes_are_named_for_suppression():
    pairs = set(linked(AREAS, FILE.united))
    assert (("ward", "W1"), ("area_group", "N")) in pairs
    assert (("ethnicity", "asian"), ("minority", "minority")) in pairs


def test_titles_of_united_breakdowns_are_those_of_the_file():
    assert breakdown_titles(YOUNG, ["ethnicity", "minority", "odd"]) == {
        "ethnicity": "Ethnic group",
        "minority": "Ethnic group, two groups",
        "odd": "odd",
    }


def test_a_small_group_cannot_be_told_from_the_whole_and_its_other_parts():
    counts = {"white_british": 60, "mixed_other": 12, "indian": 90, "black_african": 110}
    groups = [group for group, count in counts.items() for _person in range(count)]
    home = {"connection": "resident", "ward": "W1"}
    some = [each for each in people(YOUNG, 700) if "ethnicity" in each][: len(groups)]
    answers = [each | home | {"ethnicity": group} for each, group in zip(some, groups, strict=True)]
    table = table_from_answers(YOUNG, answers)
    made = calculate(Inputs("now", YOUNG, table, FILE.indicators, [], AREAS, united=FILE.united))
    tidy = made.tidy[made.tidy["indicator"] == "would_report"]
    flags = {(row.breakdown, row.group): "[c]" in row.flag for row in tidy.itertuples(index=False)}
    assert flags["ethnicity", "mixed"]
    parts = [part for part in MINORITIES if flags["ethnicity", part]]
    assert len(parts) > 1 or flags["minority", "minority"]
