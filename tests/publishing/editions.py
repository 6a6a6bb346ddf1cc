"""Editions for tests: a closed wave with figures, and steps towards what everyone sees."""

from datetime import date, timedelta

from conftest import NOON
from figures.comparisons.stored import ALL, HIDDEN, MEN, WOMEN, figure, run_over, wave
from figures.town import filled, found

from engage.actions import store as actions
from engage.actions.content import Content, Finding, digest_of
from engage.approvals import store as approvals
from engage.figures.refresh import refresh
from engage.figures.store import breakdowns_of, newest_run
from engage.published import service
from engage.published.freeze import freeze
from engage.published.models import Publication, PublicationState
from engage.published.release import publish
from engage.waves.models import WaveState

ANN, BOB = 1, 2
CHOSEN = ("safe_dark", "ni5", "hate_problem")
COUNCIL = "Testham Council"


def counted_wave(session, count=200, **given):
    """A closed wave of the town with figures made of its answers; committed."""
    found(session)
    wave = filled(session, count, state=WaveState.CLOSED, **given)
    refresh(session, wave.id, NOON)
    session.commit()
    return wave


def closed_wave(session, year=2026, more=0.0):
    """A closed wave without answers and with final figures written down by hand; committed."""
    made = wave(session, year)
    rows = {(name, *ALL): figure(0.6 + more) for name in CHOSEN}
    rows |= {(name, *WOMEN): figure(0.5 + more, 0.03, 220) for name in CHOSEN}
    rows |= {(name, *MEN): HIDDEN for name in CHOSEN}
    rows |= {(name, "ward", "W1"): figure(0.4 + more, 0.05, 80) for name in (*CHOSEN, "safe_day")}
    run_over(session, made, rows)
    session.commit()
    return made


def chosen(session, wave, *, indicators=CHOSEN, breakdowns=None, note="", now=NOON):
    """An edition that waits to be frozen; committed."""
    named = breakdowns or breakdowns_of(session, newest_run(session, wave.id).id)
    edition = service.choose(
        session, wave, indicators=indicators, breakdowns=named, note=note, by=ANN, now=now
    )
    session.commit()
    return edition


def frozen(session, wave, **given):
    """An edition with its figures; committed."""
    edition = chosen(session, wave, **given)
    freeze(session, edition.id, given.get("now", NOON))
    session.commit()
    return edition


def agreed(session, wave, *, after=timedelta(hours=1), **given):
    """An edition that a second person agreed to, for an hour later; committed."""
    edition, now = frozen(session, wave, **given), given.get("now", NOON)
    service.ask(session, edition, edition.version, now + after, by=ANN, now=now)
    service.agree(session, edition, edition.digest, by=BOB, now=now)
    session.commit()
    return edition


def published(session, wave, **given):
    """An edition that everyone sees; committed."""
    edition = agreed(session, wave, **given)
    now = given.get("now", NOON)
    assert publish(session, edition.id, now + timedelta(hours=1), council=COUNCIL)
    session.commit()
    return edition


def let_out(session, wave):
    """Have it that an edition of a wave's newest figures is out, for whoever sees no others."""
    edition = Publication(
        wave_id=wave.id,
        questionnaire=wave.questionnaire,
        edition=1,
        chosen="{}",
        run_id=newest_run(session, wave.id).id,
        state=PublicationState.PUBLISHED,
        made_by=ANN,
        made_at=NOON,
        published_at=NOON,
        published_on=NOON.date(),
    )
    session.add(edition)
    session.commit()
    return edition


def shown_action(session, wave):
    """An action that answers how safe people feel after dark, as two agreed to show it."""
    content = Content(
        title="Lights in Abbey Lane",
        theme="streets",
        said="It is too dark.",
        did="We put up new lamps.",
        owner="Street lighting team",
        due_on=date(2026, 4, 1),
        done_on=None,
        state="planned",
        why="",
        findings=(Finding(wave.questionnaire, wave.id, "safe_dark", "overall", "all"),),
    )
    action = actions.create(session, content, by=ANN, now=NOON)
    approvals.ask(session, actions.subject_of(action.id), digest_of(action), by=ANN, now=NOON)
    approvals.give(session, actions.subject_of(action.id), digest_of(action), by=BOB, now=NOON)
    actions.publish(session, action, by=BOB, now=NOON)
    session.commit()
    return action.id
