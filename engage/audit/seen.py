"""That staff looked at personal data is recorded, by the mark that the view carries.

The note is made when the page is, and before it is sent: where it cannot be stored, the page is
not shown.
"""

from flask import Flask, Response, current_app, request

from engage import clock
from engage.audit.log import Fact, record_apart
from engage.extensions import db
from engage.web.access import ROWS, current_user, shown_by

WITH_A_PAGE = frozenset({200, 409, 422})
"""Answers that show what was asked for. Another does only where the view counted what it shows."""
REDIRECTS = range(300, 400)


def watch(app: Flask) -> None:
    """Record each page with personal data that this application shows."""
    app.after_request(_note)


def _note(answer: Response) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    shows = shown_by(view)
    rows: int | None = request.environ.get(ROWS)
    status = answer.status_code
    on_page = status in WITH_A_PAGE if rows is None else rows > 0 and status not in REDIRECTS
    if shows is None or not on_page or request.method == "HEAD":
        return answer
    staff_id: int = current_user.id
    detail: dict[str, Fact] = {} if rows is None else {"rows": rows}
    if request.method == "POST":
        # What the view wanted kept is committed. The rest held SQLite's write lock until now.
        db.session.rollback()
    number = next(iter((request.view_args or {}).values()), "all")
    record_apart(
        at=clock.now(),
        staff_id=staff_id,
        action=f"{shows.what}.seen",
        subject=f"{shows.of}:{number}",
        detail=detail,
    )
    return answer
