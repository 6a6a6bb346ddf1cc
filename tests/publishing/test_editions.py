"""From figures to an edition that everyone sees: frozen, agreed to, out once, corrected, back."""

from datetime import date, timedelta

import pytest
from conftest import NOON
from figures.town import answer, people
from publishing.editions import (
    ANN,
    BOB,
    CHOSEN,
    COUNCIL,
    agreed,
    chosen,
    closed_wave,
    counted_wave,
    frozen,
    published,
)
from sqlalchemy import delete, func, select, update

from engage.approvals.store import ApprovalError
from engage.extensions import db
from engage.figures.models import Figure, FigureRun
from engage.figures.refresh import refresh
from engage.figures.store import figures_of, newest_run
from engage.published import release, service, store
from engage.published.files import files
from engage.published.freeze import freeze
from engage.published.models import Publication, PublicationState, PublishedFile
from engage.published.ready import NotReadyError
from engage.published.release import publish, publish_due
from engage.published.service import ChangedError, PublishingError
from engage.responses.models import Response
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

pytestmark = pytest.mark.either_database

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def session(app):
    return db.session()


@pytest.fixture
def wave(session):
    return closed_wave(session)


def numbers(figures):
    return {
        (each.indicator, each.breakdown, each.group): (each.estimate.value, each.estimate.base)
        for each in figures
        if not each.estimate.hidden
    }


def test_what_comes_out_is_what_was_stored_and_stays_when_runs_are_gone(session, wave):
    run = newest_run(session, wave.id)
    stored = numbers(figures_of(session, run.id))
    edition = published(session, wave)
    session.execute(delete(FigureRun))
    session.commit()
    out = store.of_wave(session, wave.id)
    shown = numbers(store.published_figures(session, out.id))
    assert shown == {key: value for key, value in stored.items() if key[0] in CHOSEN}
    assert (out.edition, out.published_at, out.slug) == (1, LATER, "fear-of-crime")
    assert store.publications(session, date(2026, 3, 2)) == [out]
    assert store.publications(session, date(2026, 3, 1)) == []
    assert store.newest(session, "fear_of_crime") == out
    finding = store.published_finding(
        session, "fear_of_crime", wave.id, "safe_dark", "overall", "all"
    )
    assert finding.indicator.name == "Feels safe outside after dark"
    wards = store.ward_figures(session, "W1")
    assert {each.figure.indicator for each in wards} == {*CHOSEN}
    assert {each.kind for each in store.files_of(session, edition.id)} == {
        "csv",
        "metadata",
        "ods",
        "xlsx",
    }


def test_only_final_figures_of_all_answers_are_taken(session, wave):
    definition = definition_of(wave.definition)
    answer(session, wave, people(definition, 1, seed=9), start=9000)
    with pytest.raises(NotReadyError, match="0 then, 1 now"):
        chosen(session, wave)
    session.rollback()
    session.execute(delete(Response))
    edition = chosen(session, wave)
    answer(session, wave, people(definition, 1, seed=8), start=9001)
    assert not freeze(session, edition.id, NOON)
    assert edition.state == PublicationState.DROPPED
    assert "0 then, 1 now" in edition.said
    session.execute(delete(Response))
    wave.state = WaveState.OPEN
    session.commit()
    with pytest.raises(NotReadyError, match="takes answers until 1 April 2026"):
        chosen(session, wave)
    wave.state = WaveState.CLOSED
    session.execute(update(FigureRun).values(interim=True))
    session.commit()
    with pytest.raises(NotReadyError, match="while the wave was open"):
        chosen(session, wave)


def test_nobody_agrees_to_what_they_asked_for_and_one_edition_is_prepared_at_a_time(session, wave):
    edition = frozen(session, wave)
    with pytest.raises(PublishingError, match="is preparing results"):
        chosen(session, wave)
    version = edition.version
    service.ask(session, edition, version, LATER, by=ANN, now=NOON)
    session.commit()
    with pytest.raises(ChangedError):
        service.ask(session, edition, version, LATER, by=BOB, now=NOON)
    session.rollback()
    with pytest.raises(ApprovalError, match="somebody else"):
        service.agree(session, edition, edition.digest, by=ANN, now=NOON)
    with pytest.raises(ApprovalError, match="changed since you looked"):
        service.agree(session, edition, "0" * 64, by=BOB, now=NOON)
    service.agree(session, edition, edition.digest, by=BOB, now=NOON)
    assert edition.state == PublicationState.SCHEDULED


def test_it_comes_out_at_its_time_and_once(session, wave):
    edition = agreed(session, wave)
    assert publish_due(session, LATER - timedelta(seconds=1), council=COUNCIL) == 0
    assert store.of_wave(session, wave.id) is None
    assert publish_due(session, LATER, council=COUNCIL) == 1
    assert publish_due(session, LATER, council=COUNCIL) == 0
    assert not publish(session, edition.id, LATER, council=COUNCIL)
    assert session.scalar(select(func.count()).select_from(PublishedFile)) == 4


