"""What looks sound and would do harm is refused, and what is sound is not."""

import copy

import pytest

from engage.core.definition.compare import Aspect, compare
from engage.core.definition.editions import editions_of
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition

AB = [{"code": "a", "label": "Ay"}, {"code": "b", "label": "Bee"}]
SAID = [{"code": "y", "label": "Yes"}, {"code": "r", "label": "Rather not", "means": "refused"}]
GROWN = [
    {"code": "0", "label": "Under 16", "age": [0, 15], "eligible": False},
    {"code": "1", "label": "16 or over", "age": [16, None]},
]
YOUNG = [
    {"code": "0", "label": "10 to 12", "age": [10, 12]},
    {"code": "1", "label": "16 or over", "age": [16, None]},
]
ADULT = {"question": "age", "in": ["1"]}


def ask(name: str, kind: str = "single", **more) -> dict:
    offered = {"options": AB} if kind in {"single", "multiple", "ranking"} else {}
    return {"id": name, "kind": kind, "text": f"What {name}?", **offered, **more}


def age(**more) -> dict:
    return ask("age", **{"required": True, "options": GROWN} | more)


def page(name: str, *questions: dict, **more) -> dict:
    return {"id": name, "title": name, "questions": list(questions), **more}


def number(name: str, **more) -> dict:
    return ask(name, "number", **{"minimum": 0, "maximum": 10} | more)


def data(*pages: dict, **more) -> dict:
    made = {
        "id": "p", "version": 1, "title": "T", "audience": "all", "minutes": 1, "start": "Hi.",
        "thanks": "Thanks.", "ineligible": "Sorry.", "roles": {"age": "age"},
        "sections": list(pages),
    }  # fmt: skip
    return copy.deepcopy(made | more)


def told(made: dict) -> str:
    try:
        parse_definition(made, "x.yaml")
    except DefinitionError as error:
        return str(error)
    return ""


def after_age(*questions: dict, **more) -> dict:
    return data(page("one", age()), page("two", *questions), **more)


@pytest.mark.parametrize("role", ["age", "sex", "connection"])
@pytest.mark.parametrize("kind", ["number", "text", "date", "month", "multiple", "ranking"])
def test_who_somebody_is_has_one_answer_of_several(role, kind):
    bounds = {"number": {"minimum": 0, "maximum": 99}}
    dates = {"earliest": "1920-01-01"[: 7 if kind == "month" else 10], "latest": "today"}
    given = bounds.get(kind, dates if kind in {"date", "month"} else {})
    who = ask(role, kind, required=True, **given)
    pages = [page("one", who)] if role == "age" else [page("one", age()), page("two", who)]
    made = data(*pages, roles={"age": "age", role: role})
    assert f"roles/{role}: '{role}' is of the kind {kind}" in told(made)


def test_the_age_is_asked_of_everybody():
    agreed, rule = page("zero", ask("ok", "consent")), {"question": "ok", "answered": True}
    rest = page("two", ask("words", "text"))
    for made in (
        data(agreed, page("one", age(show_if=rule)), rest),
        data(agreed, page("one", age(), show_if=rule), rest),
    ):
        assert "the age band is not asked of everybody" in told(made)
        assert "words: a text box may be put to someone who does not say how old" in told(made)


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ([[16, 3], [17, None]], "the ages of 'Ay' end before they begin"),
        ([[16, 24], [24, None]], "'Ay' and 'Bee' have ages in common"),
        ([[16, None], [75, None]], "'Ay' and 'Bee' have ages in common"),
        ([[16, 24], [25, None]], ""),
        ([[25, None], [16, 24]], ""),
    ],
)
def test_everybody_is_in_one_age_band(ages, said):
    options = [{**option, "age": years} for option, years in zip(AB, ages, strict=True)]
    found = told(data(page("one", age(options=options))))
    assert said in found if said else not found


