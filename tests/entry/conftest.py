"""A batch that a survey manager has opened."""

import pytest
from page import PageClient
from staff import make_staff, sign_in
from survey import open_a_wave

from engage.extensions import db
from engage.responses.models import Response


@pytest.fixture
def wave(app, clock) -> int:
    return open_a_wave()


def batch_opened(app, client, wave: int, **more: str):
    """A manager who is signed in and has opened batch 1."""
    sign_in(client, make_staff(app, "survey_manager"))
    given = {"wave": str(wave), "mode": "paper", "label": "Market", "source": "Market square"}
    client.get("/staff/entry/new")
    client.post("/staff/entry/new", given | {"language": "en"} | more)
    assert client.location == "/staff/entry/1"
    return client


@pytest.fixture
def typist(app, client, wave):
    """Whoever has opened batch 1, on both databases."""
    return batch_opened(app, client, wave)


@pytest.fixture
def lite_typist(lite_app, clock):
    """Whoever has opened batch 1, for what does not depend on the database."""
    return batch_opened(lite_app, PageClient(lite_app), open_a_wave())


def responses() -> list[Response]:
    """Every response, as stored now."""
    db.session.rollback()
    return db.session.query(Response).all()
