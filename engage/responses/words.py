"""What people wrote and the places that they named; only the full file of responses reads it."""

from collections.abc import Collection

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from engage.responses.store import TABLE

AT_ONCE = 5_000


def words_of(
    session: Session | Connection,
    wave_id: int,
    questions: Collection[str],
    between: tuple[str, str] | None = None,
) -> dict[str, dict[str, str]]:
    """The texts given to these questions, by response and question; responses without are left out.

    Of the responses whose ids lie between two, both of them included, if these are given.
    Several places stand beside one another, with a space between their codes.
    Texts are as they were sent: nobody has looked for names in them.
    """
    if not questions:
        return {}
    wanted = select(TABLE.c.id, TABLE.c.answers).where(TABLE.c.wave_id == wave_id)
    if between is not None:
        wanted = wanted.where(TABLE.c.id.between(*between))
    found = {}
    for response, answers in session.execute(wanted.execution_options(yield_per=AT_ONCE)):
        given = orjson.loads(answers)
        texts = {name: _text(given[name]) for name in questions if name in given}
        if texts:
            found[response] = texts
    return found


def _text(answer: str | list[str]) -> str:
    return " ".join(answer) if isinstance(answer, list) else answer
