from dataclasses import replace

from engage.core.definition import kinds
from engage.core.definition.condition import Condition
from engage.core.definition.model import Definition
from engage.core.definition.question import Option, Question, Section
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Indicator, Kind

WOULD = Indicator(
    "would", "Would", Kind.PROPORTION, ("report",), ("1", "2"), ("1", "2", "3"), sensitive=True
)
WOULD_NOT = replace(WOULD, id="would_not", numerator=("3",), base=("3", "2", "1"), sensitive=False)


def test_sensitive_indicators_are_named():
    assert disclosure([WOULD, WOULD_NOT]).sensitive == {"would"}


def test_two_halves_of_one_question_are_complements():
    assert disclosure([WOULD, WOULD_NOT]).complements == (("would", "would_not"),)


def test_two_parts_that_leave_a_third_are_not():
    part = replace(WOULD_NOT, numerator=("2",))
    assert disclosure([replace(WOULD, numerator=("1",)), part]).complements == ()


def test_two_parts_that_overlap_are_not():
    overlapping = replace(WOULD_NOT, numerator=("2", "3"))
    assert disclosure([WOULD, overlapping]).complements == ()


def test_the_same_answers_to_another_question_are_not():
    assert disclosure([WOULD, replace(WOULD_NOT, variables=("other",))]).complements == ()
    assert disclosure([WOULD, replace(WOULD_NOT, base=("1", "2", "3", "9"))]).complements == ()


def test_a_mean_of_shares_and_a_score_of_one_question_go_with_the_shares():
    other = replace(WOULD, id="other", variables=("other",))
    mean = replace(WOULD, id="mean", kind=Kind.MEAN_OF_PROPORTIONS, variables=("report", "other"))
    score = Indicator("score", "Score", Kind.MEAN, ("report",), scores={"1": 1, "2": 2, "3": 3})
    several = replace(score, id="several", kind=Kind.SUM_MEAN, variables=("report", "other"))
    made = disclosure([WOULD, WOULD_NOT, other, mean, score, several])
    assert made.goes_with == {
        "mean": frozenset({"would", "other"}),
        "score": frozenset({"would", "would_not"}),
    }


def test_any_of_several_is_a_union_where_every_one_is_there():
    boxes = [
        Indicator(f"box_{n}", "Box", Kind.PROPORTION, (f"box_{n}",), ("1",), ("0", "1"))
        for n in range(3)
    ]
    any_ = replace(
        boxes[0], id="any", kind=Kind.ANY, variables=tuple(box.variables[0] for box in boxes)
    )
    assert disclosure([*boxes, any_]).unions == {"any": ("box_0", "box_1", "box_2")}
    assert disclosure([*boxes[:2], any_]).unions == {}


def test_a_follow_up_goes_wherever_what_leads_to_it_is_hidden():
    lead = Question("report", kinds.Kind.SINGLE, "Would you?", tuple(Option(c, c) for c in "123"))
    why = Question(
        "why", kinds.Kind.SINGLE, "Why not?", (Option("1", "Fear"),),
        show_if=Condition(question="report", codes=frozenset("3")),
    )  # fmt: skip
    fear = Indicator("fear", "Fear", Kind.PROPORTION, ("why",), ("1",), ("1", "2"))
    section = Section("s", "S", (lead, why))
    definition = Definition("d", 1, "D", "all", 5, "", "", "", (section,))
    made = disclosure([WOULD, WOULD_NOT, fear], definition)
    assert made.goes_with == {"fear": frozenset({"would", "would_not"})}
    assert disclosure([WOULD, WOULD_NOT, fear]).goes_with == {}
