"""Counting up the version that a page showed: of two who change one thing, one is told."""

from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session


def count_up(
    session: Session, model: type[Any], row_id: int, version: int, *also: ColumnElement[bool]
) -> bool:
    """Count up the version of a row if it is still this one and `also` holds; whether it was.

    The row is then the caller's until they commit. What the session knew of it is left as it was:
    expire or refresh it.
    """
    counted = session.execute(
        update(model)
        .where(model.id == row_id, model.version == version, *also)
        .values(version=version + 1)
        .returning(model.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return counted is not None
