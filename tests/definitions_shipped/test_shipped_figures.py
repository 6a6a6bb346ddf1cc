"""Which figures come out of the shipped questionnaires, and that each can be worked out."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd

from engage.core.definition.codebook import NOT_ANSWERED, Variable, pack, variables
from engage.core.definition.kinds import CHOICE_KINDS, Kind, Means
from engage.core.definition.model import Definition
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.model import Better, Indicator, Kind as Made
from engage.core.statistics.sample import take_sample

NATIONAL = ("1", "2", "5", "21", "22", "23", "27", "37", "41", "42")
FEAR_OF_CRIME = {
    *("safe_live", "unsafe_live", "safe_day", "safe_dark", "unsafe_dark", "safe_dark_score"),
    *(f"ni{number}" for number in NATIONAL),
    *("ni17_complete", "ni17_dk0", "asb_score", "asb9_mean", "police_good", "hate_problem"),
    *("worry_crime", "worry_burglary", "worry_robbery", "worry_violence", "worry_fraud"),
    *("victim", "witness", "crime_exp", "would_report", "not_report", "why_not_trust"),
    *("avoid_any", "avoid_park", "asb_litter_problem", "asb_racial_problem"),
}
YOUNG_PEOPLE = {
    *("safe_live", "unsafe_live", "safe_out_day", "safe_out_dark", "why_unsafe_knives"),
    *("avoid_any", "why_violence_peer_pressure", "what_helps_jobs", "would_report", "not_report"),
    *("why_not_snitch", "victim", "witness", "crime_exp", "undetected_knives"),
}
WOMEN_AND_GIRLS = {
    *("safe_live", "unsafe_live", "why_unsafe_harassment", "worry_sexual", "safe_travel_day"),
    *("safe_travel_dark", "safe_waiting", "safe_park", "safe_shops", "safe_pubs", "avoid_any"),
    *("help_now_cctv", "help_later_schools", "would_report", "not_report", "why_not_reprisals"),
    *("victim", "victim_general", "victim_sexual", "witness", "crime_exp"),
}
EXPECTED = {
    "fear_of_crime": FEAR_OF_CRIME,
    "young_people": YOUNG_PEOPLE,
    "women_and_girls": WOMEN_AND_GIRLS,
}
SEVEN = {"asb_noise", "asb_teenagers", "asb_litter", "asb_vandalism", "asb_drugs", "asb_drunk"}
SEVEN |= {"asb_cars"}
NINE = SEVEN - {"asb_cars"} | {"asb_dogs", "asb_racial", "asb_nothing_to_do"}

# The bands of the residents by ward that the statistics office publishes: first ages, and 999.
PUBLISHED_BANDS = [(0, 15), (16, 29), (30, 44), (45, 64), (65, 999)]


def by_name(definition: Definition) -> dict[str, Variable]:
    return {variable.name: variable for variable in variables(definition)}


def row(definition: Definition, **answers: str | tuple[str, ...]) -> pd.DataFrame:
    """One person's answers as the coded table holds them."""
    adult = next(each for each in definition.questions["age_band"].options if each.age[0] == 16)
    base = {"age_band": adult.code, "woman_or_girl": "yes", "connection": "resident"}
    given = {
        name: answer for name, answer in (base | answers).items() if name in definition.questions
    }
    packed = pack(definition, given)
    columns = variables(definition)
    assert len(packed) == len(columns)
    return pd.DataFrame(
        {
            variable.name: pd.Categorical(
                [variable.categories[place]], categories=list(variable.categories)
            )
            for variable, place in zip(columns, packed, strict=True)
        }
    )


def value(table: pd.DataFrame, indicator: Indicator) -> float | None:
    """What the one person in the table counts for; None outside the base."""
    counted = count_indicators(table, [indicator], take_sample(1))
    (found,) = counted.values(0, np.array([0])).tolist()
    return None if math.isnan(found) else found


def test_every_promised_figure_is_there(definition, indicators):
    assert set(indicators) >= EXPECTED[definition.id]


def test_every_figure_is_made_of_columns_and_codes_that_exist(definition, indicators):
    known = by_name(definition)
    for indicator in indicators.values():
        for name in indicator.variables:
            assert name in known, (indicator.id, name)
            unknown = {*indicator.codes, *indicator.numerator} - {*known[name].categories}
            assert not unknown, (indicator.id, name, unknown)


def test_no_base_holds_a_dont_know_or_a_refusal_except_where_the_name_says_so(
    definition, indicators
):
    for indicator in indicators.values():
        for name in indicator.variables:
            question = definition.questions[by_name(definition)[name].question]
            if question.kind in CHOICE_KINDS and indicator.id != "ni17_dk0":
                substantive = {each.code for each in question.options if each.means is None}
                assert set(indicator.codes) == substantive, indicator.id


def test_every_closed_question_is_put_to_use(definition, indicators):
    used = {
        by_name(definition)[name].question
        for each in indicators.values()
        for name in each.variables
    }
    used |= {
        question
        for breakdown in definition.breakdowns
        for group in breakdown.groups
        for question in group.when.questions()
    }
    used |= set(definition.roles.values())
    closed = {each.id for each in definition.questions.values() if each.options}
    assert closed - used <= {"woman_or_girl"}


def test_what_is_about_victims_hate_or_sexual_harm_is_marked_sensitive(definition, indicators):
    for indicator in indicators.values():
        questions = {by_name(definition)[name].question for name in indicator.variables}
        themes = {theme for each in questions for theme in definition.questions[each].themes}
        hate = questions in ({"hate_crime"}, {"asb_racial"})
        assert indicator.sensitive is bool(themes or hate), indicator.id


def test_no_figure_mixes_the_four_point_safety_scale_with_the_five_point_one(fear_of_crime):
    four, five = (
        [each.code for each in fear_of_crime.questions[name].options if each.means is None]
        for name in ("safe_live", "safe_dark")
    )
    assert (len(four), len(five)) == (4, 5)


def test_the_other_surveys_keep_to_the_four_point_scale(young_people, women_and_girls):
    for definition in (young_people, women_and_girls):
        for question in definition.questions.values():
            if question.id.startswith("safe_"):
                labels = [each.label for each in question.options if each.means is None]
                assert labels == ["Very safe", "Fairly safe", "A bit unsafe", "Not at all safe"]


def test_the_direction_of_the_headlines_is_right(indicators):
    better = {each.id: each.better for each in indicators.values()}
    for name, direction in better.items():
        if name.startswith("safe_") or name in {"would_report", "police_good", "ni2", "ni21"}:
            assert direction is Better.HIGHER, name
        if name in {"unsafe_live", "unsafe_dark", "not_report", "victim", "ni23", "asb9_mean"}:
            assert direction is Better.LOWER, name
        if name.startswith("why_not_"):
            assert direction is Better.NEITHER, name


def test_the_measures_of_anti_social_behaviour_have_their_seven_and_nine_items(
    fear_of_crime_indicators,
):
    by_id = fear_of_crime_indicators
    assert set(by_id["ni17_complete"].variables) == SEVEN
    assert set(by_id["ni17_dk0"].variables) == SEVEN
    assert set(by_id["asb9_mean"].variables) == NINE
    assert len(SEVEN | NINE) == 10
    assert by_id["asb9_mean"].kind is Made.MEAN_OF_PROPORTIONS


def test_eleven_points_of_twenty_one_are_a_high_level(fear_of_crime, fear_of_crime_indicators):
    high = fear_of_crime_indicators["ni17_complete"]
    big = dict.fromkeys(sorted(SEVEN)[:3], "1")
    rest = dict.fromkeys(sorted(SEVEN)[3:], "4")
    ten = row(fear_of_crime, **big | rest | {sorted(SEVEN)[3]: "3"})
    eleven = row(fear_of_crime, **big | rest | {sorted(SEVEN)[3]: "2"})
    assert value(ten, high) == 0
    assert value(eleven, high) == 1


