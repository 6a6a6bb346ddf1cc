"""Looks for planted words in bytes, in every form in which a machine may have written them."""

import base64
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

OVERLAP = 512
"""Bytes of a piece that are looked at with the next one, too: longer than any form."""
PIECE = 64 * 1024 * 1024


def forms(word: str) -> set[bytes]:
    """A word in UTF-8 and UTF-16, escaped for JSON and addresses, in hexadecimal and base64.

    All but base64 in lower case: what is searched is put into lower case for them.
    """
    spelt = (word, word.lower(), word.upper())  # bytes know no capitals beyond ASCII
    plain = {each.encode(code) for each in spelt for code in ("utf-8", "utf-16-le", "utf-16-be")}
    escaped = {
        write(each).strip('"').encode()
        for each in spelt
        for write in (json.dumps, quote, quote_plus)
    }
    written = {form.lower() for form in plain | escaped}
    written |= {each.hex().encode() for each in plain}
    return written


def in_base64(word: str) -> set[bytes]:
    """What base64 of any text with this word has in it, wherever in the text the word stands."""
    found = set()
    for form in (word.encode(), word.encode("utf-16-le")):
        for before in range(3):
            coded = base64.b64encode(bytes(before) + form)
            # The first and last signs also carry bits of what stands beside the word.
            sure = coded[(0, 2, 3)[before] : -4]
            found |= {sure, sure.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def found_in(content: bytes, words: Iterable[str]) -> set[str]:
    """Those of the words that stand in the bytes, in any form."""
    lower = content.lower()
    return {
        word
        for word in words
        if any(form in lower for form in forms(word))
        or any(form in content for form in in_base64(word))
    }


def count_of(content: bytes, word: str) -> int:
    """How often a word stands in the bytes as it is."""
    return content.count(word.encode())


def everything_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file below a folder in pieces, with what is packed in it unpacked, and its names."""
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        yield f"the name of {file}", str(file.relative_to(folder)).encode()
        with file.open("rb") as opened:
            before = b""
            while piece := opened.read(PIECE):
                yield str(file), before + piece
                before = piece[-OVERLAP:]
        for name, content in _unpacked(file):
            yield f"{name} in {file}", content


def _unpacked(file: Path) -> Iterator[tuple[str, bytes]]:
    if _is_zip(file):
        with zipfile.ZipFile(file) as packed:
            for name in packed.namelist():
                yield name, packed.read(name)
    elif tarfile.is_tarfile(file):
        with tarfile.open(file) as packed:
            for member in packed:
                content = packed.extractfile(member)
                if content is not None:
                    yield from _inflated(member.name, content.read())
    elif file.suffix == ".gz":
        yield from _inflated(file.name, file.read_bytes())


def _is_zip(file: Path) -> bool:
    """Whether a file is a zip, and not one of a database that has kept pieces of one."""
    with file.open("rb") as opened:
        begins = opened.read(4) == b"PK\x03\x04"
    return begins and zipfile.is_zipfile(file)


def _inflated(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A packed file and what is in it; the dumps of PostgreSQL are many streams of zlib."""
    yield name, content
    if content[:2] == b"\x1f\x8b":
        yield f"{name}, unpacked", gzip.GzipFile(fileobj=io.BytesIO(content)).read()
    if content[:5] == b"PGDMP":
        yield f"{name}, unpacked", b"\n".join(_streams(content))


def _streams(content: bytes) -> Iterator[bytes]:
    """Whatever in the bytes is a stream of zlib, found by its first two bytes."""
    for head in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = content.find(head)
        while at >= 0:
            inflating = zlib.decompressobj()
            with suppress(zlib.error):
                yield inflating.decompress(content[at:])
            at = content.find(head, at + 1)


def leaks(pieces: Iterable[tuple[str, bytes]], words: Iterable[str]) -> Mapping[str, set[str]]:
    """Where planted words stand, by the words; empty where nothing is found."""
    wanted, where = list(words), dict[str, set[str]]()
    for name, content in pieces:
        for word in found_in(content, wanted):
            where.setdefault(word, set()).add(name)
    return where
