"""Freezing an edition in the worker: its rows are copied, and checked beside former editions."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.clock import day_of
from engage.core.disclosure.successive import Again
from engage.core.indicators.model import Key
from engage.core.statistics.estimate import HIDDEN, Estimate
from engage.figures.again import shown_again
from engage.figures.indicators import indicator_file_of
from engage.figures.read import read
from engage.figures.store import StoredFigure, StoredRun, figures_of
from engage.figures.told import gather
from engage.figures.used import digest_of as digest_of_home, home_of
from engage.published import store
from engage.published.compared import Compared
from engage.published.digest import digest_of
from engage.published.figure import Figure, numbers_of, targets_written
from engage.published.models import Publication, PublicationState
from engage.published.ready import NotReadyError, final_run
from engage.published.telling import about
from engage.waves.models import Wave

NOBODY = Estimate(math.nan, math.nan, math.nan, math.nan, None, flag=HIDDEN)
SAME = (
    "All of it would read as it was published. The new figures are of the same answers, or of a "
    "few more or fewer: beside those that were shown they would tell what a few people said. If "
    "what was published is wrong, take it back and say why."
)
OTHERS = (
    "Other answers are used now than those the figures were made of, though they may be as many. "
    "Make the figures anew, then come back."
)
DELETED = (
    "These figures are not those that were published, and the answers are deleted by now: what may "
    "be shown beside the published ones cannot be checked. The published edition stays."
)


def freeze(session: Session, publication_id: int, now: datetime) -> bool:
    """Copy the chosen figures of a wave into an edition; whether that was done. Once an edition.

    Where they may not be published the edition is dropped and says why. The caller commits.
    """
    publication = session.get(Publication, publication_id, with_for_update=True)
    if publication is None or publication.state != PublicationState.CHOSEN:
        return False
    wave = session.get_one(Wave, publication.wave_id)
    try:
        run = final_run(session, wave, now)
        _refuse_other_people(session, wave, run, now)
        _copy(session, publication, wave, run, now)
    except NotReadyError as error:
        publication.state, publication.said = PublicationState.DROPPED, str(error)
        _note(session, publication, "publication.refused", now)
    else:
        publication.state = PublicationState.FROZEN
        _note(session, publication, "publication.frozen", now)
    publication.version += 1
    session.flush()
    return publication.state == PublicationState.FROZEN


def _refuse_other_people(session: Session, wave: Wave, run: StoredRun, now: datetime) -> None:
    """Raise NotReadyError where figures are not of those whose answers are used now.

    As many may have come as went. A run that does not say of whom it is was made before that was
    kept; once answers are deleted on their day, the last figures stand.
    """
    if run.flow.people and wave.delete_on > day_of(now):
        home, _away = home_of(read(session, wave, flags=False))
        if digest_of_home(home) != run.flow.people:
            raise NotReadyError(OTHERS)


def _note(session: Session, publication: Publication, action: str, now: datetime) -> None:
    subject = f"publication:{publication.id}"
    record(session, at=now, staff_id=None, action=action, subject=subject)


def _copy(
    session: Session, publication: Publication, wave: Wave, run: StoredRun, now: datetime
) -> None:
    chosen = json.loads(publication.chosen)
    told, file = gather(session, wave, run), indicator_file_of(wave.questionnaire)
    compared, every = Compared(session, told), figures_of(session, run.id)
    former, fates = _beside_former(session, wave, every, now)
    rows: list[dict[str, Any]] = []
    for each in every:
        if each.indicator not in chosen["indicators"] or each.breakdown not in chosen["breakdowns"]:
            continue
        key = _key(each)
        stands = former.get(key) if fates.get(key) is Again.FORMER else None
        hidden = fates.get(key) is Again.HIDDEN or (
            fates.get(key) is Again.FORMER and stands is None
        )
        estimate = NOBODY if hidden else stands.estimate if stands else each.estimate
        change = None if hidden else stands.change if stands else compared.change(key)
        aims = () if hidden else stands.targets if stands else compared.targets(key)
        rows.append(
            {
                "publication_id": publication.id,
                "position": len(rows),
                "indicator": each.indicator,
                "breakdown": each.breakdown,
                "group": each.group,
                "label": each.label,
                "estimator": each.estimator,
                "method": each.method,
                **numbers_of(estimate),
                "change": change.written() if change and not estimate.hidden else "",
                "targets": targets_written(() if estimate.hidden else aims),
            }
        )
    if not rows:
        raise NotReadyError("There is no figure of what was chosen. Choose anew.")
    if fates and _nothing_new(session, wave, rows):
        raise NotReadyError(SAME)
    session.execute(delete(store.FIGURES).where(store.FIGURES.c.publication_id == publication.id))
    session.execute(insert(store.FIGURES), rows)
    there = {row["indicator"] for row in rows}
    indicators = [each for each in file.indicators if each.id in there]
    found = dict.fromkeys(row["breakdown"] for row in rows)
    titles = sorted(found, key=lambda name: name != store.OVERALL)
    publication.run_id = run.id
    publication.about = about(told, indicators, titles, file.headlines).written()
    session.flush()
    publication.digest = digest_of(session, publication)


def _nothing_new(session: Session, wave: Wave, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these rows are those of the newest edition, which is out still."""
    last = store.editions(session, wave.id)[0]
    if last.state == PublicationState.WITHDRAWN:
        return False
    newest = store.published_figures(session, last.id)
    before = {each.key: numbers_of(each.estimate) for each in newest}
    names = next(iter(before.values()), {})
    now = {
        (row["indicator"], row["breakdown"], row["group"]): {name: row[name] for name in names}
        for row in rows
    }
    return now == before


