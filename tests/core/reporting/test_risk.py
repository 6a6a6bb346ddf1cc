"""The points of a report explain themselves, and leave the judgement to a person."""

from hypothesis import given, strategies as st

from engage.config import ROOT
from engage.core.definition.load import load_definition
from engage.core.reporting.risk import HIGH_FROM, RAISED_FROM, Urgency, weigh
from engage.core.reporting.risk_rules import RULES

FORM = ROOT / "engage" / "definitions" / "safe_report" / "v1.yaml"
ANSWERS = st.dictionaries(
    st.sampled_from(sorted({rule.question for rule in RULES})),
    st.sampled_from(
        ["yes", "no", "dont_know", "", None, ["alone", "children"], ["yes"], "under_18", "very"]
    ),
)


@given(ANSWERS)
def test_the_points_are_those_of_the_reasons_that_are_told(answers) -> None:
    risk = weigh(answers)
    assert risk.points == sum(reason.points for reason in risk.reasons)
    assert [each.points for each in risk.reasons] == sorted(
        (each.points for each in risk.reasons), reverse=True
    )
    assert all(reason.question in answers for reason in risk.reasons)


@given(ANSWERS, st.sampled_from(RULES))
def test_one_more_answer_that_counts_never_makes_it_look_less_urgent(answers, rule) -> None:
    order = list(Urgency)
    before = {key: value for key, value in answers.items() if key != rule.question}
    after = before | {rule.question: [min(rule.codes)]}
    assert weigh(after).points >= weigh(before).points + rule.points
    assert order.index(weigh(after).suggests) >= order.index(weigh(before).suggests)


def test_danger_now_is_high_whatever_the_points_say() -> None:
    assert weigh({"injured_now": "yes"}).suggests is Urgency.HIGH
    assert weigh({"injured_now": "yes"}).points < HIGH_FROM
    assert weigh({"afraid": "some", "repeat": "yes"}).points == RAISED_FROM
    assert weigh({"afraid": "some", "repeat": "yes"}).suggests is Urgency.RAISED
    assert weigh({"afraid": "some"}).suggests is Urgency.STANDARD


def test_every_rule_asks_for_answers_that_the_form_offers() -> None:
    questions = load_definition(FORM).questions
    for rule in RULES:
        offered = {option.code for option in questions[rule.question].options}
        assert rule.codes <= offered, rule


def test_what_nobody_knows_is_told_as_unknown_and_not_as_safe() -> None:
    assert "escalating" in weigh({"escalating": "dont_know"}).unanswered
    assert "escalating" in weigh({}).unanswered
    assert "escalating" not in weigh({"escalating": "no"}).unanswered