def test_one_that_cannot_be_made_does_not_hold_up_the_others(session, wave, monkeypatch):
    edition, other = agreed(session, wave), agreed(session, closed_wave(session, 2025))

    def fails_for_the_first(published, *given):
        if published.id == edition.id:
            raise OSError("disk full")
        return files(published, *given)

    monkeypatch.setattr(release, "files", fails_for_the_first)
    with pytest.raises(OSError, match="disk full"):
        publish_due(session, LATER, council=COUNCIL)
    assert (other.state, edition.state) == (PublicationState.PUBLISHED, PublicationState.FROZEN)
    assert "could not be made" in edition.said
    assert store.of_wave(session, wave.id) is None
    assert publish_due(session, LATER, council=COUNCIL) == 0


@pytest.mark.parametrize("changed", ["figure", "note", "time"])
def test_nothing_comes_out_that_was_changed_after_the_yes(session, wave, changed):
    edition = agreed(session, wave)
    if changed == "figure":
        session.execute(update(store.FIGURES).where(store.FIGURES.c.position == 0).values(base=7))
    elif changed == "note":
        session.execute(update(Publication).values(note="All is well."))
    else:
        session.execute(update(Publication).values(publish_at=LATER - timedelta(minutes=1)))
    session.commit()
    assert publish_due(session, LATER, council=COUNCIL) == 0
    session.refresh(edition)
    assert (edition.state, "agreed to" in edition.said) == (PublicationState.FROZEN, True)
    assert store.of_wave(session, wave.id) is None


def test_a_correction_says_what_changed_and_hides_the_few_who_came_since(session):
    wave = counted_wave(session)
    first = published(session, wave, indicators=("safe_dark",))
    before = numbers(store.published_figures(session, first.id))
    with pytest.raises(PublishingError, match="what this edition changes"):
        chosen(session, wave)
    session.rollback()
    few = [
        each | {"connection": "resident", "ward": "W1"}
        for each in people(definition_of(wave.definition), 3, seed=5)
    ]
    answer(session, wave, few, start=9000)
    refresh(session, wave.id, LATER)
    session.commit()
    second = published(session, wave, note="Three paper forms were found.", now=LATER)
    session.refresh(first)
    assert (first.state, second.edition) == (PublicationState.REPLACED, 2)
    now = numbers(store.published_figures(session, second.id))
    kept = {key: now[key] for key in before if key in now}
    moved = {key for key, told in kept.items() if told != before[key]}
    assert kept
    assert not moved, "fewer than five people came in: their figures stay as they were"
    assert [each.edition for each in store.editions(session, wave.id)] == [2, 1]
    third = frozen(session, wave, note="More groups.", now=LATER + timedelta(hours=2))
    # What the first edition left out partners saw: of a few others it is not shown anew either.
    assert third.state == PublicationState.DROPPED


def test_an_edition_that_could_put_nothing_right_is_refused_and_says_what_to_do(session):
    wave = counted_wave(session)
    published(session, wave, indicators=("safe_dark",), breakdowns=("overall",))
    run = newest_run(session, wave.id)
    session.execute(update(Figure).where(Figure.run_id == run.id).values(estimate=0.5))
    session.commit()
    again = frozen(
        session, wave, indicators=("safe_dark",), breakdowns=("overall",), note="Wrong weights."
    )
    assert again.state == PublicationState.DROPPED
    assert "take it back and say why" in again.said


def test_one_who_came_for_one_who_went_is_noticed_before_an_edition_is_frozen(session):
    wave = counted_wave(session)
    edition = chosen(session, wave)
    gone = select(func.min(Response.id)).scalar_subquery()
    session.execute(delete(Response).where(Response.id == gone))
    one = [
        each | {"connection": "resident", "ward": "W1"}
        for each in people(definition_of(wave.definition), 1, seed=6)
    ]
    answer(session, wave, one, start=9100)
    assert not freeze(session, edition.id, NOON)
    assert "Other answers are used now" in edition.said


def test_more_of_the_same_figures_is_free_and_needs_no_answers(session, wave):
    published(session, wave, indicators=("safe_dark",), breakdowns=("overall",))
    session.execute(update(Wave).values(delete_on=date(2026, 4, 2)))
    session.commit()
    late = NOON.replace(month=5)
    second = published(session, wave, note="With wards.", now=late)
    run = numbers(figures_of(session, newest_run(session, wave.id).id))
    shown = numbers(store.published_figures(session, second.id))
    assert shown == {key: value for key, value in run.items() if key[0] in CHOSEN}


def test_what_is_taken_back_is_named_and_its_figures_are_gone(session, wave):
    edition = published(session, wave)
    service.withdraw(session, edition, edition.version, "The wards were wrong.", by=ANN, now=LATER)
    session.commit()
    out = store.of_wave(session, wave.id)
    assert (out.withdrawn, out.said) == (True, "The wards were wrong.")
    assert store.newest(session, "fear_of_crime") is None
    assert store.ward_figures(session, "W1") == []
    key = ("fear_of_crime", wave.id, "safe_dark", "overall", "all")
    assert store.published_finding(session, *key) is None
    again = published(session, wave, note="With the right wards.", now=LATER)
    assert store.of_wave(session, wave.id).id == again.id
