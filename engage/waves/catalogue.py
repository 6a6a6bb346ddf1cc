"""The questionnaire files on disk: those that ship, and the council's own."""

from pathlib import Path

from engage.config import ROOT

SHIPPED = ROOT / "engage" / "definitions"
REPORT = "safe_report"
"""The questionnaire of a report; `sealed` in its file says the same to the checks."""


def definition_files(own: Path | None = None, shipped: Path = SHIPPED) -> list[Path]:
    """Every questionnaire file, shipped first; `own` is the council's folder, if it has one."""
    folders = [shipped, *([own] if own else [])]
    return [
        file
        for folder in folders
        for file in sorted(folder.glob("*/v[0-9]*.yaml"))
        if file.parent.name != "indicators" and "." not in file.stem
    ]


def survey_names(own: Path | None = None) -> list[str]:
    """Every questionnaire that a wave may ask: a report is stored sealed, and never in a wave."""
    names = {file.parent.name for file in definition_files(own)}
    return sorted(names - {REPORT})


def translation_files(own: Path | None = None, shipped: Path = SHIPPED) -> list[Path]:
    """Every file of a questionnaire in another language (v1.pl.yaml), the council's own last."""
    folders = [shipped, *([own] if own else [])]
    return [file for folder in folders for file in sorted(folder.glob("*/v[0-9]*.*.yaml"))]


def translation_file(
    questionnaire: str, version: int, language: str, own: Path | None = None
) -> Path | None:
    """A version of a questionnaire in a language: the council's own before ours; None without."""
    name = f"v{version}.{language}.yaml"
    places = [folder / questionnaire / name for folder in ([own] if own else []) + [SHIPPED]]
    return next((file for file in places if file.is_file()), None)


def definition_file(
    questionnaire: str, version: int | None = None, own: Path | None = None, shipped: Path = SHIPPED
) -> Path:
    """The file of a version of a questionnaire, the newest without one; raises LookupError."""
    found = {
        int(file.stem.removeprefix("v")): file
        for file in definition_files(own, shipped)
        if file.parent.name == questionnaire and is_numbered(file)
    }
    if not found:
        known = sorted({file.parent.name for file in definition_files(own, shipped)})
        raise LookupError(
            f"There is no questionnaire {questionnaire!r}. There are: {', '.join(known)}."
        )
    if version is None:
        return found[max(found)]
    if version not in found:
        there = ", ".join(map(str, sorted(found)))
        raise LookupError(f"{questionnaire!r} has no version {version}. It has: {there}.")
    return found[version]


def is_numbered(file: Path) -> bool:
    """Whether a file is named for a version: v1.yaml, not v1-old.yaml."""
    return file.stem[1:].isdecimal()


def newest_file(questionnaire: str, own: Path | None = None) -> Path:
    """The newest version of a questionnaire; raises LookupError naming those there are."""
    return definition_file(questionnaire, None, own)
