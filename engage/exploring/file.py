"""A cross-table as a tidy CSV: a row a cell, as it is shown."""

import csv
import io
from typing import Any

from engage.core.export.csv_file import written as cell_of
from engage.core.statistics.estimate import HIDDEN, LOW

HEAD = (
    "row", "column", "row_people", "share_of_row", "lower", "upper", "share_of_column",
    "difference_from_rest", "p_adjusted", "note",
)  # fmt: skip


def written(content: dict[str, Any], of_whom: str) -> bytes:
    """The file; hidden cells have no numbers, and [c] as their note."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    titles = (content["row_title"], content["column_title"], of_whom or "Everybody")
    lines.writerow([cell_of(each) for each in titles])
    lines.writerow(HEAD)
    wide = len(content["column_labels"])
    for at, cell in enumerate(content["cells"]):
        row, column = divmod(at, wide)
        names = [cell_of(content["row_labels"][row]), cell_of(content["column_labels"][column])]
        people = content["rows"][row]
        if people == 0:
            continue
        if cell.get("hidden"):
            lines.writerow([*names, "" if people is None else people, *[""] * 6, HIDDEN])
            continue
        numbers = [cell[name] for name in ("share", "low", "high")]
        numbers += [cell.get("down"), cell["gap"], cell["p"]]
        told = ["" if each is None else f"{each:.6f}" for each in numbers]
        lines.writerow([*names, people, *told, LOW if cell["few"] else ""])
    return out.getvalue().encode("utf-8-sig")
