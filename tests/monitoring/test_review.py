"""People decide about marked responses: the figures obey, it can be undone, and two are told."""

import pytest
from conftest import NOON
from figures.town import answer, filled, found, people
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage import worker
from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.figures.store import newest_run
from engage.responses import reviews, taking_up
from engage.responses.models import Response
from engage.responses.review_models import Decision, ResponseReview
from engage.responses.screened import ScreenedText
from engage.responses.screening import queue
from engage.waves.published import definition_of


@pytest.fixture
def wave(app, clock):
    """A wave with twelve responses that took a moment, which the rules mark."""
    found(db.session())
    wave = filled(db.session(), 60)
    answer(
        db.session(),
        wave,
        people(definition_of(wave.definition), 12, seed=9),
        start=90,
        duration=10,
    )
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    return wave


def decide(number: int, decision: Decision, seen: int = 0) -> bool:
    review = marked()[number]
    done = reviews.decide(
        db.session(), review.id, decision, seen=seen, reason="Nonsense", staff_id=1, now=NOON
    )
    db.session.commit()
    return done


def marked() -> list[ResponseReview]:
    fast = ResponseReview.rules.contains("speeding")
    return list(db.session.scalars(select(ResponseReview).where(fast).order_by(ResponseReview.id)))


def flow(wave):
    taking_up.take_up(db.session(), wave.id, first=True, now=NOON)
    db.session.commit()
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    return newest_run(db.session(), wave.id).flow


def test_figures_obey_what_people_decided_and_are_as_before_when_it_is_undone(wave):
    before = flow(wave)
    assert "reviewed" not in before.removed
    assert len(marked()) == before.flagged["speeding"] == 12

    for number in range(11):
        assert decide(number, Decision.LEAVE_OUT)
    assert decide(11, Decision.KEEP)
    after = flow(wave)
    assert (after.received, after.used) == (before.received, before.used - 11)
    assert (after.removed["reviewed"], after.flagged["reviewed"]) == (11, 1)

    assert not decide(0, Decision.KEEP, seen=0), "somebody was faster"
    left_out = db.session.scalars(select(ResponseReview).filter_by(decision="leave_out")).first()
    assert left_out.rules == "", "it is not marked where it is not used, and stays on the list"
    for review in db.session.scalars(select(ResponseReview).where(ResponseReview.version == 1)):
        reviews.decide(
            db.session(), review.id, Decision.UNDONE, seen=1, reason="So", staff_id=1, now=NOON
        )
    db.session.commit()
    assert flow(wave) == before
    assert len(marked()) == 12

    db.session.delete(db.session.get(Response, marked()[0].response_id))
    db.session.commit()
    assert len(marked()) == 11, "what was decided goes with the response"


def leave_out(wave_id: int, numbers: range) -> None:
    """Decide that these marked responses are left out, and no other."""
    for number, each in enumerate(marked()):
        wanted = Decision.LEAVE_OUT if number in numbers else Decision.UNDONE
        reviews.decide(
            db.session(), each.id, wanted, seen=each.version, reason="So", staff_id=1, now=NOON
        )
    db.session.commit()


def test_of_a_closed_wave_no_two_states_differ_by_a_few_people(wave):
    definition = definition_of(wave.definition)
    answer(db.session(), wave, people(definition, 28, seed=8), start=200, duration=10)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    assert len(marked()) == 40

    def taken(numbers: range) -> int | None:
        """How many responses are left out after the decisions; None where they are refused."""
        leave_out(wave.id, numbers)
        done = taking_up.take_up(db.session(), wave.id, first=False, now=NOON)
        db.session.commit()
        return len(taking_up.decided(db.session(), wave.id)) if done else None

    assert taken(range(9)) is None, "nine would be told apart"
    assert taking_up.decided(db.session(), wave.id) == {}
    assert taken(range(10)) == 10
    assert taken(range(11)) is None, "one more than last time"
    assert taken(range(10, 20)) is None, "twenty away, but who was out stays out"
    assert taken(range(20)) == 20
    assert taken(range(1, 21)) is None, "the three together would give away the first less the last"
    assert taken(range(10)) == 10, "back to what was before"
    assert taken(range(0)) == 0, "and all can be undone"


@pytest.fixture
def pages(lite_app, clock):
    found(db.session())
    wave = filled(db.session(), 60)
    rows = answer(
        db.session(), wave, people(definition_of(wave.definition), 1, seed=9), start=90, duration=10
    )
    queue(db.session.connection(), definition_of(wave.definition), rows)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    clients = [
        sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST, name))
        for name in ("Ada One", "Bea Two")
    ]
    return f"/staff/waves/{wave.id}/review", *clients


@pytest.mark.either_database
def test_two_analysts_look_at_one_marked_answer_and_the_second_is_told(pages, clock):
    path, ada, bea = pages
    one = f"{path}/{marked()[0].id}"
    for each in (ada, bea):
        text = each.get(one).text
        assert "Very quick" in text
        assert "10 seconds" in text
        assert "answers are not shown" in text
        assert "English" in [said.text for said in each.page.iterfind(".//dd")]
        for hidden in ("Ward 1", "16 to 24", "2 March", "Which ward"):
            assert hidden not in text
    seen = ada.value("seen")
    ada.post(one, {"seen": seen, "decision": "leave_out", "reason": ""}, 422)
    ada.post(one, {"seen": seen, "decision": "leave_out", "reason": "The same all down"})
    bea.post(one, {"seen": seen, "decision": "keep", "reason": "Looks honest"}, 409)
    assert "Left out by Ada One" in bea.text
    assert "The same all down" in bea.text
    bea.post(one, {"seen": bea.value("seen"), "decision": "undone", "reason": "Looks honest"})
    assert "1 to look at, 0 kept, 0 left out" in bea.get(path).text
    while worker.turn(db.session(), clock.at):
        pass

    events = select(AuditEvent.action, AuditEvent.subject, AuditEvent.detail)
    said = {row.action: row for row in db.session.execute(events) if row.action[:6] != "signin"}
    assert said["responses.seen"].subject == f"wave:{path.split('/')[3]}"
    assert said["review.left_out"].subject == f"review:{one.rsplit('/', 1)[1]}"
    assert not any("same all" in row.detail for row in said.values())


@pytest.mark.either_database
def test_words_are_shown_only_once_somebody_has_screened_them(pages):
    path, ada, _bea = pages
    one = f"{path}/{marked()[0].id}"
    assert "once somebody has screened it" in ada.get(one).text
    for text in db.session.scalars(select(ScreenedText)):
        text.state = "passed"
    db.session.commit()
    text = ada.get(one).text
    assert "once somebody has screened it" not in text
    assert "words" in [each.text for each in ada.page.iterfind(".//dd")]
