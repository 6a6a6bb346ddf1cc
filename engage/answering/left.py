"""Where people leave a survey: sums of the drafts that ended unsent, by day and last page.

The sums are added to when drafts are deleted because their time is over, a worker's turn after it,
so that no line or time says when anybody was where. Who deletes what they answered is not counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from engage.answering.models import LeftDrafts
from engage.answering.statements import PAGES
from engage.extensions import INSERTS, table_of
from engage.waves.models import Wave
from engage.waves.published import definition_by_id

LEFT = table_of(LeftDrafts)
MANY = 500
NO_PAGE = ""
"""What stands for those who saved no page at all."""


def count_left(session: Session, drafts: Mapping[int, int], today: date) -> None:
    """Count drafts that end unsent, given by their wave; in the caller's transaction."""
    last = dict(_last_pages(session, drafts))
    waves = {number: session.get_one(Wave, number) for number in set(drafts.values())}
    sums = Counter((drafts[each], last.get(each, NO_PAGE)) for each in drafts)
    for (wave_id, section), number in sorted(sums.items()):
        wave = waves[wave_id]
        keeps = definition_by_id(session.connection(), wave.definition_id).keeps_day
        row = {"wave_id": wave_id, "day": today if keeps else wave.opens_on, "section": section}
        new = INSERTS[session.get_bind().dialect.name](LEFT).values(**row, drafts=number)
        session.execute(
            new.on_conflict_do_update(
                index_elements=["wave_id", "day", "section"],
                set_={"drafts": LEFT.c.drafts + new.excluded.drafts},
            )
        )


def _last_pages(session: Session, drafts: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """The last page of each draft that has any, in the order of the questionnaire."""
    numbers = list(drafts)
    saved: dict[int, set[str]] = {}
    for start in range(0, len(numbers), MANY):
        some = PAGES.c.draft_id.in_(numbers[start : start + MANY])
        for draft_id, section in session.execute(
            select(PAGES.c.draft_id, PAGES.c.section).where(some)
        ):
            saved.setdefault(draft_id, set()).add(section)
    for draft_id, pages in saved.items():
        wave = session.get_one(Wave, drafts[draft_id])
        order = definition_by_id(session.connection(), wave.definition_id).section_ids
        reached = [each for each in order if each in pages]
        if reached:
            yield draft_id, reached[-1]


def left_of(session: Session | Connection, wave_id: int) -> dict[str, int]:
    """How many drafts of a wave ended unsent by the last page that was saved; "" for none."""
    wanted = select(LEFT.c.section, func.sum(LEFT.c.drafts)).where(LEFT.c.wave_id == wave_id)
    return {
        str(section): int(number)
        for section, number in session.execute(wanted.group_by(LEFT.c.section))
    }
