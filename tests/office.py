"""LibreOffice, which opens our workbooks and tells what it found in them."""

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import needs

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,{shown},false,false,-1"


@pytest.fixture
def libreoffice(tmp_path) -> Callable[..., dict[str, list[list[str]]]]:
    """Opens a workbook; gives the rows of its sheets: values, or what people see if `shown`."""
    program = needs("soffice", "libreoffice-calc")

    def read(book: bytes, *, shown: bool = False) -> dict[str, list[list[str]]]:
        kind = "ods" if b"opendocument.spreadsheet" in book[:100] else "xlsx"
        file = tmp_path / f"book.{kind}"
        file.write_bytes(book)
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        form = EVERY_SHEET.format(shown=str(shown).lower())
        where = ["--outdir", str(tmp_path), str(file)]
        subprocess.run(
            [program, profile, "--headless", "--convert-to", form, *where],
            check=True,
            capture_output=True,
            timeout=120,
        )
        sheets = {}
        for found in sorted(tmp_path.glob("book-*.csv")):
            with Path(found).open(newline="", encoding="utf-8") as opened:
                sheets[found.stem.removeprefix("book-")] = list(csv.reader(opened))
        return sheets

    return read
