"""The survey that a request is about: its wave, its compiled questionnaire, its draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from flask import abort, current_app, redirect, url_for
from flask_babel import gettext
from sqlalchemy import Connection, Engine

from engage import clock
from engage.answering.draft import OpenDraft, read
from engage.core.definition.translation import Translation
from engage.extensions import db, site_settings
from engage.surveys.respondent import forget_sendings, token_for
from engage.waves.published import data_by_id, definition_by_id
from engage.waves.store import OpenWave, newest_wave, open_wave
from engage.waves.translations import definition_in, translations_of
from engage.web.language import ENGLISH, keep_to, language
from engage.web.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Survey:
    """An open wave and what it asks."""

    wave: OpenWave
    questionnaire: Questionnaire

    @property
    def slug(self) -> str:
        """The survey's part of a web address: its number, where its name would tell too much."""
        neutral = self.questionnaire.definition.sensitive
        return str(self.wave.id) if neutral else self.wave.slug


def reading() -> Engine:
    """The engine for transactions that only read, even inside a POST."""
    kept: dict[str, Engine] = current_app.extensions.setdefault("reading_engine", {})
    if not kept:  # it stands before the same pool, so one is enough for a process
        kept["engine"] = db.engine.execution_options(read_only=True)
    return kept["engine"]


def current_survey(connection: Connection, slug: str) -> Survey:
    """The open survey at this address; answers 404 when there is none."""
    wave = open_wave(connection, slug, clock.today())
    if wave is None:
        closed()
    return _survey(wave, connection)


def known_survey(connection: Connection, slug: str) -> Survey:
    """The survey at this address, open or over; answers 404 when there never was one."""
    wave = open_wave(connection, slug, clock.today()) or newest_wave(connection, slug)
    if wave is None:
        closed()
    return _survey(wave, connection)


def _survey(wave: OpenWave, connection: Connection) -> Survey:
    """The survey in the reader's language; the whole page is English where it is not in that."""
    forget_sendings()
    keep_to(spoken(wave.definition_id, connection))
    return Survey(wave, compiled(wave.definition_id, connection))


def current_draft(connection: Connection, survey: Survey) -> tuple[str, OpenDraft] | None:
    """The draft that the browser holds the token of, with the token; None when it is gone."""
    token = token_for(survey.wave.id)
    if token is None:
        return None
    draft = read(connection, token, survey.wave.id, clock.now())
    return (token, draft) if draft else None


def unsent_draft(connection: Connection, survey: Survey) -> tuple[str, OpenDraft]:
    """The draft that the browser is filling in, with its token.

    Where there is none any more, or it was sent, the request ends on the page that says so.
    """
    found = current_draft(connection, survey)
    if found is None or found[1].sent:
        abort(redirect(url_for("finish.ended", slug=survey.slug), 303))
    return found


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
    """The compiled questionnaire of a published definition in the reader's language, or English.

    Neither a published definition nor, while a process runs, its translation ever changes.
    """
    kept: dict[tuple[int, str], Questionnaire]
    kept = current_app.extensions.setdefault("questionnaires", {})
    key = (definition_id, language().code)
    found = kept.get(key)
    if found is None:
        made = spoken(definition_id, connection).get(key[1])
        definition = (
            definition_in(data_by_id(connection, definition_id), made)
            if made
            else definition_by_id(connection, definition_id)
        )
        found = kept[key] = Questionnaire(definition)
    return found


def spoken(definition_id: int, connection: Connection) -> Mapping[str, Translation | None]:
    """The languages that a published definition may be shown in; English needs no translation."""
    kept: dict[int, Mapping[str, Translation | None]]
    kept = current_app.extensions.setdefault("spoken", {})
    found = kept.get(definition_id)
    if found is None:
        settings = site_settings()
        data = data_by_id(connection, definition_id)
        made = translations_of(
            data["id"], data["version"], settings.definitions_dir, unreviewed=settings.demo
        )
        found = kept[definition_id] = {ENGLISH.code: None, **made}
    return found
