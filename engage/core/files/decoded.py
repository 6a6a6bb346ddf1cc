"""The text of a file whose encoding nobody wrote down: UTF-8, UTF-16, or Windows' own of the West.

What cannot be told for certain is refused: a name that was read wrongly is worse than none.
"""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file starts with, to the encoding that says so."""
LOOKED_AT = 4000
"""Bytes from which an encoding without a mark is guessed."""


class UnreadableListError(ValueError):
    """A list of which nothing can be read; the message says why and quotes nothing from it."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was in; raises UnreadableListError."""
    for encoding in _possible(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise UnreadableListError(
        "The file is in none of the encodings that lists come in (UTF-8, UTF-16, Windows-1252). "
        "Open it in a spreadsheet and save it as CSV UTF-8 or XLSX."
    )


def _possible(content: bytes) -> tuple[str, ...]:
    """The encodings to try, the likeliest first."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return (encoding,)
    start = content[:LOOKED_AT]
    # Every second byte of Western text in UTF-16 is zero; in the other encodings none is.
    if start[1::2].count(0) > len(start) // 4:
        return ("utf-16-le",)
    if start[0::2].count(0) > len(start) // 4:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
