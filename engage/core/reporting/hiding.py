"""Small figures about reports are hidden, so that no table tells whether anybody is behind one.

Who reads a table knows how many reports there are, what it shows, and these rules. To whoever
tries to find somebody out, "at least one" is already an answer. So what is kept is this: **for
each hidden figure, none at all is always possible.**

- Figures under five are hidden, nought among them: which are nought is not told either.
- With them is hidden the first figure that is not small, in an order that has nothing to do with
  the figures. Were a hidden figure nought and that one as much larger, the rules would hide the
  same: so from the total nothing can be worked back. `covers` says how many are hidden so.
- A table that was shown is followed by another only where no figure changed by fewer than five,
  and none was hidden or came to light: else the two together would tell of one report.
- A figure of which fewer than five are left without the reports of one centre is small, too: a
  centre knows its own, and it can subtract.

It holds where each report counts once, and where it may count several times (its strands).
`tests/core/reporting/test_hiding.py` tries every table that fits.
"""

from collections.abc import Mapping

SMALLEST = 5
"""Reports; what is made of fewer is not told."""

Shown = dict[str, int | None]


def hide(
    numbers: Mapping[str, int], *, left: Mapping[str, int] | None = None, covers: int = 1
) -> Shown:
    """The figures that may be shown, in their order; None for one that may not.

    The order must be the same whatever the figures are. `left` is what remains of each when the
    centre with most of it takes its own out; what is not in it is the figure itself.
    """
    rest = {name: min(number, (left or {}).get(name, number)) for name, number in numbers.items()}
    small = {name for name, number in rest.items() if number < SMALLEST}
    large = [name for name in numbers if name not in small]
    hidden = small | set(large[:covers]) if small else small
    return {name: None if name in hidden else number for name, number in numbers.items()}


def may_follow(before: Mapping[str, int | None], now: Mapping[str, int | None]) -> bool:
    """Whether a table may be shown to those who know what it was before."""
    both = [(before.get(name), now.get(name)) for name in {*before, *now}]
    return all(
        old == new or (old is not None and new is not None and abs(old - new) >= SMALLEST)
        for old, new in both
    )


def hide_total(number: int) -> int | None:
    """How many reports there are, if that may be shown; without it the table is not."""
    return number if number >= SMALLEST else None
