"""A program of its own: bytes of a file in, a copy without what else was in it out.

`clean_copy.py KIND` reads from standard input and writes to standard output. It runs apart from
the site, with limits that it sets itself, so that a hostile file harms nothing but this process.
It imports nothing of ours. An exit status that is not 0 means that there is no copy.
"""

import io
import resource
import sys
from typing import Any

import pikepdf
from PIL import Image, ImageOps

MEMORY = 1024 * 1024 * 1024
"""Bytes of memory: a picture of 40 million points takes 160 MB, and needs to be there twice."""
SECONDS = 20
POINTS = 40_000_000
"""Points of a picture; one that unpacks to more is a bomb, not a photograph."""
PAGES = 500
OF_PAGE = ("/Annots", "/Thumb", "/B", "/StructParents")
"""What a page may carry beside what is seen on it: links, forms, comments, files."""
OF_ALL = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/A", "/JS", "/OpenAction", "/EmbeddedFiles")
NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""The markers of a JPEG under which cameras and programs write notes."""


def main(kind: str) -> None:
    """Clean what comes in; raises whatever is wrong with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = sys.stdin.buffer.read()
    sys.stdout.buffer.write(CLEANERS[kind](given))


def picture(given: bytes) -> bytes:
    """Only the points of a picture, upright as the camera meant it."""
    Image.MAX_IMAGE_PIXELS = POINTS // 2  # the library refuses at twice that
    with Image.open(io.BytesIO(given), formats=("JPEG", "PNG")) as opened:
        if opened.width * opened.height > POINTS:
            raise ValueError("too many points")
        kind = opened.format or "PNG"
        upright = ImageOps.exif_transpose(opened)
        bare = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    fresh = Image.new(bare.mode, bare.size)
    fresh.paste(bare)
    made = io.BytesIO()
    fresh.save(made, format=kind, **({"quality": 90} if kind == "JPEG" else {}))
    return made.getvalue()


def document(given: bytes) -> bytes:
    """The pages of a PDF in a new document: no scripts, files, forms, links or metadata."""
    with pikepdf.open(io.BytesIO(given)) as opened, pikepdf.new() as fresh:
        if len(opened.pages) > PAGES:
            raise ValueError("too many pages")
        for page in opened.pages:
            without(page.obj, OF_PAGE)
            fresh.pages.append(page)
        for each in fresh.objects:
            if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
                without(each, OF_ALL)
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
                each.write(bare_jpeg(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
        made = io.BytesIO()
        fresh.save(made, deterministic_id=True)
    return made.getvalue()


def without(part: Any, names: tuple[str, ...]) -> None:
    """Take entries out of a dictionary of a PDF."""
    for name in names:
        if name in part:
            del part[name]


def bare_jpeg(given: bytes) -> bytes:
    """A photograph inside a PDF without what the camera noted before the points begin."""
    made, at = bytearray(given[:2]), 2
    while given[at : at + 1] == b"\xff" and given[at + 1] != 0xDA:
        size = 2 + int.from_bytes(given[at + 2 : at + 4], "big")
        if given[at + 1] not in NOTES:
            made += given[at : at + size]
        at += size
    return bytes(made) + given[at:]


def text(given: bytes) -> bytes:
    """Words as they are, without signs that steer a terminal or turn the writing round."""
    words = given.decode("utf-8-sig", errors="replace")
    plain = "".join(each for each in words if each in "\n\t" or each.isprintable())
    return plain.encode()


CLEANERS = {
    "image/jpeg": picture,
    "image/png": picture,
    "application/pdf": document,
    "text/plain": text,
}

if __name__ == "__main__":
    main(sys.argv[1])
