"""What people wrote in their own words, judged where it is read: marks go on, words never."""

from collections.abc import Iterator

import numpy as np
import orjson
from sqlalchemy import Connection, LargeBinary, func, or_, select
from sqlalchemy.orm import Session

from engage.core.cleaning.gibberish import gibberish_text
from engage.core.definition.codebook import WRITTEN, variables
from engage.core.definition.model import Definition
from engage.responses.store import TABLE

AT_ONCE = 250


def without_words(
    session: Session | Connection, wave_id: int, definition: Definition
) -> frozenset[str]:
    """The ids of the responses of a wave with gibberish in any text box.

    Only the answers of those who wrote something are read, some at a time, and each is forgotten
    as soon as it is judged. A questionnaire without text boxes has none.
    """
    boxes = dict(_boxes(definition))
    if not boxes:
        return frozenset()
    wrote = (
        func.substr(TABLE.c.codes, place + 1, 1, type_=LargeBinary) == bytes([code])
        for place, code in boxes.values()
    )
    wanted = select(TABLE.c.id, TABLE.c.answers).where(TABLE.c.wave_id == wave_id, or_(*wrote))
    rows = session.execute(wanted.execution_options(yield_per=AT_ONCE))
    return frozenset(each for each, answers in rows if _gibberish(answers, boxes))


def _boxes(definition: Definition) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each text box with the place of its byte in the packed codes, and that byte if it is used."""
    place = 0
    for variable in variables(definition):
        if WRITTEN in variable.categories:
            yield variable.name, (place, variable.categories.index(WRITTEN))
        place += np.dtype(variable.storage.value).itemsize


def _gibberish(answers: str, boxes: dict[str, tuple[int, int]]) -> bool:
    given = orjson.loads(answers)
    return any(gibberish_text(given[box]) for box in boxes if given.get(box))
