"""Help is in reach of every question that may hurt, and at every end of a survey."""

import re

import pytest
from page import PageClient
from settings import settings_for
from survey import DEFINITIONS, answer, begin, open_a_wave

from engage.app import create_app
from engage.config import SettingsError
from engage.core.definition.kinds import HURTING, PLACE_KINDS, Kind
from engage.core.definition.load import load_definition
from engage.core.definition.question import Question
from engage.waves.catalogue import definition_files, newest_file
from engage.web.questionnaire import TEMPLATES, Questionnaire

SHIPPED = definition_files()
FEATURES = sorted(DEFINITIONS.glob("*/v1.yaml"))
AT_THE_END = {"999", "18000", "101", "08001111", "08082000247", "0808168911" + "1"}
CALL = re.compile(r'href="tel:(\d+)"')


def shown(app, questionnaire: Questionnaire, questions: tuple[Question, ...]) -> str:
    """What a page with these questions shows, but for the pickers of a place."""
    page = app.jinja_env.from_string(
        '{% from "fields/help.html" import help_at_end with context %}'
        "{% if help_at_foot(questions, hurts=hurts, sealed=sealed) %}"
        "{{ help_at_end(()) }}{% endif %}"
    )
    fragments = [
        questionnaire.fragment(each.id, {})
        for each in questions
        if each.beside is None and each.kind not in PLACE_KINDS
    ]
    form = questionnaire.definition
    foot = page.render(questions=questions, hurts=form.hurts, sealed=form.sealed)
    return "".join([*fragments, foot])


@pytest.mark.parametrize("file", [*SHIPPED, *FEATURES], ids=lambda file: file.parent.name)
def test_help_is_on_the_page_of_each_sensitive_question_and_beside_those_that_may_hurt(
    lite_app, file
):
    definition = load_definition(file)
    questionnaire = Questionnaire(definition)
    with lite_app.test_request_context("/"):
        for section in definition.sections:
            page = shown(lite_app, questionnaire, section.questions)
            asked = section.questions
            if definition.hurts or any(each.themes or each.help_here for each in asked):
                assert "999" in CALL.findall(page), section.id
            assert not definition.sealed or page.count("<details") == 1, "once a page"
            for question in section.questions:
                if question.themes & HURTING and question.beside is None:
                    beside = questionnaire.fragment(question.id, {})
                    assert CALL.findall(beside)[:3] == ["999", "18000", "101"], question.id


@pytest.mark.parametrize("kind", sorted(set(Kind) & set(TEMPLATES)))
def test_every_kind_of_question_can_have_help_on_its_page(lite_app, kind):
    definition = load_definition(FEATURES[0])
    like = next(iter(definition.questions.values()))
    asked = Question("q", kind, "?", options=like.options, help_here=True)
    questionnaire = Questionnaire(definition)
    with lite_app.test_request_context("/"):
        questionnaire.definition.questions["q"] = asked  # type: ignore[index]
        assert "999" in CALL.findall(shown(lite_app, questionnaire, (asked,)))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_every_survey_ends_with_emergency_police_childline_domestic_abuse_and_victim_support(
    lite_app, file
):
    definition = load_definition(file)
    with lite_app.test_request_context("/"):
        page = lite_app.jinja_env.get_template("fields/help.html").make_module(
            {"help_services": lite_app.jinja_env.globals["help_services"]}
        )
        html = page.services_list(lite_app.jinja_env.globals["help_services"](definition.help))
    assert set(CALL.findall(html)) >= AT_THE_END
    assert 'href="sms:999"' in html


def test_children_find_childline_first_after_999_and_101_on_every_page(lite_app):
    open_a_wave("2026", newest_file("young_people"))
    client = PageClient(lite_app)
    client.get("/surveys/young-people", follow=True)
    here = client.response.request.path
    client.post(here).follow()
    pages = []
    first = {"q_age_band": "10_12", "q_connection": "resident"}
    while "/page/" in client.response.request.path:
        pages.append([each for each in CALL.findall(client.response.text) if each != "18000"])
        client.post(client.response.request.path, first).follow()
    assert len(pages) > 2
    assert all(each[:3] == ["999", "101", "08001111"] for each in pages), pages


@pytest.mark.parametrize(("name", "hurts"), [("event_feedback", False), ("fear_of_crime", True)])
def test_a_box_speaks_of_danger_only_where_something_may_hurt(lite_app, name, hurts):
    definition = load_definition(newest_file(name))
    questionnaire = Questionnaire(definition)
    [box, *_] = [
        each
        for each in definition.questions.values()
        if each.kind is Kind.LONG_TEXT and not each.beside
    ]
    with lite_app.test_request_context("/"):
        said = questionnaire.fragment(box.id, {})
    assert "Please do not name anyone, or say who you are." in said
    assert ("In danger now? Call 999." in said) is hurts


def test_the_thank_you_page_and_the_early_ends_show_the_list(client):
    open_a_wave()
    answer(begin(client))
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()
    assert set(CALL.findall(client.response.text)) >= AT_THE_END
    for early in ("ended", "deleted"):
        client.get(f"/surveys/every-kind/{early}")
        assert set(CALL.findall(client.response.text)) >= AT_THE_END, early
    begin(client)
    client.post(client.response.request.path, {"q_age_band": "1"}).follow()
    assert set(CALL.findall(client.response.text)) >= AT_THE_END, client.response.request.path


def test_a_councils_list_is_on_its_pages_and_a_broken_one_stops_the_start(tmp_path, sqlite_url):
    file = tmp_path / "help.yaml"
    file.write_text("services: [{id: ours, name: Our centre, phone: '020 7946 0000'}]", "utf-8")
    app = create_app(settings_for(tmp_path, DATABASE_URL=sqlite_url, HELP_FILE=str(file)))
    with app.app_context():
        open_a_wave()
        page = app.test_client().get("/surveys/every-kind").text
        assert "02079460000" in CALL.findall(page)
    file.write_text("hide: [emergency]", "utf-8")
    with pytest.raises(SettingsError, match=r"HELP_FILE cannot be used.*first everywhere"):
        settings_for(tmp_path, HELP_FILE=str(file))
