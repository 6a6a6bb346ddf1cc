"""What was shown of a wave that a new table, or a new comparison of wards, has to stand beside."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.core.cleaning.flow import Flow
from engage.core.indicators.model import Key
from engage.core.statistics.estimate import HIDDEN, Estimate
from engage.crosstabs.models import CrossTable
from engage.crosstabs.spec import Spec
from engage.crosstabs.treated.models import TreatedComparison
from engage.figures.breakdowns import AREA_GROUP, WARD
from engage.figures.final import of_editions
from engage.figures.models import FigureRun
from engage.figures.store import FIGURES, StoredRun, figures_of
from engage.published.store import editions, published_figures
from engage.responses.taking_up import FEWEST

WARDS, GROUPS = f"b:{WARD}", f"b:{AREA_GROUP}"


def seen(session: Session, wave_id: int) -> tuple[int | None, tuple[list[int], ...]]:
    """The newest run, and tables, comparisons, editions: the same while nothing new is shown."""
    newest = session.scalar(select(func.max(FigureRun.id)).filter_by(wave_id=wave_id))
    shown = tables_shown(session, wave_id), _comparisons(session, wave_id)
    out = editions(session, wave_id)
    return newest, tuple([each.id for each in every] for every in (*shown, out))


def figures_seen(session: Session, wave_id: int) -> dict[str, set[Key]]:
    """The figures that were shown, by the digest of whose answers they are of.

    They are those of the runs that are still there, and of every edition that came out.
    """
    found: dict[str, set[Key]] = {}
    names = FIGURES.c.indicator, FIGURES.c.breakdown, FIGURES.c.group, FIGURES.c.flag
    for run in session.scalars(select(FigureRun).filter_by(wave_id=wave_id)):
        rows = session.execute(select(*names).where(FIGURES.c.run_id == run.id))
        found.setdefault(_people(run), set()).update(
            (name, breakdown, group) for name, breakdown, group, flag in rows if HIDDEN not in flag
        )
    for edition in editions(session, wave_id):
        shown = published_figures(session, edition.id)
        keys = {each.key for each in shown if not each.estimate.hidden}
        found.setdefault(edition.about.people, set()).update(keys)
    return found


def told_otherwise(
    session: Session,
    wave_id: int,
    run: StoredRun,
    countable: AbstractSet[str],
    *,
    full: bool = False,
) -> bool:
    """Whether an edition of people who cannot be counted again differs by a few from this run.

    With `full` all figures of the runs that editions were made of are looked at: partners see them.
    """
    shown = [
        {each.key: each.estimate for each in published_figures(session, edition.id)}
        for edition in editions(session, wave_id)
        if edition.about.people not in countable
    ]
    runs = map(session.get_one, repeat(FigureRun), _run_ids(session, wave_id) if full else ())
    strange = [each.id for each in runs if _people(each) not in countable]
    shown += [_by_key(session, each) for each in strange]
    own = _by_key(session, run.id) if shown else {}
    few = FEWEST + (run.counts_rounded_to if run.counts_rounded_to > 1 else 0)
    for figures in shown:
        for key, then in figures.items():
            now = own.get(key)
            if now is None or then.hidden:
                continue
            other = (now.base, now.value) != (then.base, then.value)
            # Of what is hidden now nobody knows by how many it differs.
            if now.hidden or (other and abs((now.base or 0) - (then.base or 0)) < few):
                return True
    return False


def _run_ids(session: Session, wave_id: int) -> Sequence[int]:
    """The runs that editions of a wave were made of, those that are there."""
    held = select(FigureRun.id).where(FigureRun.id.in_(of_editions(wave_id)))
    return session.scalars(held.order_by(FigureRun.id)).all()


def _people(run: FigureRun) -> str:
    return Flow.from_data(json.loads(run.flow)).people


def _by_key(session: Session, run_id: int) -> dict[Key, Estimate]:
    return {
        (each.indicator, each.breakdown, each.group): each.estimate
        for each in figures_of(session, run_id)
    }


def tables_shown(session: Session, wave_id: int) -> Sequence[CrossTable]:
    """The tables of two questions that were shown, in their order."""
    shown = select(CrossTable).filter_by(wave_id=wave_id, state="shown")
    return session.scalars(shown.order_by(CrossTable.id)).all()


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of wards: those on either side, the indicators shown, and of whose answers."""

    treated: frozenset[str]
    control: frozenset[str]
    told: frozenset[str]
    people: str


def compared(session: Session, wave_id: int) -> list[Compared]:
    """Each comparison of wards of a wave, as it was shown."""
    return [
        Compared(
            frozenset(json.loads(each.treated)),
            frozenset(json.loads(each.control)),
            frozenset(row["indicator"] for row in _rows(each) if not row["reason"]),
            json.loads(each.result or "{}").get("people", {}).get(str(wave_id), ""),
        )
        for each in _comparisons(session, wave_id)
    ]


def of_whom(session: Session, wave_id: int) -> set[str]:
    """The digests of those whose answers tables and comparisons of a wave were of."""
    tables = {each.people for each in tables_shown(session, wave_id)}
    return tables | {each.people for each in compared(session, wave_id)}


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
