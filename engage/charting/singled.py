"""Whether a comparison of wards would tell of a few people, beside all that was shown before."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.charting.arms import Home
from engage.charting.atoms import too_small
from engage.charting.models import TreatedComparison
from engage.core.disclosure.policy import Policy
from engage.figures.store import figures_of, newest_run


def singled_out(reading: Session, row: TreatedComparison, homes: Sequence[Home]) -> str:
    """What cannot be shown, because beside earlier tables it would tell of a few people."""
    new = [frozenset(json.loads(each)) for each in (row.treated, row.control)]
    for wave_id, home in zip((row.before_id, row.after_id), homes, strict=True):
        few = home.given.definition.smallest_base or Policy().smallest_base
        for arm in new:
            if sum(home.people.get(ward, 0) for ward in arm) < few:
                return (
                    f"Fewer than {few} people of one side answered in {home.given.wave}. Take more "
                    "wards."
                )
        small = too_small(home.people, [*_shown_before(reading, row, wave_id, home)], new, few)
        if small:
            names = ", ".join(home.given.areas.wards.get(ward, ward) for ward in small[0])
            return (
                f"In {home.given.wave}, this beside figures that are shown already would tell of "
                f"fewer than {few} people in {names}. Take whole area groups, or put these wards "
                "on the side where their neighbours are, or on none."
            )
    return ""


def _shown_before(
    reading: Session, row: TreatedComparison, wave_id: int, home: Home
) -> Iterator[frozenset[str]]:
    """The groupings of wards that people have seen of a wave."""
    of = home.given.areas.group_of
    for group in home.given.areas.groups:
        yield frozenset(ward for ward, its in of.items() if its == group)
    run = newest_run(reading, wave_id)
    figures = figures_of(reading, run.id, ["ward"]) if run else ()
    for ward in dict.fromkeys(each.group for each in figures if not each.estimate.hidden):
        yield frozenset([ward])
    others = select(TreatedComparison).where(
        TreatedComparison.id != row.id,
        TreatedComparison.result.is_not(None),
        (TreatedComparison.before_id == wave_id) | (TreatedComparison.after_id == wave_id),
    )
    for other in reading.scalars(others.order_by(TreatedComparison.id)):
        if "refused" not in json.loads(other.result or "{}"):
            yield frozenset(json.loads(other.treated))
            yield frozenset(json.loads(other.control))
