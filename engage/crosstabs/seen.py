"""What was shown of a wave that a new table, or a new comparison of wards, has to stand beside."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.crosstabs.models import CrossTable
from engage.crosstabs.spec import Spec
from engage.crosstabs.treated.models import TreatedComparison
from engage.figures.breakdowns import AREA_GROUP, WARD
from engage.figures.models import FigureRun

WARDS, GROUPS = f"b:{WARD}", f"b:{AREA_GROUP}"


def seen(session: Session, wave_id: int) -> tuple[int | None, list[int], list[int]]:
    """The newest run, the tables and the comparisons: the same as long as nothing new is shown."""
    newest = session.scalar(select(func.max(FigureRun.id)).filter_by(wave_id=wave_id))
    tables = [each.id for each in tables_shown(session, wave_id)]
    return newest, tables, [each.id for each in _comparisons(session, wave_id)]


def tables_shown(session: Session, wave_id: int) -> Sequence[CrossTable]:
    """The tables of two questions that were shown, in their order."""
    shown = select(CrossTable).filter_by(wave_id=wave_id, state="shown")
    return session.scalars(shown.order_by(CrossTable.id)).all()


def compared(
    session: Session, wave_id: int
) -> list[tuple[frozenset[str], frozenset[str], set[str]]]:
    """Of each comparison of wards: those on either side, and the indicators that were shown."""
    return [
        (
            frozenset(json.loads(each.treated)),
            frozenset(json.loads(each.control)),
            {row["indicator"] for row in _rows(each) if not row["reason"]},
        )
        for each in _comparisons(session, wave_id)
    ]


def groupings(
    tables: Sequence[CrossTable], wards: Sequence[str], of: Mapping[str, str], groups: Sequence[str]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The sets of wards that tables told apart, each with the names of what the table crosses.

    `of` has the area group of each ward; `wards` and `groups` are in the order of the tables.
    """
    codes_of = {WARDS: wards, GROUPS: groups}
    for table in tables:
        spec, hidden = Spec.from_json(table.spec), json.loads(table.hidden or "[]")
        named = frozenset({spec.rows, spec.columns, *(name for name, _codes in spec.filters)})
        for name, codes in spec.filters:
            if name in codes_of:
                yield frozenset().union(*(_wards(name, code, of) for code in codes)), named
        content = json.loads(table.content or "{}")
        high, wide = len(content["row_labels"]), len(content["column_labels"])
        rows, columns = hidden[high * wide :][:high], hidden[high * (wide + 1) : -1]
        for name, gone in ((spec.rows, rows), (spec.columns, columns)):
            if name in codes_of:
                for code, away in zip(codes_of[name], gone, strict=True):
                    if not away:
                        yield _wards(name, code, of), named


def _wards(name: str, code: str, of: Mapping[str, str]) -> frozenset[str]:
    """The wards of a category of a table."""
    return frozenset({code} if name == WARDS else {ward for ward, its in of.items() if its == code})


def _comparisons(session: Session, wave_id: int) -> Sequence[TreatedComparison]:
    made = select(TreatedComparison).where(
        TreatedComparison.result.is_not(None),
        (TreatedComparison.before_id == wave_id) | (TreatedComparison.after_id == wave_id),
    )
    return session.scalars(made.order_by(TreatedComparison.id)).all()


def _rows(comparison: TreatedComparison) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(comparison.result or "{}").get("rows", [])
    return rows
