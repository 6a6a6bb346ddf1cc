"""The organisations that are listed: found by name, sector and promise, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engage.organisations.commitments import Status, status_of
from engage.organisations.models import Commitment, Organisation, Standing

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for; what is empty does not narrow the list."""

    words: str = ""
    sector: str = ""
    size: str = ""
    promise: str = ""
    standing: str = Standing.APPROVED

    def conditions(self) -> list[ColumnElement[bool]]:
        """As conditions of a query; `%` and `_` in the words are letters like any other."""
        given: list[ColumnElement[bool]] = []
        if self.standing:
            given.append(Organisation.standing == self.standing)
        if self.words:
            given.append(Organisation.name.icontains(self.words, autoescape=True))
        if self.sector:
            given.append(Organisation.sector == self.sector)
        if self.size:
            given.append(Organisation.size == self.size)
        if self.promise:
            made = select(Commitment.organisation_id).where(
                Commitment.promise == self.promise, Commitment.progress != "dropped"
            )
            given.append(Organisation.id.in_(made))
        return given


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list: its rows, which page it is, how many there are, and how many rows."""

    rows: Sequence[Organisation]
    page: int
    pages: int
    total: int


def find(session: Session, wanted: Filter, page: int, *more: ColumnElement[bool]) -> Found:
    """One page of those that a filter finds, by name; a page too far is the last one."""
    conditions = [*wanted.conditions(), *more]
    total = session.scalar(select(func.count(Organisation.id)).where(*conditions)) or 0
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    some = (
        select(Organisation)
        .where(*conditions)
        .order_by(func.lower(Organisation.name), Organisation.id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
    )
    return Found(session.scalars(some).all(), page, pages, total)


def told(
    session: Session, rows: Sequence[Organisation], today: date
) -> dict[int, dict[Status, int]]:
    """How many promises of each organisation stand how, in one question to the database."""
    counted: dict[int, dict[Status, int]] = {each.id: {} for each in rows}
    theirs = select(Commitment).where(Commitment.organisation_id.in_(counted))
    for commitment in session.scalars(theirs):
        counts = counted[commitment.organisation_id]
        status = status_of(commitment, today)
        counts[status] = counts.get(status, 0) + 1
    return {
        number: {status: counts[status] for status in Status if status in counts}
        for number, counts in counted.items()
    }
