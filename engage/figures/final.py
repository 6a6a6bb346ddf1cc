"""Who sees published figures alone, and which those are."""

from sqlalchemy import Select, column, func, select, table

from engage.accounts.models import Role

# Editions belong to a room above this one, so the table is named here and not taken from there.
_EDITIONS = table(
    "publications",
    *map(column, ("wave_id", "run_id", "edition", "state", "published_at", "withdrawn_at")),
)


def final_only(role: str) -> bool:
    """Whether somebody in this role sees no other figures than those that `published` has.

    Two runs with one answer between them tell what that person said, in one ward or age group also
    where ten and more are between the two in all. Who may read responses learns nothing by it;
    partners would (docs/decisions/0010).
    """
    return role == Role.PARTNER_VIEWER


def published() -> Select[tuple[int, int]]:
    """Each wave of which results are out, and the run that its first edition was made of.

    A later edition may be of a few others, so the first run is the only one of its wave that those
    see who may not read responses; none once results were taken back.
    """
    out = select(_EDITIONS).where(_EDITIONS.c.published_at.is_not(None)).subquery()
    first = (
        select(out.c.wave_id, func.min(out.c.edition).label("edition"))
        .group_by(out.c.wave_id)
        .having(func.count(out.c.withdrawn_at) == 0)
        .subquery()
    )
    same = (out.c.wave_id == first.c.wave_id) & (out.c.edition == first.c.edition)
    return select(out.c.wave_id, out.c.run_id).join(first, same)


def of_editions(wave_id: int) -> Select[tuple[int]]:
    """The runs that editions of a wave were made of, whether those are out yet or were taken back.

    They are kept: one is what partners see, and later editions are held against it.
    """
    made = (_EDITIONS.c.wave_id == wave_id, _EDITIONS.c.run_id.is_not(None))
    return select(_EDITIONS.c.run_id).where(*made, _EDITIONS.c.state != "dropped")
