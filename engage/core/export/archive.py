"""A bundle: a zip that is written file by file, with a manifest of what is in it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from engage.core.export.about import About
from engage.core.export.bundle import entry_of

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


class Archive:
    """Writes files into a zip one after another, holding none of them, and adds them up."""

    def __init__(self, out: BinaryIO, about: About) -> None:
        """Begin a bundle of that origin, whose time is that of every file."""
        self._zip = zipfile.ZipFile(out, "w")
        self._about = about
        self._files: list[dict[str, object]] = []

    @contextmanager
    def file(self, path: str, what: str) -> Iterator[BinaryIO]:
        """A file to write to; `what` says in the manifest what it holds."""
        with self._zip.open(self._entry(path), "w", force_zip64=True) as inside:
            counted = Counted(inside)
            yield counted  # type: ignore[misc]  # as much of a file as a writer needs
        sums = {"bytes": counted.size, "sha256": counted.sum.hexdigest()}
        self._files.append({"path": path, "what": what, **sums})

    def put(self, path: str, what: str, parts: bytes | Iterable[bytes]) -> None:
        """A file of this content, whole or in parts."""
        with self.file(path, what) as out:
            for part in [parts] if isinstance(parts, bytes) else parts:
                out.write(part)

    @property
    def paths(self) -> tuple[tuple[str, str], ...]:
        """What was written so far: each path, and what it is."""
        return tuple((str(each["path"]), str(each["what"])) for each in self._files)

    def close(self) -> None:
        """Write the manifest and the list of checksums, and end the zip."""
        about = self._about
        told = {
            "title": f"{about.title} {about.wave}",
            "council": about.council,
            "questionnaire": about.questionnaire,
            "version": about.version,
            "wave": about.wave,
            "figures_made_at": f"{about.made_at:%Y-%m-%dT%H:%M:%SZ}",
            "interim": about.interim,
            "made_up": about.made_up,
            "files": list(self._files),
        }
        content = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
        self.put(MANIFEST, "this list", content)
        sums = "".join(f"{each['sha256']}  {each['path']}\n" for each in self._files)
        self._zip.writestr(self._entry(SUMS), sums)
        self._zip.close()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        return entry_of(path, self._about.made_at)


class Counted(io.RawIOBase):
    """Passes what is written on, and knows its size and its checksum."""

    def __init__(self, out: Any) -> None:
        """Write to `out`."""
        self._out = out
        self.size = 0
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """How many bytes were written."""
        return self.size

    def write(self, part: Any) -> int:
        """Write bytes; how many there were."""
        given = memoryview(part).cast("B")
        self._out.write(given)
        self.sum.update(given)
        self.size += len(given)
        return len(given)
