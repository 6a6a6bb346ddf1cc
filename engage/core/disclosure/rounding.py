"""Numbers of people rounded for show, by one stated rule; what is hidden never hangs on it."""

import numpy as np
import pandas as pd

ROUNDED = "counts rounded to"
"""Where a table says of itself, under `attrs`, what its numbers of people are rounded to."""

COUNTS = ("base", "effective_base")


def round_counts(tidy: pd.DataFrame, to: int) -> pd.DataFrame:
    """The table with its bases and effective bases at the nearest multiple of `to`.

    Halves go away from zero, so that by tens 35 is 40. Flags are left as they are: they were set
    by the exact counts. A table that was rounded before, or `to` 1, is given back as it is.
    """
    if to == 1 or ROUNDED in tidy.attrs:
        return tidy
    shown = tidy.copy()
    for name in COUNTS:
        exact = shown[name].to_numpy(dtype=float, na_value=np.nan)
        near = pd.Series(np.floor(exact / to + 0.5) * to, index=shown.index)
        shown[name] = near.astype(tidy[name].dtype)
    shown.attrs[ROUNDED] = to
    return shown
