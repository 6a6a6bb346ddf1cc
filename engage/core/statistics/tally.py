"""The engine over arrays: people are counted in one pass, and more can be added at any time."""

import numpy as np

from engage.core.statistics.arrays import CodeArray, FloatArray, IntArray
from engage.core.statistics.cells import CHUNK, Register, in_order
from engage.core.statistics.engine import Batch, Counts, Form, Split
from engage.core.statistics.lanes import Lanes
from engage.core.statistics.numbering import Numbering
from engage.core.statistics.running import Running

# Words of one chunk, which are read again for every breakdown.
WORDS = 1 << 21


def count(people: Batch) -> Counts:
    """The counts of some people (see `engine.Engine`)."""
    tally = Tally(people.form)
    tally.add(people)
    return tally.counts()


class _Rows:
    """The rows of one breakdown: a number for each cell and group, and its running totals.

    As long as every cell is in one group only (a ward, where cells are by ward), the counts of
    the cells are those of the groups too, and nothing is counted twice.
    """

    def __init__(self, width: int) -> None:
        self.width = width + 1
        self.numbers = Numbering()
        self.keys: IntArray = np.zeros(0, dtype=np.int64)
        self.totals: IntArray | None = None

    def find(self, cells: IntArray, groups: CodeArray) -> tuple[IntArray, int]:
        """Each person's row, and how many of the rows are new."""
        keys = cells * self.width
        keys += groups
        keys += 1
        rows, fresh = self.numbers.find(keys)
        if len(fresh):
            self.keys = np.append(self.keys, keys[fresh])
        return rows, len(fresh)

    @property
    def cells(self) -> IntArray:
        """The cell of each row."""
        return self.keys // self.width

    @property
    def groups(self) -> IntArray:
        """The group of each row, -1 for none."""
        return self.keys % self.width - 1


class Tally:
    """Counts that grow: of people so far, whoever they were counted with."""

    def __init__(self, form: Form) -> None:
        """Begin with nobody."""
        self.form = form
        self._register = Register([len(names) for _name, names in form.margins])
        self._weights: FloatArray = np.zeros(0)
        self._margins: IntArray = np.zeros((0, len(form.margins)), dtype=np.int64)
        self._cells = np.zeros(0, dtype=np.int64)
        self._rows = [_Rows(len(names)) for _name, names in form.groups]
        self._lanes = Lanes([len(names) for _name, names in form.answers])
        self._running = Running(8 * self._lanes.words)

    def add(self, people: Batch) -> None:
        """Count these people as well; raises CategoriesError when they are counted otherwise.

        The cost is that of these people, however many were counted before.
        """
        self.form.refuse_other(people.form)
        step = max(1, min(CHUNK, WORDS // max(1, self._lanes.words)))
        for start in range(0, people.size, step):
            self._add(people, slice(start, min(start + step, people.size)))

    def _add(self, people: Batch, span: slice) -> None:
        size = span.stop - span.start
        cells = self._find_cells(people, span, size)
        columns = [self._cells[cells]]
        for rows, factor in zip(self._rows, people.groups, strict=True):
            found, new = rows.find(cells, factor.codes[span])
            if rows.totals is None and len(rows.keys) > len(self._cells):
                self._part(rows)
            elif rows.totals is not None and new:
                rows.totals = np.append(rows.totals, self._running.extend(new))
            if rows.totals is not None:
                columns.append(rows.totals[found])
        words = self._lanes.lay([factor.codes[span] for factor in people.answers], size)
        self._running.add(np.column_stack(columns), words)

    def _find_cells(self, people: Batch, span: slice, size: int) -> IntArray:
        weights = None if people.weights is None else people.weights[span]
        codes = [factor.codes[span] for factor in people.margins]
        cells, fresh = self._register.find(weights, codes, size)
        if len(fresh):
            self._cells = np.append(self._cells, self._running.extend(len(fresh)))
            new = np.ones(len(fresh)) if weights is None else weights[fresh]
            self._weights = np.append(self._weights, new)
            held = [code[fresh] for code in codes]
            named = np.column_stack(held) if held else np.zeros((len(fresh), 0), dtype=np.int64)
            self._margins = np.concatenate([self._margins, named])
        return cells

    def _part(self, rows: _Rows) -> None:
        """Give a breakdown totals of its own, now that a cell is in two of its groups."""
        rows.totals = self._running.extend(len(rows.keys))
        # A cell's first row holds whoever was counted before.
        cells, first = np.unique(rows.cells, return_index=True)
        self._running.copy(self._cells[cells], rows.totals[first])

    def counts(self) -> Counts:
        """The counts of everybody so far, in the order that the interface asks for."""
        margins = [self._margins[:, at] for at in range(self._margins.shape[1])]
        order = in_order(self._weights, margins)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        places = self._lanes.places
        sizes, answers = self._running.read(self._cells[order], places)
        none = np.zeros_like(order)
        splits = [Split("overall", ("all",), np.arange(len(order)), none, sizes, answers)]
        for rows, (name, categories) in zip(self._rows, self.form.groups, strict=True):
            cells, groups = rank[rows.cells], rows.groups
            at = np.argsort(cells * rows.width + groups)
            own = (sizes, answers)
            if rows.totals is not None:
                own = self._running.read(rows.totals[at], places)
            splits.append(Split(name, categories, cells[at], groups[at], *own))
        return Counts(self.form, self._weights[order], self._margins[order], tuple(splits))
