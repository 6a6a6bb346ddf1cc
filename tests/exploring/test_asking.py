"""What the form of a table says of rows and columns that cannot be crossed, and of its filters."""

import pytest
from conftest import NOON
from figures.town import answer, found, people, wave_of
from page import PageClient
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.exploring import words
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.waves.models import WaveState
from engage.waves.published import definition_of


@pytest.fixture
def form(lite_app, clock) -> tuple[PageClient, str]:
    session = db.session()
    found(session)
    wave = wave_of(session, "pulse", state=WaveState.CLOSED)
    answer(session, wave, people(definition_of(wave.definition), 20))
    refresh(session, wave.id, NOON)
    path = f"/staff/explore/{wave.id}"
    session.commit()
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST)), path


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        ("q:safe_day", "q:safe_day", "You chose the same for rows and columns"),
        ("q:nothing", "q:safe_day", "in the rows is not a question of this wave"),
        ("q:safe_day", "q:nothing", "in the columns is not a question of this wave"),
    ],
)
def test_what_cannot_be_crossed_is_told_with_and_without_a_filter(form, rows, columns, told):
    client, path = form
    for only in ("", "q:safe_dark"):
        client.get(path).post(path, {"rows": rows, "columns": columns, "only": only}, 422)
        assert told in client.text
    assert told in client.get(f"{path}?rows={rows}&columns={columns}").text


def test_the_second_step_of_a_filter_says_that_nothing_is_made_yet(form):
    client, path = form
    asked = {"rows": "q:safe_day", "columns": "q:deal_with", "only": "q:safe_dark"}
    client.get(path).post(path, asked).follow()

    assert "Nothing is made yet. Choose which answers to keep, then make the table." in client.text


def test_a_clear_table_without_a_clear_row_says_how_both_can_be():
    test = {"clear": True, "below": 0.01}
    content = {"column_labels": ["Yes"], "cells": [{"way": "", "gap": 0.1}], "test": test}

    assert words.said(content).startswith(
        "The rows differ taken together, but no single one stands out"
    )
    assert "chance alone would hardly make" in words.tested(content)
    assert words.said(content | {"test": None}) == "No row is clearly different from the rest."
