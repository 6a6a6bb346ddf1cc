"""A catalogue of one sound questionnaire with its indicators, to spoil."""

from pathlib import Path
from textwrap import dedent

import pytest

EVERY_KIND = Path(__file__).parent.parent / "definitions" / "every_kind" / "v1.yaml"


class Catalogue:
    """Folders as `engage/definitions` has them, with the means to change a file."""

    def __init__(self, folder: Path) -> None:
        self.shipped = folder / "shipped"
        self.own = folder / "own"
        self.indicators = self.shipped / "indicators"
        self.lock = self.shipped / "published.lock"
        self.indicators.mkdir(parents=True)
        self.own.mkdir()
        self.first = self.put(self.shipped / "every_kind" / "v1.yaml", EVERY_KIND.read_text())
        self.put(
            self.indicators / "every_kind.yaml",
            """\
            questionnaire: every_kind
            indicators:
              - id: safe_dark
                name: Feels safe after dark
                kind: proportion
                variable: safe_dark
                numerator: ["1", "2"]
                base: ["1", "2", "3"]
                better: higher
            """,
        )

    def put(self, file: Path, text: str) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))
        return file

    def change(self, file: Path, old: str, new: str) -> None:
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


@pytest.fixture
def catalogue(tmp_path) -> Catalogue:
    return Catalogue(tmp_path)
