"""The end of the form: check, send. Sending again changes nothing."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.flow import missing
from engage.answering.voice import voice_for
from engage.answering.words import in_words
from engage.areas.store import ward_names
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answers, asked_in, opens, reachable
from engage.extensions import db, limiter, site_settings
from engage.keyring.ready import can_take
from engage.reporting.asked import questionnaire
from engage.reporting.begun import Begun, begun, save, unsent
from engage.reporting.forms import SendForm
from engage.reporting.made import made
from engage.reporting.views import STARTS, reading, said
from engage.reporting.who import centre_holder
from engage.reports.changing import ChangedElsewhereError
from engage.reports.policy import policy
from engage.reports.receipts import code_keys, new_code, site_salt
from engage.reports.receive import NobodyCanReadError, receive
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("sending", __name__)


def salt() -> bytes:
    """The salt of this site's codes."""
    settings = site_settings()
    return site_salt(settings.receipt_salt)


@blueprint.get("/tell-us/check")
@public
def check() -> str | Response:
    """Everything that will be sent, with a way to change it."""
    with reading().connect() as connection:
        report = unsent(connection)
        definition = questionnaire(worker=report.centre is not None).definition
        gap = missing(definition, report.answers)
        if gap:
            number = definition.section_ids.index(gap) + 1
            return redirect(url_for("form.page", number=number), 303)
        sections = _in_words(connection, definition, report.answers)
        ready = can_take(connection)
    if not ready:
        return redirect(url_for("reporting.start"), 303)
    return render_template(
        "reporting/check.html",
        sections=sections,
        seen=report.version,
        worker=report.centre is not None,
        told=said("when_read"),
        changed="changed" in request.args,
    )


@blueprint.post("/tell-us/check")
@public
@limiter.limit(STARTS, error_message=too_many)
def send() -> Response:
    """Seal and store the report as it was checked, and show its code."""
    form, today = SendForm(), clock.today()
    with reading().connect() as connection:
        report = unsent(connection)
        centre = centre_holder(connection, report)
    definition = questionnaire(worker=report.centre is not None).definition
    if not form.sent_and_valid() or form.seen.data != str(report.version):
        return redirect(url_for("sending.check", changed=1), 303)
    if missing(definition, report.answers):
        return redirect(url_for("sending.check"), 303)
    code = new_code()
    keys = code_keys(code, salt())  # slow on purpose: outside of the transaction
    receipt = replace(report, pages={}, versions={}, taken_out=(), code=code)
    try:
        with db.engine.begin() as connection:
            save(connection, receipt)  # of two that send it, one gets past this
            new = made(
                connection,
                definition,
                report.answers,
                centre=centre,
                code=keys,
                policy=policy(),
                now=clock.now(),
                today=today,
            )
            receive(connection, new, salt=salt(), today=today)
    except ChangedElsewhereError:
        return redirect(url_for("sending.check", changed=1), 303)
    except NobodyCanReadError:
        return redirect(url_for("reporting.start"), 303)
    return redirect(url_for("receipt.receipt"), 303)


def _in_words(
    connection: Connection, definition: Definition, answers: Answers
) -> list[tuple[str, list[tuple[Question, str, str]]]]:
    """The title of each page with its questions, the answers, and where they can be changed."""
    kept = reachable(definition, answers)
    voice = voice_for(connection, definition, answers, definition.questions)
    wards = ward_names(connection)
    return [
        (
            section.title,
            [
                (
                    asked,
                    in_words(definition, asked, kept, wards),
                    f"{url_for('form.page', number=number, then='check')}#at_{place}",
                )
                for place, each in enumerate(asked_in(section, kept), 1)
                for asked in [voice.question(each) if voice else each]
            ],
        )
        for number, section in enumerate(definition.sections, 1)
        if opens(section, kept) and not section.informs
    ]


def receipt_of(connection: Connection) -> Begun | None:
    """What this browser sent a moment ago, while its code can still be shown."""
    found = begun(connection)
    return found if found and found.sent else None
