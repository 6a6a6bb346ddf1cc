"""The lock of the questionnaires that ship: a version, once published, is never changed.

Answers belong to the words they were given to. `published.lock` holds a line for each version
that has left the house: questionnaire, version, SHA-256 of its canonical content.
"""

from collections.abc import Iterable
from pathlib import Path

from engage.core.definition.faults import Fault
from engage.core.definition.yaml_text import read_yaml
from engage.waves.catalogue import SHIPPED
from engage.waves.published import canonical, digest

LOCK = SHIPPED / "published.lock"

Lock = dict[tuple[str, int], str]
"""Questionnaire and version to digest."""


def read_lock(lock: Path = LOCK) -> Lock:
    """What is locked; nothing if there is no such file yet."""
    if not lock.exists():
        return {}
    lines = [line.split() for line in lock.read_text("utf-8").splitlines() if line.strip()]
    return {(name, int(version)): mark for name, version, mark in lines}


def write_lock(locked: Lock, lock: Path = LOCK) -> None:
    """Write the lines in order, so that a change shows as one line."""
    lines = [f"{name} {version} {mark}\n" for (name, version), mark in sorted(locked.items())]
    lock.write_text("".join(lines), "utf-8")


def marks(files: Iterable[Path]) -> Lock:
    """The digests of definition files, named by their places; raises DefinitionError."""
    return {
        (file.parent.name, int(file.stem.removeprefix("v"))): digest(
            canonical(read_yaml(file.read_text("utf-8"), str(file)))
        )
        for file in files
    }


def changed(locked: Lock, found: Lock) -> list[Fault]:
    """Every locked version whose file is another now, or gone."""
    faults = []
    for (name, version), mark in sorted(locked.items()):
        file, now = f"{name}/v{version}.yaml", found.get((name, version))
        if now is None:
            problem = f"version {version} was published, and its file is gone."
            faults.append(Fault(file, "the whole file", problem, "Bring it back."))
        elif now != mark:
            problem = f"version {version} was published and has changed since."
            remedy = f"Undo the change, and make it in v{version + 1}.yaml beside it."
            faults.append(Fault(file, "the whole file", problem, remedy))
    return faults


def unlocked(locked: Lock, found: Lock) -> list[Fault]:
    """Every version that ships without being locked."""
    return [
        Fault(
            f"{name}/v{version}.yaml",
            "the whole file",
            f"version {version} is not in {LOCK.name}.",
            "Run `flask --app run waves lock` once its words are final.",
        )
        for name, version in sorted(found.keys() - locked.keys())
    ]
