"""Keeping a report beyond its time, with a reason: for a court, a review, a complaint."""

from sqlalchemy import update

from engage.casework.doing import Doing
from engage.casework.forms import WriteForm
from engage.reports.opened import REPORTS


def hold(doing: Doing, form: WriteForm) -> None:
    """Let nothing of the report be deleted until that is ended."""
    _set(doing, "hold", form, held=True)


def release(doing: Doing, form: WriteForm) -> None:
    """Let it be deleted in its time again."""
    _set(doing, "release", form, held=False)


def _set(doing: Doing, kind: str, form: WriteForm, *, held: bool) -> None:
    doing.add("notes", kind, words=form.words.data)
    doing.connection.execute(
        update(REPORTS).where(REPORTS.c.id == doing.report.id).values(held=held)
    )
