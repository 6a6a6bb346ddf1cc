"""Headlines with and without what cleaning took out, and nothing where that would tell of a few."""

import pytest
from conftest import NOON
from figures.town import GROUP_OF, GROUPS, WARDS, answer, found, people, wave_of

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.indicators.model import Headline
from engage.extensions import db
from engage.figures.breakdowns import Areas
from engage.figures.calculate import calculate
from engage.figures.indicators import indicator_file_of
from engage.figures.inputs import Inputs
from engage.figures.moved import Unsaid
from engage.figures.refresh import refresh
from engage.figures.store import figures_of, newest_run
from engage.waves.catalogue import newest_file

YOUNG = load_definition(newest_file("young_people"))
FILE = indicator_file_of("young_people")
HOME = {"age_band": "18_21", "connection": "resident", "ward": "W1", "safe_live": "1"}
ALL = ("would_report", "overall", "all")
GIRLS = ("would_report", "sex", "female")


def trials(count, **said):
    """Answers that a rule removes, all alike but for their submission."""
    return [
        HOME | {"would_report": "1", "sex": "male", "ethnicity": "white_british"} | said
    ] * count


def outcome(taken, answered=400, **given):
    """The figures when so many people answered and these were trials."""
    everyone = [*people(YOUNG, answered), *taken]
    table = table_from_answers(YOUNG, everyone)
    table["@source"] = table["@source"].cat.add_categories(["test"])
    table.loc[answered:, "@source"] = "test"
    return calculate(
        Inputs(
            "now",
            YOUNG,
            table,
            FILE.indicators,
            [],
            Areas(WARDS, GROUPS, GROUP_OF),
            **{"headlines": FILE.headlines, "united": FILE.united} | given,
        )
    )


def by_place(made):
    return {(each.indicator, each.breakdown, each.group): each for each in made}


def base_and_yes(made, place):
    indicator, breakdown, group = place
    tidy = made.tidy
    row = tidy[
        (tidy["indicator"] == indicator)
        & (tidy["breakdown"] == breakdown)
        & (tidy["group"] == group)
    ].iloc[0]
    return row["base"], row["estimate"] * row["base"]


def test_a_headline_is_told_with_and_without_the_many_that_were_taken_out():
    made = outcome(trials(60, sex="female"))
    assert made.flow.removed["trial"] == 60
    moved = by_place(made.sensitivity)
    for place in (ALL, GIRLS):
        base, yes = base_and_yes(made, place)
        assert moved[place].used == pytest.approx(yes / base)
        assert moved[place].received == pytest.approx((yes + 60) / (base + 60))
        assert moved[place].difference == moved[place].used - moved[place].received < 0
        assert moved[place].reason == ""
    assert moved[GIRLS].title == "Girls and young women who would report a crime"
    assert moved["unsafe_live", "overall", "all"].title.startswith("Feels a bit unsafe")


def test_what_fewer_than_30_said_who_were_taken_out_is_not_told():
    moved = by_place(outcome(trials(29)).sensitivity)
    assert moved[ALL].reason == Unsaid.HIDDEN
    assert moved[ALL].used is moved[ALL].received is moved[ALL].difference is None
    # Nobody of them was a girl: there is nothing to hide.
    assert moved[GIRLS].difference == 0


def test_of_a_large_base_it_is_told_in_whole_points_how_far_a_few_moved_the_figure():
    made = outcome([*trials(14), *trials(6, would_report="4")], 800)
    moved = by_place(made.sensitivity)
    base, yes = base_and_yes(made, ALL)
    assert moved[ALL].reason == Unsaid.ROUNDED
    assert moved[ALL].received is None
    exact = yes / base - (yes + 14) / (base + 20)
    assert moved[ALL].difference == pytest.approx(exact, abs=0.005)
    assert 100 * moved[ALL].difference == pytest.approx(round(100 * moved[ALL].difference))


def test_a_jump_that_tells_how_a_few_answered_is_not_told():
    moved = by_place(outcome(trials(28, would_report="4"), 640).sensitivity)
    assert moved[ALL].reason == Unsaid.HIDDEN
    assert moved[ALL].difference is None


def test_a_group_of_whom_few_were_taken_out_is_hidden_where_the_rest_is_not():
    moved = by_place(outcome([*trials(40), *trials(12, sex="female")]).sensitivity)
    assert moved[GIRLS].reason in {Unsaid.HIDDEN, Unsaid.ROUNDED}
    assert moved[GIRLS].received is None
    assert moved[ALL].reason == ""


def test_few_in_a_group_are_not_told_by_the_rest_and_the_total():
    boys = ("would_report", "sex", "male")
    headlines = [Headline(*place) for place in (ALL, GIRLS, boys)]
    taken = [*trials(40), *trials(12, sex="female", would_report="4")]
    moved = by_place(outcome(taken, headlines=headlines).sensitivity)
    told = {place for place, each in moved.items() if not each.reason}
    assert len(told & {ALL, boys}) < 2
    assert GIRLS not in told


def test_of_a_sensitive_figure_few_on_one_side_are_hidden():
    headlines = [Headline("victim")]
    for victims, reason in ((5, Unsaid.HIDDEN), (10, "")):
        taken = [*trials(60, victim=("none",)), *trials(victims, victim=("theft",))]
        (moved,) = outcome(taken, headlines=headlines).sensitivity
        assert moved.reason == reason


def test_where_nothing_was_taken_out_nothing_moved():
    for each in outcome([]).sensitivity:
        assert each.reason or (each.used == each.received and each.difference == 0)


def test_figures_that_are_hidden_or_of_nobody_are_not_told():
    assert {each.reason for each in outcome(trials(60), 12).sensitivity} == {Unsaid.HIDDEN}
    assert {each.reason for each in outcome([], 0).sensitivity} == {Unsaid.NOBODY}


def test_headlines_of_visitors_or_of_unknown_groups_are_left_out():
    headlines = [Headline("would_report", "connection", "visitor"), Headline(*ALL)]
    headlines.append(Headline("would_report", "sex", "nobody"))
    (moved,) = outcome(trials(60), headlines=headlines).sensitivity
    assert (moved.indicator, moved.breakdown, moved.group) == ALL


def test_without_headlines_nothing_is_looked_at():
    assert outcome(trials(60), headlines=()).sensitivity == ()


def test_weighted_headlines_are_stored_with_the_run(app):
    session = db.session()
    found(session)
    wave = wave_of(session)
    definition = load_definition(newest_file("fear_of_crime"))
    everyone = [*people(definition, 500)]
    answer(session, wave, everyone[:400])
    answer(session, wave, everyone[400:], start=400, source="test")
    refresh(session, wave.id, NOON)
    session.commit()
    run = newest_run(session, wave.id)
    assert run.weighting.weighted
    figures = {
        (each.indicator, each.breakdown, each.group): each.estimate.value
        for each in figures_of(session, run.id)
    }
    told = [each for each in run.sensitivity if not each.reason]
    assert len(told) > 3
    for each in told:
        assert each.used == pytest.approx(figures[each.indicator, each.breakdown, each.group])
        assert each.received != each.used
