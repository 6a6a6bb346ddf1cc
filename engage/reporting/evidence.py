"""Evidence: files sent with the code, kept as they came and as a copy that is safe to look at."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engage.extensions import db
from engage.reporting.cleaning import clean_copy, kind_of
from engage.reporting.forms import StartForm
from engage.reporting.talk import Act
from engage.reporting.views import reading
from engage.reporting.visiting import Visiting, holds_visit, visiting
from engage.reports import files as kept
from engage.reports.changing import ChangedElsewhereError
from engage.reports.opened import open_report
from engage.web.access import public
from engage.web.in_memory import takes_evidence

blueprint = Blueprint("files", __name__)

UNFIT = 422
MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LARGEST_FORM = kept.MOST * LARGEST + MEGABYTE
LONGEST_NAME = 80


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
@takes_evidence(LARGEST_FORM, holds_visit)
def add() -> Response | tuple[str, int]:
    """Take the files that can be taken; of the others, say which and why."""
    found = visiting()
    sent = [each for each in request.files.getlist("files") if each.filename]
    if not StartForm().sent_and_valid() or not sent:
        return _show(found, [gettext("Choose a file first.")]), UNFIT
    with reading().connect() as connection:
        there = len(kept.listed(connection, found.report.id, found.report.rings))
    if there + len(sent) > kept.MOST:
        return _show(found, [_too_many()]), UNFIT
    faults: list[str] = []
    pieces = [piece for each in sent if (piece := _piece(each, faults))]
    try:
        if pieces:
            _put(found, pieces)
    except kept.TooManyFilesError:
        return _show(found, [_too_many()]), UNFIT
    if faults:
        return _show(visiting(), faults), UNFIT
    return redirect(url_for("files.files"), 303)


def _too_many() -> str:
    return gettext("A report can have %(most)s files. Choose fewer.", most=kept.MOST)


def _piece(sent: FileStorage, faults: list[str]) -> Piece | None:
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
    return Piece(name, kind, content, clean_copy(content, kind))


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
