"""The questionnaire files on disk: those that ship, and the council's own."""

from pathlib import Path

from engage.config import ROOT

SHIPPED = ROOT / "engage" / "definitions"


def definition_files(own: Path | None = None, shipped: Path = SHIPPED) -> list[Path]:
    """Every questionnaire file, shipped first; `own` is the council's folder, if it has one."""
    folders = [shipped, *([own] if own else [])]
    return [
        file
        for folder in folders
        for file in sorted(folder.glob("*/v[0-9]*.yaml"))
        if file.parent.name != "indicators"
    ]


def is_numbered(file: Path) -> bool:
    """Whether a file is named for a version: v1.yaml, not v1-old.yaml."""
    return file.stem[1:].isdecimal()


def newest_file(questionnaire: str, own: Path | None = None) -> Path:
    """The newest version of a questionnaire; raises LookupError naming those there are."""
    files = [
        file
        for file in definition_files(own)
        if file.parent.name == questionnaire and is_numbered(file)
    ]
    if not files:
        known = sorted({file.parent.name for file in definition_files(own)})
        raise LookupError(
            f"There is no questionnaire {questionnaire!r}. There are: {', '.join(known)}."
        )
    return max(files, key=lambda file: int(file.stem.removeprefix("v")))
