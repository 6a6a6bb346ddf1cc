"""Evidence: files sent with the code, kept as they came and as a copy that is safe to look at."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from limits import parse
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engage.extensions import db, limiter
from engage.reporting.cleaning import BusyError, Turn, kind_of, turn
from engage.reporting.forms import StartForm
from engage.reporting.talk import Act
from engage.reporting.views import reading
from engage.reporting.visiting import Visiting, holds_visit, visiting
from engage.reports import files as kept
from engage.reports.changing import ChangedElsewhereError
from engage.reports.draft import mark
from engage.reports.opened import open_report
from engage.web.access import public
from engage.web.in_memory import takes_evidence
from engage.web.limits import tally, too_many

blueprint = Blueprint("files", __name__)

UNFIT = 422
MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LARGEST_FORM = kept.MOST * LARGEST + MEGABYTE
LONGEST_NAME = 80
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
    "text/plain": (".txt",),
}
"""How the name of a file ends, by what it is; the first is added to another name."""
A_NETWORK, A_VISIT = "30 per 15 minutes", parse("10 per 15 minutes")
"""Forms with files: each can keep a processor busy for half a minute."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that can be taken, with its copy."""

    name: str
    kind: str
    original: bytes
    clean: bytes | None


@blueprint.get("/tell-us/mine/files")
@public
def files() -> str:
    """What was sent, and a way to send more."""
    return _show(visiting(), [])


@blueprint.post("/tell-us/mine/files")
@public
@limiter.limit(A_NETWORK, error_message=too_many)
@takes_evidence(LARGEST_FORM, holds_visit)
def add() -> Response | tuple[str, int]:
    """Take the files that can be taken; of the others, say which and why."""
    found = visiting()
    sent = [each for each in request.files.getlist("files") if each.filename]
    if not StartForm().sent_and_valid() or not sent:
        return _show(found, [gettext("Choose a file first.")]), UNFIT
    if not tally().hit(A_VISIT, "files", mark(found.token).hex()):
        abort(429, too_many())
    faults: list[str] = []
    try:
        with turn(found.report.id) as making:
            _room_for(found, sent)
            if pieces := [piece for each in sent if (piece := _piece(each, making, faults))]:
                _put(found, pieces)
    except BusyError:
        abort(503)
    except kept.TooManyFilesError:
        return _show(found, [_too_many()]), UNFIT
    if faults:
        return _show(visiting(), faults), UNFIT
    return redirect(url_for("files.files"), 303)


def _room_for(found: Visiting, sent: list[FileStorage]) -> None:
    """Raise TooManyFilesError before copies are made; it is looked at again as they are kept."""
    with reading().connect() as connection:
        there = len(kept.listed(connection, found.report.id, found.report.rings))
    if there + len(sent) > kept.MOST:
        raise kept.TooManyFilesError


def _too_many() -> str:
    return gettext("A report can have %(most)s files. Choose fewer.", most=kept.MOST)


def _piece(sent: FileStorage, making: Turn, faults: list[str]) -> Piece | None:
    """A file that was sent, with its copy; None, and why, for one that cannot be taken."""
    name = _name(sent.filename or "")
    content = sent.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        faults.append(gettext("“%(name)s” is larger than 10 MB, so we left it out.", name=name))
        return None
    kind = kind_of(content)
    if kind is None:
        faults.append(
            gettext(
                "“%(name)s” is no photo (JPEG or PNG), PDF or plain text, so we left it out.",
                name=name,
            )
        )
        return None
    return Piece(_ended(name, kind), kind, content, making.copy_of(content, kind))


def _ended(name: str, kind: str) -> str:
    """The name with an ending that says what the file is, whatever it was called."""
    fitting = ENDINGS[kind]
    if name.lower().endswith(fitting):
        return name
    return f"{name[: LONGEST_NAME - len(fitting[0])]}{fitting[0]}"


def _put(found: Visiting, pieces: list[Piece]) -> None:
    """Keep the files, with an entry for each that says so."""
    report = found.report
    with db.engine.begin() as connection:
        for piece in pieces:
            about = {"name": piece.name, "kind": piece.kind}
            file_id = kept.put(
                connection,
                report.id,
                report.rings,
                about,
                original=piece.original,
                clean=piece.clean,
            )
            fresh = open_report(connection, report.id, report.rings)
            if fresh is None:
                raise ChangedElsewhereError("The report has gone.")
            act = Act(Visiting(found.token, found.visit, fresh), connection, fresh.version)
            act.add({"kind": "file", "file": file_id, "name": piece.name}).ours_to_answer()


def _name(given: str) -> str:
    """What a file is called, without folders and without signs that cannot be seen."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[:LONGEST_NAME] or "file"


def _show(found: Visiting, faults: list[str]) -> str:
    with reading().connect() as connection:
        listed = kept.listed(connection, found.report.id, found.report.rings)
    return render_template(
        "reporting/files.html",
        listed=sorted(str(each.about.get("name", "")) for each in listed),
        room=kept.MOST - len(listed),
        faults=faults,
        errors=[("files", each) for each in faults],
    )
