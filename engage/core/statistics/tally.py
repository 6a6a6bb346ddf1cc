"""The engine over arrays: people are counted in one pass, and more can be added at any time."""

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.cells import CHUNK, Register, in_order
from engage.core.statistics.engine import Batch, Counts, Form, Split
from engage.core.statistics.lanes import Lanes
from engage.core.statistics.rows import Rows
from engage.core.statistics.totals import ByteArray, Totals, add_people

# Words of one chunk, which are read again for every breakdown.
WORDS = 1 << 21


def count(people: Batch) -> Counts:
    """The counts of some people (see `engine.Engine`)."""
    tally = Tally(people.form)
    tally.add(people)
    return tally.counts()


class Tally:
    """Counts that grow: of people so far, whoever they were counted with."""

    def __init__(self, form: Form) -> None:
        """Begin with nobody."""
        self.form = form
        self._register = Register([len(names) for _name, names in form.margins])
        self._weights: FloatArray = np.zeros(0)
        self._margins: IntArray = np.zeros((0, len(form.margins)), dtype=np.int64)
        self._lanes = Lanes([len(names) for _name, names in form.answers])
        self._cells = Totals(self._lanes.words)
        self._rows = [Rows(len(names), self._lanes.words) for _name, names in form.groups]

    def add(self, people: Batch) -> None:
        """Count these people as well; raises CategoriesError when they are counted otherwise.

        The cost is that of these people, however many were counted before.
        """
        self.form.refuse_other(people.form)
        step = max(1, min(CHUNK, WORDS // max(1, self._lanes.words)))
        for start in range(0, people.size, step):
            self._add(people, slice(start, min(start + step, people.size)))

    def _add(self, people: Batch, span: slice) -> None:
        cells = self._find_cells(people, span)
        parts: list[tuple[Totals, IntArray]] = []
        for rows, factor in zip(self._rows, people.groups, strict=True):
            own = rows.find(cells, factor.codes[span], self._cell_counts)
            if own is not None:
                parts.append((rows.totals, own))
        words = self._lanes.lay([each.codes[span] for each in people.answers], len(cells))
        # Cells whose groups are counted need no counts of their own: theirs is the sum.
        add_people(parts or [(self._cells, cells)], words)

    def _find_cells(self, people: Batch, span: slice) -> IntArray:
        weights = None if people.weights is None else people.weights[span]
        codes = [factor.codes[span] for factor in people.margins]
        cells, fresh = self._register.find(weights, codes, span.stop - span.start)
        if len(fresh):
            new = np.ones(len(fresh)) if weights is None else weights[fresh]
            self._weights = np.append(self._weights, new)
            held = [code[fresh] for code in codes]
            named = np.column_stack(held) if held else np.zeros((len(fresh), 0), dtype=np.int64)
            self._margins = np.concatenate([self._margins, named])
            self._cells.extend(len(self._weights))
        return cells

    def _cell_counts(self) -> tuple[IntArray, ByteArray]:
        """People and answers of each cell: its own, or the sum of its groups."""
        for rows in self._rows:
            if rows.parted:
                return rows.by_cell()
        return self._cells.people, self._cells.answers

    def counts(self) -> Counts:
        """The counts of everybody so far, in the order that the interface asks for."""
        margins = [self._margins[:, at] for at in range(self._margins.shape[1])]
        order = in_order(self._weights, margins)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        people, answers = self._cell_counts()
        places = self._lanes.places
        whole = people[order], answers[order][:, places]
        none = np.zeros_like(order)
        splits = [Split("overall", ("all",), np.arange(len(order)), none, *whole)]
        for rows, (name, categories) in zip(self._rows, self.form.groups, strict=True):
            at = rows.order(rank)
            own = whole
            if rows.parted:
                own = rows.totals.people[at], rows.totals.answers[at][:, places]
            splits.append(Split(name, categories, rank[rows.cells[at]], rows.groups[at], *own))
        return Counts(self.form, self._weights[order], self._margins[order], tuple(splits))
