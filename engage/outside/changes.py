"""Putting series on record in the place of what was there, and saying what that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, scoped_session

from engage.extensions import table_of
from engage.outside.given import Figure, GivenSeries, Spot
from engage.outside.models import AreaKind, OutsideRemark, OutsideSeries, OutsideValue

Writer = Session | scoped_session[Any]
FACTS = ("kind", "title", "licence", "survey", "measure", "unit", "about", "borough", "nearest")


class Revised(NamedTuple):
    """A figure that is another one now."""

    title: str
    unit: str
    name: str
    ends: date
    before: float
    now: float


@dataclass(slots=True)
class Changes:
    """What an import changed: figures that came, went, or are others now; series that came or went.

    `described` are the titles of series whose figures stayed, but not what is said of them.
    """

    new: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    revised: list[Revised] = field(default_factory=list)
    added: int = 0
    gone: int = 0
    same: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is other than before."""
        return bool(
            self.new or self.left or self.described or self.revised or self.added or self.gone
        )


def put(session: Writer, given: Iterable[GivenSeries], *, digest: str, today: date) -> Changes:
    """Put series in the place of those of the same code and source; the caller commits.

    A series of which nothing is different is left as it is, with the day of its import.
    """
    changes = Changes()
    for each in given:
        series = _with_what_was_said(session, each)
        found = session.scalars(
            select(OutsideSeries).filter_by(code=series.code, source=series.source)
        ).one_or_none()
        if found is None:
            changes.new.append(series.title)
            changes.added += len(series.values)
            found = OutsideSeries(code=series.code, source=series.source)
        elif not _differs(session, found, series, changes):
            continue
        for fact in FACTS:
            setattr(found, fact, getattr(series, fact))
        found.digest, found.imported_on = digest, today
        session.add(found)
        session.flush()
        _replace_values(session, found.id, series)
    return changes


def _with_what_was_said(session: Writer, given: GivenSeries) -> GivenSeries:
    """A series with what was said of it before and is not said anew: our borough, remarks.

    An empty remark takes away the one that there was.
    """
    wanted = select(OutsideSeries).filter_by(code=given.code, source=given.source)
    found = session.scalars(wanted).one_or_none()
    said = {**_remarks(session, found.id), **given.remarks} if found else given.remarks
    days = {spot.period_end for spot in given.values}
    return replace(
        given,
        borough=given.borough or (found.borough if found else ""),
        remarks={ends: says for ends, says in said.items() if says and ends in days},
    )


def drop_others(
    session: Writer, given: Iterable[GivenSeries], *, kind: str, source: str, changes: Changes
) -> None:
    """Forget the series of a source that a newer file of it does not have; the caller commits."""
    codes = [series.code for series in given]
    others = select(OutsideSeries).filter_by(kind=kind, source=source)
    for series in session.scalars(others.where(OutsideSeries.code.not_in(codes))).all():
        changes.left.append(series.title)
        changes.gone += len(_values(session, series.id))
        session.delete(series)
    session.flush()


def _differs(session: Writer, found: OutsideSeries, given: GivenSeries, changes: Changes) -> bool:
    """Whether a series is to be put anew; counts what changes."""
    before = _values(session, found.id)
    added, gone = given.values.keys() - before.keys(), before.keys() - given.values.keys()
    revised = [
        Revised(given.title, given.unit, now.name, spot.period_end, before[spot].value, now.value)
        for spot, now in sorted(given.values.items())
        if spot in before and before[spot].value != now.value
    ]
    changes.added += len(added)
    changes.gone += len(gone)
    changes.revised += revised
    changes.same += len(given.values) - len(added) - len(revised)
    if added or gone or revised:
        return True
    told = all(getattr(found, fact) == getattr(given, fact) for fact in FACTS)
    if told and before == given.values and _remarks(session, found.id) == given.remarks:
        return False
    changes.described.append(given.title)
    return True


def _values(session: Writer, series_id: int) -> dict[Spot, Figure]:
    rows = session.scalars(select(OutsideValue).filter_by(series_id=series_id))
    return {
        Spot(AreaKind(row.area_kind), row.area, row.period_end): Figure(row.name, row.value)
        for row in rows
    }


def _remarks(session: Writer, series_id: int) -> Mapping[date, str]:
    rows = session.scalars(select(OutsideRemark).filter_by(series_id=series_id))
    return {row.period_end: row.says for row in rows}


def _replace_values(session: Writer, series_id: int, given: GivenSeries) -> None:
    for model in (OutsideValue, OutsideRemark):
        session.execute(delete(model).filter_by(series_id=series_id))
    values = [
        {
            "series_id": series_id,
            "area_kind": spot.area_kind,
            "area": spot.area,
            "period_end": spot.period_end,
            "name": figure.name,
            "value": figure.value,
        }
        for spot, figure in given.values.items()
    ]
    remarks = [
        {"series_id": series_id, "period_end": ends, "says": says}
        for ends, says in given.remarks.items()
    ]
    if values:
        session.execute(insert(table_of(OutsideValue)), values)
    if remarks:
        session.execute(insert(table_of(OutsideRemark)), remarks)
