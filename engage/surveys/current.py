"""The survey that a request is about: its wave, its compiled questionnaire, its draft."""

from dataclasses import dataclass
from typing import NoReturn

from flask import abort, current_app
from flask_babel import gettext
from sqlalchemy import Connection, Engine

from engage import clock
from engage.answering.draft import OpenDraft, read
from engage.extensions import db
from engage.surveys.respondent import token_for
from engage.waves.published import definition_by_id
from engage.waves.store import OpenWave, newest_wave, open_wave
from engage.web.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Survey:
    """An open wave and what it asks."""

    wave: OpenWave
    questionnaire: Questionnaire

    @property
    def slug(self) -> str:
        """The survey's part of a web address."""
        return self.wave.slug


def reading() -> Engine:
    """The engine for transactions that only read, even inside a POST."""
    return db.engine.execution_options(read_only=True)


def current_survey(connection: Connection, slug: str) -> Survey:
    """The open survey at this address; answers 404 when there is none."""
    wave = open_wave(connection, slug, clock.today())
    if wave is None:
        closed()
    return Survey(wave, compiled(wave.definition_id, connection))


def known_survey(connection: Connection, slug: str) -> Survey:
    """The survey at this address, open or over; answers 404 when there never was one."""
    wave = open_wave(connection, slug, clock.today()) or newest_wave(connection, slug)
    if wave is None:
        closed()
    return Survey(wave, compiled(wave.definition_id, connection))


def current_draft(connection: Connection, survey: Survey) -> tuple[str, OpenDraft] | None:
    """The draft that the browser holds the token of, with the token; None when it is gone."""
    token = token_for(survey.wave.id)
    if token is None:
        return None
    draft = read(connection, token, survey.wave.id, clock.now())
    return (token, draft) if draft else None


def closed() -> NoReturn:
    """Answer that nothing is open here."""
    abort(
        404,
        gettext(
            "There is no open survey at this address. It may have closed. "
            "The home page lists the surveys that are open."
        ),
    )


def compiled(definition_id: int, connection: Connection) -> Questionnaire:
    """The compiled questionnaire of a published definition, which never changes."""
    kept: dict[int, Questionnaire] = current_app.extensions.setdefault("questionnaires", {})
    if definition_id not in kept:
        kept[definition_id] = Questionnaire(definition_by_id(connection, definition_id))
    return kept[definition_id]
