"""Tables of figures about reports, of which small ones are hidden."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.core.reporting.hiding import Shown, hide, hide_total

CENTRE = "centre"
PUBLIC = "public"
"""Stands for no centre: a report that somebody made themselves."""

Row = Mapping[str, Sequence[str]]
"""What is counted of a report: by breakdown the codes that it counts for, each once."""
Orders = Mapping[str, Sequence[str]]
"""By breakdown every code that there can be; that which hides the others comes last."""


@dataclass(frozen=True, slots=True)
class Tables:
    """How many reports there are, and how many by each breakdown; None for what is hidden."""

    total: int | None
    by: Mapping[str, Shown]


def tabulate(rows: Sequence[Row], orders: Orders) -> Tables:
    """The tables that may be shown of these reports. Codes without a place in them are left out.

    Nothing is told of fewer than five reports.
    """
    total = hide_total(len(rows))
    made = {}
    for breakdown, order in orders.items():
        counted = Counter(code for row in rows for code in row[breakdown])
        numbers = {code: counted[code] for code in reversed(order)}
        if total is None:
            made[breakdown] = dict.fromkeys(order)
            continue
        if breakdown == CENTRE:
            # Each centre knows its own figure, so that one alone would not hide another.
            shown = hide(numbers, covers=2)
        else:
            shown = hide(numbers, left=_left(rows, breakdown, counted))
        made[breakdown] = {code: shown[code] for code in order}
    return Tables(total, made)


def _left(rows: Sequence[Row], breakdown: str, counted: Mapping[str, int]) -> dict[str, int]:
    """What is left of each figure when the centre with most of it takes its own out."""
    own = Counter(
        (code, row[CENTRE][0]) for row in rows if CENTRE in row for code in row[breakdown]
    )
    most: dict[str, int] = {}
    for (code, centre), number in own.items():
        if centre != PUBLIC:
            most[code] = max(most.get(code, 0), number)
    return {code: counted[code] - number for code, number in most.items()}
