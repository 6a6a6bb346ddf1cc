"""Questionnaires that nobody wrote, answered through the site to the end."""

import json
from itertools import count
from random import Random

import pytest
from core.definition.made import answer_to, fields_of, made, put_right
from sqlalchemy import select
from survey import begin, open_a_wave

from engage.answering.flow import step
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition
from engage.core.definition.routing import broken, path, reachable
from engage.core.definition.spoken import Voice
from engage.extensions import db
from engage.responses.models import Response

PAGE = "/surveys/made/page/"


def sound(random: Random) -> dict:
    """A made questionnaire that the checks accept."""
    for _try in count():
        data = made(random)
        try:
            parse_definition(data, "made.yaml")
        except DefinitionError:
            continue
        return data
    raise AssertionError


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_checks_accept_can_be_sent(client, tmp_path, seed):
    random = Random(seed)
    data = sound(random)
    file = tmp_path / "v1.yaml"
    file.write_text(json.dumps(data), "utf-8")
    definition = parse_definition(data, "made.yaml")
    open_a_wave(file=file)
    begin(client, "made")
    answers: dict = {}
    while "/page/" in client.response.request.path:
        here = client.response.request.path.removeprefix(PAGE)
        fields: dict = {}
        voice = Voice(definition, reachable(definition, answers))
        for question in step(definition, answers, here).questions:
            assert voice.question(question).text in client.text
            given = answer_to(question, random)
            fields |= fields_of(question, given)
            if given is not None:
                answers[question.id] = given
        section, there = definition.section(here), definition.page_of
        wrong = list(broken(section, reachable(definition, answers)))
        if put_right(definition, section, answers, random):
            client.post(PAGE + here, fields, status=422)
            for rule in wrong[:1]:
                said = voice.section(section).rules[section.rules.index(rule)].message
                assert said in client.text
            fields = {}
            for name, given in answers.items():
                if definition.sections[there[name]] is section:
                    fields |= fields_of(definition.questions[name], given)
        client.post(PAGE + here, fields).follow()
    assert here == path(definition, answers)[-1].id
    client.post("/surveys/made/check", {"draft": client.value("draft")}).follow()
    assert "Thank you" in client.text
    (row,) = db.session.scalars(select(Response))
    kept = {name: list(each) if isinstance(each, tuple) else each for name, each in answers.items()}
    assert json.loads(row.answers) == kept