def _beside_former(
    session: Session,
    wave: Wave,
    every: Sequence[StoredFigure],
    now: datetime,
) -> tuple[Mapping[Key, Figure], Mapping[Key, Again]]:
    """What stands of every figure that was ever published, and what to show of each row now.

    Nothing has to be checked where every edition shows what this run does: its table was made safe
    as a whole, so more of it may be shown. Of the first edition partners saw the whole run.
    """
    own = {_key(each): each.estimate for each in every}
    known: dict[Key, Figure] = {}
    tables: list[pd.DataFrame] = []
    first = _first_run(session, wave)
    if any(not each.estimate.hidden and _other(own.get(_key(each)), each) for each in first):
        tables.append(_table(wave, first))
    for edition in reversed(store.editions(session, wave.id)):
        shown = store.published_figures(session, edition.id)
        known |= {each.key: each for each in shown if not each.estimate.hidden}
        if any(not each.estimate.hidden and _other(own.get(each.key), each) for each in shown):
            tables.append(_table(wave, shown))
    if not tables:
        return {}, {}
    if wave.delete_on <= day_of(now):
        raise NotReadyError(DELETED)
    return known, shown_again(read(session, wave), tables, _table(wave, every))


def _first_run(session: Session, wave: Wave) -> Sequence[StoredFigure]:
    """All figures of the run that the first edition was made of, as far as it is there."""
    out = select(Publication.run_id).where(Publication.published_at.is_not(None))
    first = session.scalar(out.filter_by(wave_id=wave.id).order_by(Publication.edition).limit(1))
    return figures_of(session, first) if first else ()


def _key(figure: StoredFigure) -> Key:
    return figure.indicator, figure.breakdown, figure.group


def _other(now: Estimate | None, then: Figure | StoredFigure) -> bool:
    return now is None or (now.value, now.base, now.lower) != (
        then.estimate.value,
        then.estimate.base,
        then.estimate.lower,
    )


def _table(wave: Wave, rows: Sequence[StoredFigure] | Sequence[Figure]) -> pd.DataFrame:
    """Rows as a table of the core: nothing where there is no number."""
    return pd.DataFrame(
        [
            {
                "wave": wave.name,
                "indicator": each.indicator,
                "breakdown": each.breakdown,
                "group": each.group,
                "estimator": each.estimator,
                "method": each.method,
                **numbers_of(each.estimate),
            }
            for each in rows
        ]
    )
