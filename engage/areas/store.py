"""What the borough on record holds: the reads that every other room makes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session, scoped_session

from engage.areas.models import AreaGroup, Population, Ward
from engage.extensions import table_of

Source = Session | scoped_session[Any] | Connection
"""Whatever can run a query: a session, or a plain connection where speed counts."""


WARDS = table_of(Ward)
A_WARD = select(WARDS.c.code).where(WARDS.c.code == bindparam("code"))


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """Residents of a ward of one sex (`female` or `male`) from one age to another, both included.

    `age_to` is 999 where the age band is open.
    """

    ward_code: str
    sex: str
    age_from: int
    age_to: int
    residents: int


def ward_names(source: Source) -> dict[str, str]:
    """The name of every ward by its code, in the order of the names."""
    rows = source.execute(select(Ward.code, Ward.name).order_by(Ward.name, Ward.code))
    return {code: name for code, name in rows}  # noqa: C416  dict() of rows is not typed


def is_ward(source: Source, code: str) -> bool:
    """Whether there is a ward of that code."""
    return source.execute(A_WARD, {"code": code}).first() is not None


def groups(source: Source) -> dict[str, str]:
    """The name of every area group by its code, in the order of the names."""
    rows = source.execute(
        select(AreaGroup.code, AreaGroup.name).order_by(AreaGroup.name, AreaGroup.code)
    )
    return {code: name for code, name in rows}  # noqa: C416  dict() of rows is not typed


def ward_groups(source: Source) -> dict[str, str]:
    """The code of the area group of each ward, by the ward's code; wards in none are left out."""
    rows = source.execute(select(Ward.code, Ward.group_code).order_by(Ward.code))
    return {code: group for code, group in rows if group is not None}


def population_rows(source: Source) -> list[PopulationRow]:
    """Every row of the population on record, by ward, sex and age; empty when none was loaded."""
    columns = (
        Population.ward_code,
        Population.sex,
        Population.age_from,
        Population.age_to,
        Population.residents,
    )
    return [PopulationRow(*row) for row in source.execute(select(*columns).order_by(*columns))]
