"""Closing a report, with why and what came of it, and opening it again."""

from dataclasses import replace

from engage.casework.doing import Doing
from engage.casework.forms import CloseForm, WriteForm
from engage.core.reporting.clocks import What
from engage.extensions import site_settings
from engage.invitations.store import make
from engage.reports.models import Status
from engage.reports.retention import count_from, count_no_longer
from engage.waves.published import definition_by_id
from engage.waves.store import OpenWave, open_wave

SURVEY = "victim-satisfaction"
"""The survey that people are asked to answer once their report is closed."""


ENDING = (What.FIRST_CONTACT, What.REVIEW, What.REPLY, What.ACKNOWLEDGEMENT)
"""Clocks that end with the case; a second look at an override is due all the same."""


def close(doing: Doing, form: CloseForm) -> None:
    """Close it: its clocks stop, and whoever reported finds what we say and a code."""
    doing.add("notes", "closed", reason=form.reason.data, outcome=form.outcome.data)
    doing.answered()
    doing.stop(*ENDING)
    doing.set_status(Status.CLOSED)
    count_from(doing.connection, doing.report.id, doing.today, doing.policy.retention)
    told = {"words": form.words.data} if form.words.data else {}
    # Without a code nobody reads it, and a code of the survey would be drawn for nobody.
    survey = {} if doing.line.declined else survey_of(doing)
    doing.add("talk", "closed", **told, **survey)
    doing.alter_line(lambda line: replace(line, waiting_for=""))
    doing.alter_facts(lambda facts: replace(facts, outcome=str(form.outcome.data)))


def reopen(doing: Doing, form: WriteForm) -> None:
    """Open it again: it is ours to look at, and is reviewed in its time."""
    doing.add("notes", "reopened", words=form.words.data)
    doing.set_status(Status.OPEN)
    count_no_longer(doing.connection, doing.report.id)
    doing.run(What.REVIEW, doing.policy.clocks.review)
    doing.alter_line(lambda line: replace(line, waiting_for="us"))
    doing.alter_facts(lambda facts: replace(facts, outcome=""))


def survey_of(doing: Doing) -> dict[str, str]:
    """A one-time code of the survey for victims and its page; nothing while none is open.

    The code is told in the conversation alone. What is stored of it elsewhere is a mark that
    nobody can trace to it, so the survey never knows whose report it was.
    """
    wave = invited_wave(doing)
    if wave is None:
        return {}
    settings = site_settings()
    [code] = make(doing.session, wave.id, 1, key=settings.secret_key)
    return {"survey": wave.slug, "code": code}


def invited_wave(doing: Doing) -> OpenWave | None:
    """The open wave of that survey which takes one-time codes."""
    wave = open_wave(doing.connection, SURVEY, doing.today)
    return wave if wave and definition_by_id(doing.connection, wave.definition_id).invited else None
