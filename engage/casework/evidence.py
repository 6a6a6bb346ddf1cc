"""Files of a report: the cleaned copy to look at, and the original for whoever presses for it."""

import re

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from engage import clock
from engage.casework.page import opened
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import note_taken
from engage.reports.files import Copy, NoSuchFileError, fetch
from engage.web.access import current_user
from engage.web.forms import PressForm

blueprint = Blueprint("evidence", __name__, url_prefix="/staff/reports")
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
"""What a file may be called by its kind; anything else is bytes."""


@blueprint.post("/<name:report_id>/files/<name:file_id>/<any(clean, original):copy>")
@keyed(*ENTITLED)
def take(report_id: str, file_id: str, copy: Copy) -> Response:
    """Hand a copy over, never to be shown by the browser itself; that it was taken is noted.

    The audit log says that the report was opened, its own entries which file was taken.
    """
    if not PressForm().sent_and_valid():
        abort(400)
    report = opened(report_id)
    try:
        found, content = fetch(db.session.connection(), report_id, report.rings, file_id, copy)
    except NoSuchFileError:
        abort(404, "There is no such file any more.")
    entry = {"at": clock.now().isoformat(), "by": current_user.id, "file": file_id, "what": copy}
    note_taken(db.session.connection(), report_id, report.rings, entry)
    db.session.commit()
    kind = str(found.about.get("kind", ""))
    ending = ENDINGS.get(kind, "bin")
    # Neither the name that the file came with nor its kind reaches the browser's own judgement.
    name = f"{report_id[:8]}-{re.sub(r'[^0-9a-f]', '', file_id)[:8]}-{copy}.{ending}"
    answer = Response(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer
