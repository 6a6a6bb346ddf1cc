"""Answers that hang on another: they go when that one changes, and the person is told."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from engage.answering.draft import TAKEN_OUT, OpenDraft, put_page, read
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, Answers, reachable, suits


def orphans(definition: Definition, answers: Answers) -> tuple[str, ...]:
    """The questions with an answer that are not asked of who gave these answers.

    None of somebody whom the survey is not for: that may have been a slip.
    """
    kept = reachable(definition, answers)
    if len(kept) == len(answers) or not suits(definition, kept):
        return ()
    return tuple(each for each in definition.questions if each in answers and each not in kept)


def take_out(
    connection: Connection, token: str, draft: OpenDraft, definition: Definition, now: datetime
) -> None:
    """Take answers that nobody asks for any more out of a draft just saved, and note which.

    The note stands until the next page is saved. `draft` is as it was read before, with the new
    page in it. The caller's transaction has saved that page, and so holds the draft: the pages
    are read again here, since one may have come from another tab meanwhile.
    """
    if not draft.taken_out and not orphans(definition, draft.answers):
        return
    now_there = read(connection, token, draft.wave_id, now)
    if now_there is None:
        return
    gone = orphans(definition, now_there.answers)
    for section, page in now_there.pages.items():
        left = _without(page, gone)
        if len(left) < len(page):
            put_page(connection, token, draft.id, section, left)
    put_page(connection, token, draft.id, TAKEN_OUT, dict.fromkeys(gone, ""))


def _without(page: Mapping[str, Answer], gone: tuple[str, ...]) -> dict[str, Answer]:
    return {name: answer for name, answer in page.items() if name not in gone}
