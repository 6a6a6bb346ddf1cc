"""Making a file: read, compose, store. Runs in the worker, which has pandas; never in a request."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TypeVar

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.downloads import requests
from engage.downloads.board_pack import board_pack
from engage.downloads.bundle_files import bundle, figures_bundle
from engage.downloads.figure_files import indicators_csv, indicators_xlsx
from engage.downloads.kinds import OFFERS, FileKind
from engage.downloads.made import Made, NothingToMakeError, OldFiguresError, Told, Wanted
from engage.downloads.models import FullRequest
from engage.downloads.parts import as_file, put, size_of
from engage.downloads.response_files import responses, responses_full
from engage.downloads.store import add, finish
from engage.figures.refresh import refresh
from engage.jobs.progress import tell
from engage.waves.models import Wave

KEPT = timedelta(days=30)
OF_BUNDLE = ("responses.csv", "responses.sav", "responses.parquet")
"""The files of a bundle that have a row for each response, in the order in which they are made."""
Done = TypeVar("Done")

MAKERS: dict[FileKind, Callable[[Session, Wanted], list[Made]]] = {
    FileKind.INDICATORS_CSV: indicators_csv,
    FileKind.INDICATORS_XLSX: indicators_xlsx,
    FileKind.BOARD_PACK: board_pack,
    FileKind.RESPONSES: responses,
    FileKind.RESPONSES_FULL: responses_full,
    FileKind.BUNDLE: bundle,
    FileKind.FIGURES_BUNDLE: figures_bundle,
}


def make(
    session: Session,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    council: str,
    folder: Path | None = None,
) -> int:
    """Make the file that a job asks for; how many files it took.

    Reads on a connection of its own, so that nobody who answers waits while a file is made. A long
    one is written to a file without a name in `folder`, which is gone when this ends however it
    ends, and stored from there part by part, each committed. What was made before for the same
    request is replaced at the end, in the caller's transaction, so doing it twice leaves one file.
    Raises NothingToMakeError when what the file would hold is not there.
    """
    kind = FileKind(payload["kind"])
    with ExitStack() as held:

        def scratch() -> BinaryIO:
            return held.enter_context(TemporaryFile(dir=folder))

        def read() -> tuple[list[Made], Wanted, date]:
            return _read(session, kind, payload, now, council=council, scratch=scratch)

        made, wanted, ends = with_new_figures(session, payload["wave_id"], now, read)
        stored = [_store(session, wanted, file, payload["wave_id"], ends) for file in made]
    finish(session, stored)
    return len(made)


def _told(kind: FileKind) -> Told:
    """Tell the page of who waits how far a file is: of a bundle, which has the rows three times."""
    order = OF_BUNDLE if kind is FileKind.BUNDLE else ()

    def told(file: str, done: int, rows: int) -> None:
        before = order.index(file) if file in order else 0
        tell(before * rows + done, max(len(order), 1) * rows)

    return told


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
    session: Session,
    kind: FileKind,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    council: str,
    scratch: Callable[[], BinaryIO],
) -> tuple[list[Made], Wanted, date]:
    """The files, what was wanted, and the day on which they are deleted."""
    with (
        session.get_bind().engine.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        wave = reading.get(Wave, payload["wave_id"])
        if wave is None:
            raise NothingToMakeError(f"There is no wave {payload['wave_id']}.")
        wanted = Wanted(wave, council, now, scratch=scratch, told=_told(kind))
        if kind is FileKind.RESPONSES_FULL:
            wanted = _as_requested(reading, wanted, payload.get("request"))
        made = MAKERS[kind](reading, wanted)
        ends = wanted.delete_on or day_of(now) + KEPT
        if OFFERS[kind].of_responses:
            ends = min(ends, wave.delete_on)
    return made, wanted, ends


def _as_requested(session: Session, wanted: Wanted, number: int | None) -> Wanted:
    """What a request says; raises NothingToMakeError unless somebody else agreed to it."""
    request = session.get(FullRequest, number) if number is not None else None
    if request is None:
        raise NothingToMakeError(f"Nobody says what the responses in full are for: {number=}.")
    if not requests.agreed(session, request):
        raise NothingToMakeError(f"Nobody else has agreed to request {number}.")
    return replace(
        wanted, request_id=request.id, purpose=request.purpose, delete_on=request.delete_on
    )


def _store(session: Session, wanted: Wanted, file: Made, wave_id: int, ends: date) -> int:
    """Store a file that nobody sees before it is finished, and commit; its number."""
    content = as_file(file.content)
    file_id = add(
        session,
        wave_id=wave_id,
        run_id=file.run_id,
        kind=file.kind,
        name=file.name,
        media_type=file.media_type,
        size=size_of(content),
        made_at=wanted.now,
        delete_on=ends,
        request_id=wanted.request_id,
    )
    session.commit()
    put(session, file_id, content)
    return file_id
