"""The questionnaire files on disk: those that ship, and the council's own."""

from pathlib import Path

from engage.config import ROOT

SHIPPED = ROOT / "engage" / "definitions"


def definition_files(own: Path | None = None) -> list[Path]:
    """Every questionnaire file, shipped first; `own` is the council's folder, if it has one."""
    folders = [SHIPPED, *([own] if own else [])]
    return [file for folder in folders for file in sorted(folder.glob("*/v*.yaml"))]


def newest_file(questionnaire: str, own: Path | None = None) -> Path:
    """The newest version of a questionnaire; raises LookupError naming those there are."""
    files = [file for file in definition_files(own) if file.parent.name == questionnaire]
    if not files:
        known = sorted({file.parent.name for file in definition_files(own)})
        raise LookupError(
            f"There is no questionnaire {questionnaire!r}. There are: {', '.join(known)}."
        )
    return max(files, key=lambda file: int(file.stem.removeprefix("v")))
