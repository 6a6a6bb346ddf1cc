"""Many linear programmes over the same sums, each begun where the last one ended."""

import highspy
import numpy as np
from scipy import sparse

from engage.core.statistics.arrays import FloatArray

PRIMAL = 4
"""The simplex method that goes on from the last solution: another goal leaves that possible."""


class Solver:
    """What people there may be, of each profile, where certain sums are known.

    Only the goal changes from one programme to the next, so the last solution is still one, and the
    next is a few steps away: a tenth of the time of beginning anew.
    """

    def __init__(self, sums: FloatArray, people: FloatArray, highest: float) -> None:
        """Sums (a row each, a column a profile) that are as of `people`; no profile has more."""
        part = sparse.csc_array(sums)  # type: ignore[no-untyped-call]  # no types
        rows, self._count = sums.shape
        self._columns = np.arange(self._count, dtype=np.int32)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._count, rows
        model.col_cost_ = np.zeros(self._count)
        model.col_lower_ = np.zeros(self._count)
        model.col_upper_ = np.full(self._count, highest)
        model.row_lower_ = model.row_upper_ = sums @ people
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = part.indptr, part.indices
        model.a_matrix_.value_ = part.data
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # no types
        for name, value in (("output_flag", False), ("threads", 1), ("simplex_strategy", PRIMAL)):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(model)

    def least(self, goal: FloatArray) -> tuple[FloatArray, FloatArray]:
        """People of each profile where the goal is least, and how much each sum holds it back.

        Raises RuntimeError when the solver finds none.
        """
        self._highs.changeColsCost(self._count, self._columns, goal)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._highs.clearSolver()  # what it went on from may have led astray
            self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"What is hidden could not be checked: {status.name}")
        found = self._highs.getSolution()
        return np.array(found.col_value), np.array(found.row_dual)
