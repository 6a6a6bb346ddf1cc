"""A program of its own: bytes of a file in, a copy without what else was in it out.

`clean_copy.py KIND` reads from standard input and writes to standard output. It runs apart from
the site, with limits that it sets itself, so that a hostile file harms nothing but this process.
It imports nothing of ours. An exit status that is not 0 means that there is no copy.
"""

import io
import re
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
PHOTOS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode"})
"""How a PDF packs photographs that can carry notes of a camera; the last kind is not cleaned."""
BEGIN, END, MARK = b"\xff\xd8", b"\xff\xd9", 0xFF
SCAN = 0xDA
NEXT = re.compile(rb"\xff(?![\x00\xd0-\xd7])")
"""In the points of a JPEG: where they end."""
DRAWN = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)}) - {0xC8}
"""The markers of a JPEG that its points need."""
COLOURS, COLOURS_SIZE = 0xEE, 16
"""What says how colours are to be understood, and its size: a longer one carries more."""
NOTES = frozenset({*range(0xE0, 0xF0), 0xFE})
"""The markers under which cameras and programs write notes, small pictures and profiles."""


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
        for page in fresh.pages:
            # What is painted among the signs of a page becomes a picture like the others.
            page.externalize_inline_images(min_size=0)
        for each in fresh.objects:
            if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
                without(each, OF_ALL)
            if isinstance(each, pikepdf.Stream):
                bare_stream(fresh, each)
        made = io.BytesIO()
        fresh.save(made, deterministic_id=True)
    return made.getvalue()


def without(part: Any, names: tuple[str, ...]) -> None:
    """Take entries out of a dictionary of a PDF."""
    for name in names:
        if name in part:
            del part[name]


def bare_stream(document: Any, stream: Any) -> None:
    """Leave nothing but its points of a photograph in a PDF, however it is packed."""
    filters = [str(each) for each in listed(stream.get("/Filter"))]
    parms = listed(stream.get("/DecodeParms"))
    if not set(filters) & PHOTOS:
        return
    if filters[-1] != "/DCTDecode" or len(parms) > len(filters):
        raise ValueError("a photograph of a kind that cannot be cleaned")
    content, last = stream.read_raw_bytes(), parms[len(filters) - 1 :]
    if len(filters) > 1:
        packed = pikepdf.Stream(document, content)
        packed.Filter = pikepdf.Array([pikepdf.Name(each) for each in filters[:-1]])
        if parms:
            packed.DecodeParms = pikepdf.Array(parms[: len(filters) - 1])
        content = packed.read_bytes()
    how = last[0] if last and isinstance(last[0], pikepdf.Dictionary) else None
    stream.write(bare_jpeg(content), filter=pikepdf.Name.DCTDecode, decode_parms=how)


def listed(value: Any) -> list[Any]:
    """What a PDF gives alone or in an array, or not at all."""
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def bare_jpeg(given: bytes) -> bytes:
    """A photograph without what the camera noted, and without what stands after its end.

    Raises ValueError for one that is not built as it should be.
    """
    if given[:2] != BEGIN:
        raise ValueError("no photograph")
    made, at = bytearray(BEGIN), 2
    while given[at : at + 2] != END:
        size = 2 + int.from_bytes(given[at + 2 : at + 4], "big")
        code, segment = given[at + 1 : at + 2], given[at : at + size]
        if given[at] != MARK or size < len(END) + 2 or len(segment) < size:
            raise ValueError("broken between its parts")
        if code[0] in DRAWN or (code[0] == COLOURS and size == COLOURS_SIZE):
            made += segment
        elif code[0] not in NOTES:
            raise ValueError("a part of an unknown kind")
        at += size
        if code[0] == SCAN:
            after = NEXT.search(given, at)
            if after is None:
                raise ValueError("no end")
            made += given[at : after.start()]
            at = after.start()
    return bytes(made + END)


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
