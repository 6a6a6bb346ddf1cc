"""What is wrong with the rows and columns that somebody chose, before the filters are looked at."""

from collections.abc import Mapping

from engage.crosstabs.choices import Choice
from engage.crosstabs.spec import Spec, SpecError, checked


def fault_of(rows: str, columns: str, known: Mapping[str, Choice]) -> str:
    """Why no table can be made of these two, such as a row that the wave has not; empty if none."""
    for name, place in ((rows, "rows"), (columns, "columns")):
        if name and name not in known:
            return (
                f"What you asked for in the {place} is not a question of this wave. Choose one "
                "from the list."
            )
    if rows and rows == columns:
        return "You chose the same for rows and columns: choose two different questions."
    try:
        checked(Spec(rows, columns), known)
    except SpecError as fault:
        return str(fault)
    return ""
