"""Making a file: read, compose, store. Runs in the worker, which has pandas; never in a request."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.downloads.bundle_files import bundle, figures_bundle
from engage.downloads.figure_files import indicators_csv, indicators_xlsx
from engage.downloads.kinds import OFFERS, FileKind
from engage.downloads.made import Made, NothingToMakeError, OldFiguresError, Wanted
from engage.downloads.models import FullRequest
from engage.downloads.response_files import responses, responses_full
from engage.downloads.store import FILES
from engage.figures.refresh import refresh
from engage.waves.models import Wave

KEPT = timedelta(days=30)
Done = TypeVar("Done")

MAKERS: dict[FileKind, Callable[[Session, Wanted], list[Made]]] = {
    FileKind.INDICATORS_CSV: indicators_csv,
    FileKind.INDICATORS_XLSX: indicators_xlsx,
    FileKind.RESPONSES: responses,
    FileKind.RESPONSES_FULL: responses_full,
    FileKind.BUNDLE: bundle,
    FileKind.FIGURES_BUNDLE: figures_bundle,
}


def make(session: Session, payload: Mapping[str, Any], now: datetime, *, council: str) -> int:
    """Make the file that a job asks for, in the caller's transaction; how many files it took.

    Reads on a connection of its own, so that nobody who answers waits while a file is made. What
    was made before for the same request is replaced, so doing it twice leaves one file. Raises
    NothingToMakeError when what the file would hold is not there.
    """
    kind = FileKind(payload["kind"])
    made, wanted, ends = with_new_figures(
        session, payload["wave_id"], now, lambda: _read(session, kind, payload, now, council)
    )
    for file in made:
        _store(session, wanted, file, payload["wave_id"], ends)
    return len(made)


def with_new_figures(
    session: Session, wave_id: int, now: datetime, work: Callable[[], Done]
) -> Done:
    """Do the work; where the figures are older than the answers, make them anew and do it again.

    New figures are committed, for the work reads on a connection of its own.
    """
    try:
        return work()
    except OldFiguresError:
        refresh(session, wave_id, now)
        session.commit()
        return work()


def _read(
    session: Session, kind: FileKind, payload: Mapping[str, Any], now: datetime, council: str
) -> tuple[list[Made], Wanted, date]:
    """The files, what was wanted, and the day on which they are deleted."""
    with (
        session.get_bind().engine.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        wave = reading.get(Wave, payload["wave_id"])
        if wave is None:
            raise NothingToMakeError(f"There is no wave {payload['wave_id']}.")
        wanted = Wanted(wave, council, now)
        if kind is FileKind.RESPONSES_FULL:
            wanted = _as_requested(reading, wanted, payload.get("request"))
        made = MAKERS[kind](reading, wanted)
        ends = wanted.delete_on or day_of(now) + KEPT
        if OFFERS[kind].of_responses:
            ends = min(ends, wave.delete_on)
    return made, wanted, ends


def _as_requested(session: Session, wanted: Wanted, number: int | None) -> Wanted:
    request = session.get(FullRequest, number) if number is not None else None
    if request is None:
        raise NothingToMakeError(f"Nobody says what the responses in full are for: {number=}.")
    return replace(
        wanted, request_id=request.id, purpose=request.purpose, delete_on=request.delete_on
    )


def _store(session: Session, wanted: Wanted, file: Made, wave_id: int, ends: date) -> None:
    same = delete(FILES).where(
        FILES.c.wave_id == wave_id,
        FILES.c.kind == file.kind,
        FILES.c.request_id.is_not_distinct_from(wanted.request_id),
    )
    session.execute(same)
    row = {
        "wave_id": wave_id,
        "run_id": file.run_id,
        "kind": file.kind,
        "name": file.name,
        "media_type": file.media_type,
        "content": file.content,
        "made_at": wanted.now,
        "delete_on": ends,
        "request_id": wanted.request_id,
    }
    session.execute(insert(FILES), row)