DAY = {"earliest": "2026-01-01", "latest": "today"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (ask("d", "date", **DAY, minimum=3), "a question of the kind date has no minimum"),
        (ask("d", "single", unit="times"), "a question of the kind single has no unit"),
        (ask("d", "single", scale="safe"), "a question of the kind single has no scale"),
        (number("d", max_length=3), "a question of the kind number has no max_length"),
        (ask("response_day"), "the column 'response_day' could be taken for one of the platform's"),
        (ask("response", "multiple"), "the column 'response_a' could be taken for"),
        (number("d", maximum=10**9), "its bounds have more than nine digits"),
        (ask("d", "date", earliest="2098-01-01", latest="today"), "date is always to come"),
        (ask("d", "month", earliest="2098-01", latest="today"), "date is always to come"),
    ],
)
def test_a_question_that_means_nothing_or_cannot_be_kept_is_refused(question, said):
    assert said in told(after_age(question, scales={"safe": AB}))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"question": "n", "in": ["2"]}, "codes of 'n', which has none. Use equals, or answered."),
        ({"question": "d", "none_of": ["2"]}, "codes of 'd', which has none. Use equals"),
        ({"question": "t", "in": ["yes"]}, "codes of 't', which has none. Use answered."),
        ({"question": "n", "at_least": "2026-03"}, "the number 'n' with the date '2026-03'"),
        ({"question": "sum", "equals": "2026-03"}, "the number 'sum' with the date '2026-03'"),
        ({"all": [ADULT], "in": ["zz"]}, "show_if/in: in stands beside all"),
        ({"not": ADULT, "at_least": 5}, "show_if/at_least: at_least stands beside not"),
        ({"question": "n", "equals": 2}, ""),
    ],
)
def test_a_rule_says_only_what_can_be_looked_for(rule, said):
    asked = page("two", number("n"), ask("d", "date", **DAY), ask("t", "text"))
    rest = page("three", ask("z", show_if=rule))
    worked_out = [{"id": "sum", "title": "Sum", "sum": ["n"]}]
    found = told(data(page("one", age()), asked, rest, calculated=worked_out))
    assert said in found if said else not found


def test_a_scale_may_be_called_as_a_rule_is():
    assert not told(after_age({**ask("s", "scale"), "scale": "any"}, scales={"any": AB, "all": AB}))


def cut(name: str, *codes: str, **more) -> dict:
    groups = [{"code": code, "label": code, "when": ADULT} for code in codes]
    return {"id": name, "title": name, **({"groups": groups} if groups else more)}


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ([cut("b", "x"), cut("b", "y")], "breakdowns/b: two breakdowns have this id"),
        ([cut("ward", "x")], "breakdowns/ward: a breakdown of the platform's own has this id"),
        ([cut("connection", "x")], "breakdowns/connection: a breakdown of the platform's own"),
        ([cut("b", "x", "x")], "breakdowns/b: two groups have the code 'x'"),
        ([cut("b", question="agge")], "breakdowns/b: there is no question 'agge'"),
        ([cut("b", question="by_group", by="group")], "two groups have the code 'asian_other'"),
    ],
)
def test_each_group_of_a_breakdown_has_a_place_of_its_own(cuts, said):
    options = [
        {**option, "group": group}
        for option, group in zip(AB, ("Asian, other", "Asian other"), strict=True)
    ]
    assert said in told(after_age(ask("by_group", options=options), breakdowns=cuts))


@pytest.mark.parametrize("many", [8, 12])
def test_a_sound_rule_over_many_questions_is_taken(many):
    asked = [ask(f"q{place}") for place in range(many)]
    some = {"any": [{"question": each["id"], "in": ["a"]} for each in asked]}
    rule = {"message": "No.", "at": "last"}
    there = {"question": "last", "answered": True}
    wrong = {"wrong_if": {"all": [there, some]}}
    made = data(page("one", age()), page("two", *asked, ask("last"), rules=[rule | wrong]))
    assert not told(made)
    made["sections"][1]["rules"] = [rule | {"wrong_if": some}]
    assert "people who leave 'last' out" in told(made)


def test_what_follows_from_a_question_for_adults_is_for_adults_on_paper_too():
    hurt = {"themes": ["victimisation"], "options": SAID}
    made = data(
        page("one", age(options=YOUNG)),
        page("two", ask("v", show_if=ADULT, **hurt)),
        page("three", ask("u", show_if={"question": "v", "in": ["y"]}, **hurt), ask("z")),
        {"id": "four", "title": "F", "text": "T", "show_if": {"question": "u", "in": ["y"]}},
    )
    assert not told(made)
    child, adult = editions_of(parse_definition(made, "x.yaml"))
    assert list(child.definition.questions) == ["age", "z"]
    assert child.definition.section_ids == ("one", "three")
    assert list(adult.definition.questions) == ["age", "v", "u", "z"]
    made["sections"][2]["questions"][0]["show_if"] = {"not": {"question": "v", "in": ["y"]}}
    assert "u: an item on victimisation may be put to someone who answers '10 to 12'" in told(made)


def test_an_agreement_is_no_answer_to_repeat():
    rest = page("two", ask("z", text="You said {ok|that}."))
    assert "repeats an agreement" in told(data(page("one", ask("ok", "consent"), age()), rest))


def test_no_title_gives_away_a_delicate_answer():
    asked = page("two", ask("v", themes=["victimisation"], options=SAID))
    variant = {"when": {"question": "v", "in": ["y"]}, "title": "What happened"}
    made = data(page("one", age()), asked, page("three", ask("z"), texts=[variant]))
    assert "three: its title hangs on 'v', an answer on a delicate subject" in told(made)
    variant["intro"] = variant.pop("title")
    assert not told(data(page("one", age()), asked, page("three", ask("z"), texts=[variant])))


def changes(before: dict, after: dict) -> list[tuple[str, Aspect, str]]:
    versions = parse_definition(before, "1"), parse_definition(after | {"version": 2}, "2")
    return [(each.question, each.kind, each.says) for each in compare(*versions)]


NONE = [{"code": "n", "label": "None", "means": "none_of_these"}]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            {"kind": "places", "options": NONE, "choose": 3},
            {"kind": "places", "options": NONE, "choose": 5},
            "Version 1 takes up to 3 places, version 2 up to 5.",
        ),
        (
            {"kind": "text"},
            {"kind": "text", "max_length": 20},
            "Version 1 takes 200 letters, version 2 20.",
        ),
        (
            {"options": [AB[0], AB[1] | {"group": "A"}]},
            {"options": [AB[0], AB[1] | {"group": "B"}]},
            "“Bee” counts to “A” in version 1 and to “B” in version 2.",
        ),
        (
            {"options": [AB[0], AB[1] | {"age": [18, 24]}]},
            {"options": [AB[0], AB[1] | {"age": [19, None]}]},
            "“Bee” stands for 18 to 24 years in version 1 and for 19 or older in version 2.",
        ),
    ],
)
def test_a_change_of_what_an_answer_may_be_or_counts_as_is_seen(one, other, said):
    asked = [{"id": "x", "kind": "single", "text": "What?"} | each for each in (one, other)]
    ((question, kind, says),) = changes(*(after_age(each) for each in asked))
    assert (question, kind) == ("x", Aspect.ANSWERS)
    assert says.endswith(said)


def test_a_change_of_who_is_in_a_group_is_seen():
    rules = [{"question": "x", "in": [each]} for each in "ab"]
    groups = [[{"code": "g", "label": "G", "when": rule}] for rule in rules]
    cuts = [[{"id": "b", "title": "B", "groups": each}] for each in groups]
    found = changes(*(after_age(ask("x"), breakdowns=each) for each in cuts))
    assert found == [("b", Aspect.ANSWERS, "Version 2 counts others as “G” than version 1.")]


def test_a_box_beside_an_answer_does_not_move_the_next_question():
    boxed = ask("x", options=[AB[0], AB[1] | {"write_in": True}])
    found = changes(after_age(ask("x"), ask("y")), after_age(boxed, ask("y")))
    assert [(question, kind) for question, kind, _says in found] == [("x_b_text", Aspect.ADDED)]


def test_a_rule_that_says_the_same_in_another_form_has_not_changed():
    asked = page("one", age(), ask("z"))
    z, there = {"question": "z", "in": ["a"]}, {"question": "age", "answered": True}
    forms = (
        page("two", ask("x", show_if={"all": [z, there]}), show_if=ADULT),
        page("two", ask("x", show_if={"all": [ADULT, {"all": [{"any": [z]}, there]}, ADULT]})),
    )
    assert changes(*(data(asked, form) for form in forms)) == []
    once = ask("x", show_if=ADULT)
    again = page("two", once), page("two", once, show_if=ADULT)
    assert changes(*(data(asked, form) for form in again)) == []
    other = page("two", ask("x", show_if={"any": [z, there]}))
    assert changes(data(asked, forms[0]), data(asked, other)), "any is not all"
