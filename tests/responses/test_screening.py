"""Each text that comes waits in the queue, its words nowhere but in the response."""

from datetime import date

import orjson
import pytest
from conftest import NOON
from sqlalchemy import delete, func, inspect, select
from survey import DEFINITIONS, answer, begin, open_a_wave

from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.responses import retention, screening
from engage.responses.models import Response
from engage.responses.screened import Reason, ScreenedText, ScreeningState
from engage.responses.screening import queue, receive
from engage.responses.store import row

WRITE_IN = DEFINITIONS / "write_in" / "v1.yaml"
WAITING, PASSED = ScreeningState.WAITING, ScreeningState.PASSED
FLAGGED, HANDLED = ScreeningState.FLAGGED, ScreeningState.HANDLED


@pytest.fixture
def wave_id(app, clock) -> int:
    return open_a_wave()


def send(client) -> None:
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()


def waiting() -> list[ScreenedText]:
    return list(db.session.scalars(select(ScreenedText).order_by(ScreenedText.question)))


def write(wave_id: int, day: date, texts: dict[str, str]) -> str:
    """A response with these texts; its id."""
    wave = load_definition(DEFINITIONS / "every_kind" / "v1.yaml")
    made = row(
        wave,
        {"age_band": "3", **texts},
        wave_id=wave_id,
        definition_id=1,
        submission="s",
        day=day,
        duration=60,
    )
    with db.engine.begin() as connection:
        receive(connection, wave, made)
    return made["id"]


def test_a_text_that_is_sent_waits_until_the_next_working_day(client, clock, wave_id):
    clock.move(days=4)  # a Friday
    answer(begin(client))
    send(client)
    texts = waiting()
    assert [each.question for each in texts] == ["meta", "validate"]
    for each in texts:
        assert (each.came_on, each.due_on) == (date(2026, 3, 6), date(2026, 3, 9))
        assert (each.state, each.reason, each.staff_id, each.told_at) == (WAITING, "", None, None)


def test_what_came_on_paper_waits_from_the_day_on_which_it_was_typed_in(wave_id, app):
    definition = load_definition(DEFINITIONS / "every_kind" / "v1.yaml")
    made = row(
        definition,
        {"age_band": "3", "validate": "Lights"},
        wave_id=wave_id,
        definition_id=1,
        submission="paper",
        day=date(2026, 2, 2),
        duration=None,
    )
    with db.engine.begin() as connection:
        receive(connection, definition, made, came_on=NOON.date())
    (text,) = waiting()
    assert (text.came_on, text.due_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert db.session.get(Response, made["id"]).day == date(2026, 2, 2)


def test_nothing_waits_of_a_response_without_words(client, wave_id):
    answer(begin(client), {"you": {"q_age_band": "3"}, "more": {"q_validate": "   "}})
    send(client)
    assert waiting() == []


def test_what_is_written_beside_an_option_waits_too(client, app, clock):
    open_a_wave("2026", WRITE_IN)
    answer(
        begin(client, "write-in"),
        {"you": {"q_age_band": "2", "q_connection": "other", "q_connection_other_text": "My nan"}},
        "write-in",
    )
    send(client)
    assert [each.question for each in waiting()] == ["connection_other_text"]


def test_no_column_of_the_queue_could_hold_the_words(wave_id, app):
    write(wave_id, NOON.date(), {"validate": "The lamp by the school"})
    columns = inspect(ScreenedText).columns.keys()
    (stored,) = db.session.execute(select(*(getattr(ScreenedText, each) for each in columns)))
    assert not any("lamp" in str(each) for each in stored)
    (text,) = screening.texts_in(db.session(), WAITING, 10)
    assert text.words == "The lamp by the school"


def test_the_text_that_was_due_first_comes_first(wave_id, app):
    write(wave_id, date(2026, 3, 2), {"validate": "new"})
    write(wave_id, date(2026, 2, 27), {"validate": "old"})
    found = screening.texts_in(db.session(), WAITING, 10)
    assert [each.words for each in found] == ["old", "new"]
    for today, overdue in (
        (date(2026, 3, 2), 0),
        (date(2026, 3, 3), 1),
        (date(2026, 3, 4), 2),
    ):
        assert screening.counts(db.session(), today).overdue == overdue
    assert screening.texts_in(db.session(), WAITING, 1)[0].words == "old"


def test_a_decision_is_taken_once_and_can_be_taken_back(wave_id, app):
    write(wave_id, NOON.date(), {"validate": "Help me"})
    (text,) = waiting()
    session = db.session()

    def step(was, becomes, reason=None) -> bool:
        return screening.decide(
            session, text.id, was=was, becomes=becomes, staff_id=7, reason=reason
        )

    assert step(WAITING, FLAGGED, Reason.AT_RISK)
    assert not step(WAITING, PASSED), "somebody else was faster"
    assert screening.untold(session) == [text.id]
    screening.tell(session, [text.id], NOON)
    assert screening.untold(session) == []
    assert step(FLAGGED, HANDLED)
    assert screening.one(session, text.id).reason == Reason.AT_RISK
    assert step(HANDLED, FLAGGED)
    assert screening.one(session, text.id).told_at == NOON, "nobody is told twice"
    assert step(FLAGGED, WAITING)
    kept = screening.one(session, text.id)
    assert (kept.reason, kept.staff_id, kept.told_at) == ("", None, None)


def test_the_queue_goes_with_the_responses(wave_id, app):
    write(wave_id, NOON.date(), {"validate": "a"})
    gone = write(wave_id, NOON.date(), {"validate": "b"})
    db.session.execute(delete(Response).where(Response.id == gone))
    db.session.commit()
    assert [each.words for each in screening.texts_in(db.session(), WAITING, 9)] == ["a"]
    retention.delete_some(db.session(), wave_id)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(ScreenedText)) == 0


def test_of_the_texts_of_a_response_the_state_to_be_minded_most_is_told(wave_id, app):
    both = write(wave_id, NOON.date(), {"validate": "a", "meta": "b"})
    passed = write(wave_id, NOON.date(), {"validate": "c"})
    session = db.session()
    for each in waiting():
        becomes = FLAGGED if each.response_id == both and each.question == "meta" else PASSED
        assert screening.decide(session, each.id, was=WAITING, becomes=becomes, staff_id=1)
    assert screening.states_of(session, wave_id) == {both: "flagged", passed: "passed"}


def test_many_rows_can_be_queued_as_looked_at(wave_id, app):
    definition = load_definition(DEFINITIONS / "every_kind" / "v1.yaml")
    new = write(wave_id, NOON.date(), {"validate": "a"})
    db.session.execute(delete(ScreenedText))
    db.session.commit()
    stored = db.session.get(Response, new)
    values = {
        "id": stored.id,
        "wave_id": wave_id,
        "day": stored.day,
        "answers": orjson.dumps({"validate": "a"}).decode(),
    }
    queue(db.session.connection(), definition, [values], state=PASSED)
    assert screening.counts(db.session(), NOON.date()).waiting == 0
