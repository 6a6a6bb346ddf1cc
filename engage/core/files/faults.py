"""What is wrong with a file that someone wants to import: everything at once, in plain words."""

SHOWN = 20


class RefusedFileError(ValueError):
    """A file that cannot be imported; `faults` are the first of everything wrong with it."""

    def __init__(self, file: str, faults: list[str], more: int = 0) -> None:
        """Say it all in one message: the file, each fault, how many more there are."""
        self.faults = tuple(faults)
        lines = [f"{file} cannot be imported, and nothing was changed:"]
        lines += [f"- {fault}" for fault in faults]
        if more:
            lines.append(f"- and {more:,} more.")
        super().__init__("\n".join(lines))


class Faults:
    """Gathers what is wrong with one file, so that its owner can put it right in one go."""

    def __init__(self, file: str) -> None:
        """Start without faults; `file` is the name that its owner knows."""
        self.file = file
        self._first: list[str] = []
        self._count = 0

    def add(self, fault: str) -> None:
        """Note a fault; only the first few are kept, the rest are counted."""
        self._count += 1
        if len(self._first) < SHOWN:
            self._first.append(fault)

    def refuse(self) -> None:
        """Raise RefusedFileError if anything was wrong."""
        if self._count:
            raise RefusedFileError(self.file, self._first, self._count - len(self._first))

    def stop(self, fault: str) -> RefusedFileError:
        """The refusal after a fault that leaves nothing further to look at."""
        self.add(fault)
        return RefusedFileError(self.file, self._first, self._count - len(self._first))
