"""What ties the counts of a table to one another, put into equations."""

from collections.abc import Iterator, Sequence

import numpy as np

from engage.core.disclosure.counts import Counts
from engage.core.disclosure.equations import Count, Equations, Term
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.primary import guarded
from engage.core.disclosure.sums import Sum, left_out
from engage.core.statistics.arrays import BoolArray


def knowledge(counts: Counts, sums: Sequence[Sum], hidden: BoolArray, policy: Policy) -> Equations:
    """All that a reader knows when these figures are hidden and the others are shown."""
    made = Equations(counts, hidden)
    for row, place in zip(*(each.tolist() for each in np.nonzero(hidden)), strict=True):
        made.add([(0.0, made.base(row, place))], 0.0, equal=False)
        if not np.isnan(counts.yes[row, place]):
            made.add([(1.0, made.yes(row, place)), (-1.0, made.base(row, place))], 0.0, equal=False)
    made.guarded = guarded(counts, sums, policy)
    for number, each in enumerate(sums):
        _add_sum(made, number, each)
    for place in np.flatnonzero(hidden.any(axis=0)):
        _add_shares(made, policy, int(place))
        _add_unions(made, policy, int(place))
    return made


def _add_sum(made: Equations, number: int, each: Sum) -> None:
    """Parts and whole, for every base and every numerator of which something is hidden."""
    places = each.parts if each.whole is None else np.append(each.parts, each.whole)
    hidden = made.hidden[:, places].any(axis=1)
    for row in np.flatnonzero(hidden | made.guarded[number]).tolist():
        if not np.isnan(made.counts.yes[row, places]).any():
            terms = [(1.0, made.yes(row, part)) for part in each.parts.tolist()]
            whole = None if each.whole is None else made.yes(row, each.whole)
            people = left_out(made.counts.base, each)[row]
            said = left_out(made.counts.yes, each)[row]
            if each.whole is not None and 0 <= said <= people:
                # How many are left out is taken as known, what they said is not.
                left: Count = ("left out", row, number)
                made.add([(1.0, left)], float(people), equal=False)
                made.add([*terms, (1.0, left), *_less(whole)], 0.0, equal=True)
            else:  # Groups that overlap do not add up, yet a reader may know by how much.
                _add_true(made, [*terms, *_less(whole)])
    unknown = ~made.base_told[:, places].all(axis=1)
    for row in np.unique(made.families[hidden & unknown]).tolist():
        terms = [(1.0, made.base(row, part)) for part in each.parts.tolist()]
        _add_true(
            made, [*terms, *_less(None if each.whole is None else made.base(row, each.whole))]
        )


def _less(whole: Count | None) -> list[Term]:
    return [] if whole is None else [(-1.0, whole)]


def _add_true(made: Equations, terms: list[Term]) -> None:
    """An equation of which the limit is known, whatever it is."""
    made.add(terms, sum(factor * made.truth(count) for factor, count in terms), equal=True)


def _add_shares(made: Equations, policy: Policy, place: int) -> None:
    """Shares of one question are made of the same answers, each given by none or by some."""
    for number, rows in enumerate(_by_variable(made.counts, policy)):
        if len(rows) < 2 or not made.hidden[rows, place].any():
            continue
        shares = [policy.shares[made.counts.indicators[row]] for row in rows]
        codes = sorted(frozenset().union(*(share.base for share in shares)))
        answer = {code: number * 1000 + position for position, code in enumerate(codes)}
        for row, share in zip(rows, shares, strict=True):
            if not made.counts.base[row, place]:
                continue
            for count, within in (
                (made.yes(row, place), share.numerator),
                (made.base(row, place), share.base),
            ):
                terms = [(1.0, ("answer", answer[code], place)) for code in sorted(within)]
                made.add([*terms, (-1.0, count)], 0.0, equal=True)


def _by_variable(counts: Counts, policy: Policy) -> list[list[int]]:
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(counts.indicators):
        if name in policy.shares:
            rows.setdefault(policy.shares[name].variable, []).append(row)
    return list(rows.values())


def _add_unions(made: Equations, policy: Policy, place: int) -> None:
    """Somebody in any part is in the union, and everybody in the union is in some part."""
    for union, parts in _unions(made.counts, policy):
        if not made.hidden[[union, *parts], place].any():
            continue
        whole = made.yes(union, place)
        terms: list[Term] = [(-1.0, made.yes(part, place)) for part in parts]
        made.add([(1.0, whole), *terms], 0.0, equal=False)
        for part in parts:
            made.add([(1.0, made.yes(part, place)), (-1.0, whole)], 0.0, equal=False)


def _unions(counts: Counts, policy: Policy) -> Iterator[tuple[int, list[int]]]:
    """Unions of which every part is in the table, over the same people."""
    at, families = counts.row_of, counts.families
    for name, parts in sorted(policy.unions.items()):
        if name in at and all(part in at for part in parts):
            rows = [at[part] for part in parts]
            if all(families[row] == families[at[name]] for row in rows):
                yield at[name], rows
