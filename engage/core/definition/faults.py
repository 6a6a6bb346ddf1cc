"""What is wrong with a definition file: every fault at once, each with its place and remedy."""

from dataclasses import dataclass

Problem = tuple[str, str, str]
"""A fault as a check finds it: the path in the file, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the path inside it, what is wrong, and what to do."""

    file: str
    path: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The fault as one line that a person can act on."""
        return f"{self.file}: {self.path}: {self.problem} {self.remedy}"


class DefinitionError(ValueError):
    """A definition that cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults and say them all in the message."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))
