"""Sending: the draft becomes a response in one transaction, once, however often it is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import Connection, bindparam, delete, select, update

from engage.answering.draft import LIFE, OpenDraft, read
from engage.answering.flow import missing
from engage.answering.seal import mark, submission_mark
from engage.answering.statements import CODES, DRAFTS, PAGES
from engage.clock import day_of, end_of_day
from engage.core.cleaning.signs import Sign, joined
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers, asked_in, eligible, reachable
from engage.invitations.store import use
from engage.responses.screening import receive
from engage.responses.store import row
from engage.waves.store import first_day, takes_answers

LONGEST = timedelta(days=1)
STEP = 10
"""Seconds: how finely the time that answering took is kept."""
SECONDS_A_QUESTION = 2.0

_LOCK = (
    select(DRAFTS.c.id, DRAFTS.c.started_at, DRAFTS.c.sent)
    .where(
        DRAFTS.c.token_hash == bindparam("mark"),
        DRAFTS.c.wave_id == bindparam("wave"),
        DRAFTS.c.expires_at > bindparam("now"),
    )
    .with_for_update()
)


class Outcome(Enum):
    """What became of a sending."""

    SENT = "sent"
    ALREADY_SENT = "already sent"
    CHANGED = "changed"
    INCOMPLETE = "incomplete"
    CLOSED = "closed"
    GONE = "gone"
    UNINVITED = "uninvited"


def send(
    connection: Connection,
    token: str,
    *,
    wave_id: int,
    definition_id: int,
    definition: Definition,
    now: datetime,
    checked: str | None = None,
    language: str = "en",
    source: str | None = None,
    signs: Sequence[str] = (),
    invitation: bytes | None = None,
) -> Outcome:
    """Turn a draft into a response, in the caller's transaction.

    Taking the draft's row first makes sendings, savings and deletings of one draft wait for each
    other; its pages are read only then, so a page saved before belongs to what is sent. The wave
    is held open until the response is written. `checked` is the state of the draft that the person
    saw and agreed to; if it has another by now, nothing is sent. `language` is the code of that in
    which the questions were read, `source` the place that brought the answers.
    `signs` are what was odd about the sending; with those of the draft they become its flags.
    `invitation` is the mark of a one-time code, which is used up with the sending.
    """
    asked = {"mark": mark(token), "wave": wave_id, "now": now}
    held = connection.execute(_LOCK, asked).first()
    if held is None:
        return Outcome.GONE
    if held.sent:
        return Outcome.ALREADY_SENT
    if not takes_answers(connection, wave_id, day_of(now)):
        return Outcome.CLOSED
    draft = read(connection, token, wave_id, now)
    answers = draft.answers if draft else {}
    fault = _fault(definition, draft, checked)
    if fault:
        return fault
    if definition.invited and not _used(connection, wave_id, invitation):
        return Outcome.UNINVITED
    took = now - held.started_at
    noted = [*draft.signs, *signs] if draft else [*signs]
    if took < reading_time(definition, answers):
        noted.append(Sign.FAST)
    today = day_of(now)
    receive(
        connection,
        definition,
        row(
            definition,
            answers,
            wave_id=wave_id,
            definition_id=definition_id,
            submission=submission_mark(token),
            day=today if definition.keeps_day else first_day(connection, wave_id),
            duration=_seconds(took),
            language=language,
            source=source,
            flags=joined(noted),
        ),
        came_on=today,
    )
    _empty(connection, held.id, now)
    return Outcome.SENT


def _used(connection: Connection, wave_id: int, invitation: bytes | None) -> bool:
    """Whether there was a code that could be used up just now."""
    return invitation is not None and use(connection, wave_id, invitation)


def _fault(definition: Definition, draft: OpenDraft | None, checked: str | None) -> Outcome | None:
    """Why a draft cannot be sent as it is."""
    if draft and checked is not None and draft.state != checked:
        return Outcome.CHANGED
    answers = draft.answers if draft else {}
    if missing(definition, answers) or not eligible(definition, answers):
        return Outcome.INCOMPLETE
    return None


def reading_time(definition: Definition, answers: Answers) -> timedelta:
    """The least time in which a person can read what these answers were asked.

    The survey says how many seconds a question takes, if it says so among its cleaning rules;
    otherwise it is two, as in `engage.core.cleaning.rules`.
    """
    kept = reachable(definition, answers)
    count = sum(len(asked_in(section, kept)) for section in definition.sections)
    each = definition.cleaning.limits.get("seconds_a_question", SECONDS_A_QUESTION)
    return timedelta(seconds=count * each)


def _seconds(took: timedelta) -> int:
    """How long answering took, to the nearest ten seconds, and a day at most."""
    exact = min(max(took, timedelta()), LONGEST).total_seconds()
    return int(exact / STEP + 0.5) * STEP


def _empty(connection: Connection, draft_id: int, now: datetime) -> None:
    """Leave of a sent draft only its mark, by which a repeat is recognised; its code is dead.

    Its times become those of the whole day: with finer ones the response that was written at the
    same moment, or took as long, could be told.
    """
    ends = end_of_day(now)
    connection.execute(delete(PAGES).where(PAGES.c.draft_id == draft_id))
    connection.execute(delete(CODES).where(CODES.c.draft_id == draft_id))
    connection.execute(
        update(DRAFTS)
        .where(DRAFTS.c.id == draft_id)
        .values(sent=True, started_at=ends - timedelta(days=1), expires_at=ends + LIFE)
    )
