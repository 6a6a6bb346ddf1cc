"""The file of responses that may be passed on: what is left out, changed, and explained."""

import csv
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from figures.town import GROUP_OF, GROUPS, WARDS, people
from survey import DEFINITIONS

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.kinds import TEXT_KINDS, Kind
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.yaml_text import read_yaml
from engage.core.export.codebook import HEADER, codebook_csv
from engage.core.export.disguise import telling_columns
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses

SHIPPED = Path(__file__).parents[3] / "engage" / "definitions"
AREAS = Areas(WARDS, GROUPS, GROUP_OF)


def read(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module", params=["fear_of_crime", "young_people", "women_and_girls"])
def survey(request):
    return load_definition(SHIPPED / request.param / "v1.yaml")


@pytest.fixture(scope="module")
def made(survey):
    table = table_from_answers(survey, list(people(survey, 700)), day="2026-03-02")
    return safe_responses(survey, table, AREAS)


def test_no_combination_of_who_somebody_is_has_fewer_than_five_people(survey, made):
    who = [name.replace("@", "response_") for name in telling_columns(survey, area_group=True)]
    rows = read(made.coded())

    assert len(rows) == 700
    assert {"age_band", "ethnicity", "religion", "response_area_group"} <= set(who)
    assert min(Counter(tuple(row[name] for name in who) for row in rows).values()) >= 5
    assert any(len({row[name] for row in rows}) > 2 for name in who), "something is left to see"


def test_days_times_words_wards_and_numbers_of_responses_are_not_in_it(survey, made):
    rows = read(made.coded())
    names = set(rows[0])

    assert [name for name in names if name.startswith("response_")] == ["response_area_group"]
    for question in survey.questions.values():
        left_out = question.kind in {*TEXT_KINDS, Kind.AREA}
        columns = {name for name in names if name == question.id or name.startswith(question.id)}
        assert bool(columns) != left_out, question.id
    assert not set(WARDS) & {cell for row in rows for cell in row.values()}


def test_what_routing_would_tell_of_somebody_is_not_told(survey, made):
    rows = read(made.coded())
    why_not = next(name for name in rows[0] if name.startswith("why_not_"))

    # Only residents are asked the first, so “not asked” would tell who visits.
    live = Counter(row["safe_live"] for row in rows)
    assert live["-7"] > 5
    assert not {"-9", "-8"} & set(live)
    # The second hangs on an opinion, which is there to be seen.
    assert Counter(row[why_not] for row in rows)["-9"] > 5


def test_every_code_is_in_the_codebook_and_means_what_the_labelled_file_says(made):
    meaning = {
        (row["variable"], row["code"]): row["meaning"] for row in read(codebook_csv(made.columns))
    }

    pairs = zip(read(made.coded()), read(made.labelled()), strict=True)
    for coded, labelled in pairs:
        for name, code in coded.items():
            assert meaning[name, code] == labelled[name], name


def test_the_file_is_the_same_whatever_order_the_responses_came_in(survey):
    answers = list(people(survey, 60))

    one = safe_responses(survey, table_from_answers(survey, answers), AREAS)
    two = safe_responses(survey, table_from_answers(survey, answers[::-1]), AREAS)

    assert one.coded() == two.coded()


def test_fewer_than_five_responses_leave_no_rows(survey):
    few = safe_responses(survey, table_from_answers(survey, list(people(survey, 4))), AREAS)

    assert read(few.coded()) == []
    assert "age_band: withheld from everyone" in few.log


def test_without_groups_of_wards_there_is_no_area(survey):
    table = table_from_answers(survey, list(people(survey, 60)))

    made = safe_responses(survey, table, replace(AREAS, groups={}, group_of={}))

    assert "response_area_group" not in read(made.coded())[0]


def test_a_number_about_who_somebody_is_is_left_out_and_that_is_said():
    file = SHIPPED / "fear_of_crime" / "v1.yaml"
    data = read_yaml(file.read_text("utf-8"), str(file))
    number = {"kind": "number", "minimum": 0, "maximum": 120}
    years = {"id": "years_in_britain", "text": "How many years have you lived in Britain?"}
    then = {"id": "settled", "text": "Do you feel settled?", "kind": "single"}
    then |= {"options": [{"code": "1", "label": "Yes"}, {"code": "2", "label": "No"}]}
    then |= {"show_if": {"question": "years_in_britain", "answered": True}}
    visits = {"id": "visits", "text": "How many times did you go out?", **number}
    age = {"question": "age_band", "in": ["25_29", "35_44", "45_54"]}
    years |= {**number, "themes": ["equalities"], "show_if": age}
    data["sections"][-1]["questions"] += [years, visits]
    data["sections"].append({"id": "more", "title": "More", "questions": [then]})
    survey = parse_definition(data, "a test")
    table = table_from_answers(survey, list(people(survey, 200)))

    made = safe_responses(survey, table, AREAS)

    rows = read(made.coded())
    assert "years_in_britain" not in rows[0]
    assert "visits" in rows[0], "which tells nothing of who somebody is"
    assert "years_in_britain: left out, for a number can pick somebody out" in made.log
    assert "-9" not in {row["settled"] for row in rows}, "nor who gave that number"


def test_the_codebook_explains_what_is_missing_and_what_was_done(made):
    rows = read(codebook_csv(made.columns))

    assert tuple(rows[0]) == HEADER
    labels = {row["code"]: row["meaning"] for row in rows if row["code"].startswith("-")}
    assert labels["-6"] == "Withheld, so that nobody can be picked out"
    assert labels["-7"] == "Not asked, not answered or not known"
    notes = {row["note"] for row in rows if row["variable"] == "sexual_orientation"}
    assert any("withheld" in note or "groups" in note for note in notes)


def test_a_number_worked_out_from_who_somebody_is_is_left_out_too():
    file = DEFINITIONS / "calculated" / "v1.yaml"
    data = read_yaml(file.read_text("utf-8"), str(file))
    people = [{"age_band": "2", "by_day": each % 5, "seen": "yes"} for each in range(20)]

    def columns(*themes: str) -> set[str]:
        data["sections"][0]["questions"][4]["themes"] = list(themes)
        survey = parse_definition(data, "a test")
        made = safe_responses(survey, table_from_answers(survey, people), AREAS)
        assert ("how_many: left out" in "\n".join(made.log)) is bool(themes)
        return set(read(made.coded())[0])

    assert columns() > {"trips", "how_many", "risk"}
    assert columns("equalities").isdisjoint({"how_many", "risk"})
