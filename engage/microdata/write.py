"""A tidy table to a file that is whole or not there at all."""

import os
import tempfile
from pathlib import Path

import pandas as pd

from engage.microdata.faults import InputError


def write_table(tidy: pd.DataFrame, path: Path) -> None:
    """Write the table as CSV in full precision; absent values are empty.

    It is written beside its place and then renamed, so that nobody ever finds half of it.
    """
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent} to write {path.name} into. Make it.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            tidy.to_csv(file, index=False, lineterminator="\n")
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