def test_a_dont_know_leaves_the_strict_rule_and_scores_nothing_in_the_other(
    fear_of_crime, fear_of_crime_indicators
):
    answers = dict.fromkeys(SEVEN, "1") | {"asb_drugs": "9"}
    table = row(fear_of_crime, **answers)
    assert value(table, fear_of_crime_indicators["ni17_complete"]) is None
    assert value(table, fear_of_crime_indicators["ni17_dk0"]) == 1


def test_none_of_these_counts_and_a_refusal_does_not(definition, indicators):
    witness = definition.questions["witness"]
    none = next(each.code for each in witness.options if each.means is Means.NONE_OF_THESE)
    for ticked, expected in {none: 0, "violence": 1, "refused": None, "dont_know": None}.items():
        assert value(row(definition, witness=(ticked,)), indicators["witness"]) == expected, ticked
    assert value(row(definition), indicators["witness"]) is None


def test_refusing_a_list_leaves_the_rest_of_it_unanswered(definition):
    table = row(definition, witness=("refused",))
    assert table["witness_refused"].iloc[0] == "1"
    assert table["witness_violence"].iloc[0] == NOT_ANSWERED


def test_women_who_answered_both_lists_are_the_base_of_victims(
    women_and_girls, women_and_girls_indicators
):
    by_id = women_and_girls_indicators
    both = row(women_and_girls, victim=("none",), victim_sexual=("comments",))
    one = row(women_and_girls, victim=("theft",))
    girl = row(women_and_girls, age_band="13_15", victim=("theft",))
    assert value(both, by_id["victim"]) == 1
    assert value(one, by_id["victim"]) is None
    assert value(girl, by_id["victim"]) is None
    assert value(girl, by_id["victim_general"]) == 1


def test_age_bands_nest_in_the_published_ones_so_that_nothing_is_interpolated(
    fear_of_crime, women_and_girls
):
    for definition in (fear_of_crime, women_and_girls):
        for option in definition.questions["age_band"].options:
            if option.age:
                low, high = option.age[0], option.age[1] or 999
                assert any(first <= low and high <= last for first, last in PUBLISHED_BANDS)


def test_age_bands_follow_each_other_without_a_gap(definition):
    bands = [each.age for each in definition.questions["age_band"].options if each.age]
    assert bands[0][0] == 0
    assert bands[-1][1] is None
    assert all(before[1] + 1 == after[0] for before, after in pairwise(bands))


def test_ethnic_groups_are_the_five_and_disability_is_worked_out(definition):
    breakdowns = {each.id: each for each in definition.breakdowns}
    labels = [group.label for group in breakdowns["ethnicity"].groups]
    assert labels == ["White", "Mixed", "Asian", "Black", "Other"]
    assert [group.code for group in breakdowns["disability"].groups] == ["disabled", "not_disabled"]
    assert not any(each.kind is Kind.NUMBER for each in definition.questions.values())


def test_who_would_report_leads_the_page_for_women_the_young_and_ethnic_minorities(
    definition, file
):
    groups = {
        "fear_of_crime": {("sex", "female"), ("age", "16_24"), ("minority", "minority")},
        "young_people": {("overall", "all"), ("sex", "female"), ("minority", "minority")},
        "women_and_girls": {("overall", "all"), ("age", "16_24"), ("minority", "minority")},
    }[definition.id]
    leading = [each for each in file.headlines if each.indicator == "would_report"]
    assert groups <= {(each.breakdown, each.group) for each in leading}
    assert all(each.title for each in leading if each.breakdown != "overall")


def test_every_ethnic_group_is_in_one_of_the_two_that_are_put_together(definition, file):
    (united,) = file.united
    breakdown = next(each for each in definition.breakdowns if each.id == united.of)
    parts = [part for group in united.groups for part in group.parts]
    assert sorted(parts) == sorted(group.code for group in breakdown.groups)


def test_what_ships_sets_no_targets_of_a_council(indicators):
    assert not [each.id for each in indicators.values() if each.target]
