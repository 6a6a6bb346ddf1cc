"""What is painted on the pages of a PDF: whether all of it is tagged, and in which letters.

The numbers are those of the failure conditions of the Matterhorn Protocol 1.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"'}
PAINTS = SHOWS | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
NAMES = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
NO_LETTERS = {"", "\x00", "\ufeff", "\ufffe"}


@dataclass
class Painted:
    """What was found on a page."""

    numbers: list[int] = field(default_factory=list)
    """Those of marked content, which the tags name."""
    faults: list[str] = field(default_factory=list)


def painted(page: pikepdf.Page) -> Painted:
    """Every number of marked content on a page, and what is wrong with what it paints."""
    found = Painted()
    _walk(page, page.resources, "", found)
    return found


def _walk(
    content: pikepdf.Object | pikepdf.Page, has: pikepdf.Object, inside: str, found: Painted
) -> None:
    """Go through a stream; `inside` is "artifact", "tagged" or nothing, as around it."""
    around, font, kept = [inside], None, []
    for instruction in pikepdf.parse_content_stream(content):
        name, given = str(instruction.operator), list(instruction.operands)
        if name in {"BDC", "BMC"}:
            around.append(_opened(given, has, around[-1], found))
        elif name == "EMC":
            around.pop()
        elif name == "q":
            kept.append(font)
        elif name == "Q":
            font = kept.pop()
        elif name == "Tf":
            font = has.Font[given[0]]
        elif name == "Do":
            _placed(has.XObject[given[0]], has, around[-1], found)
        if name in PAINTS and not around[-1]:
            found.faults.append(f"01-005 {name} paints what is neither tagged nor an artifact")
        if name in SHOWS and font is not None:
            found.faults += _letters(font, given)


def _opened(given: list[pikepdf.Object], has: pikepdf.Object, inside: str, found: Painted) -> str:
    """What is around content from here on; notes its number."""
    told = given[1] if len(given) > 1 else {}
    if isinstance(told, pikepdf.Name):
        told = has.Properties[told]
    if str(given[0]) == "/Artifact":
        if inside == "tagged":
            found.faults.append("01-003 an artifact inside tagged content")
        return "artifact"
    if "/MCID" not in told:
        return inside
    if inside == "artifact":
        found.faults.append("01-004 tagged content inside an artifact")
    found.numbers.append(int(told["/MCID"]))
    return "tagged"


def _placed(drawn: pikepdf.Object, has: pikepdf.Object, inside: str, found: Painted) -> None:
    if str(drawn.Subtype) == "/Form":
        if "/Ref" in drawn:
            found.faults.append("30-001 a form refers to another file")
        _walk(drawn, drawn.get("/Resources", has), inside, found)
    elif not inside:
        found.faults.append("01-005 an image is neither tagged nor an artifact")


def _letters(font: pikepdf.Object, given: list[pikepdf.Object]) -> Iterator[str]:
    """What is wrong with the letters of one instruction: 10-001 and 31-030."""
    if str(font.Subtype) != "/Type0" or str(font.get("/Encoding")) != "/Identity-H":
        yield f"31-006 the font {font.get('/BaseFont')} is of a kind that was not looked at"
        return
    known = letters_of(font)
    shown = given[-1]
    parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
    for part in parts:
        if not isinstance(part, pikepdf.String):
            continue
        codes = bytes(part)
        for code in (codes[at : at + 2] for at in range(0, len(codes), 2)):
            if code == b"\0\0":
                yield f"31-030 {font.BaseFont} paints the sign for a missing letter"
            elif known.get(int.from_bytes(code), "") in NO_LETTERS:
                yield f"10-001 {font.BaseFont} does not say which letter {code.hex()} is"


def letters_of(font: pikepdf.Object) -> dict[int, str]:
    """Which letters the codes of a font are, by its ToUnicode."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, body in NAMES.findall(font.ToUnicode.read_bytes()):
        given = [bytes.fromhex(each.decode()) for each in HEX.findall(body)]
        if kind == b"char":
            for code, said in zip(given[::2], given[1::2], strict=True):
                found[int.from_bytes(code)] = said.decode("utf-16-be")
            continue
        for first, last, said in zip(given[::3], given[1::3], given[2::3], strict=True):
            start = int.from_bytes(said)
            for code in range(int.from_bytes(first), int.from_bytes(last) + 1):
                at = start + code - int.from_bytes(first)
                found[code] = at.to_bytes(len(said)).decode("utf-16-be")
    return found


def of_font(font: pikepdf.Object) -> Iterator[str]:
    """What is wrong with a font: it must be embedded, with a map of its letters."""
    name = font.get("/BaseFont")
    if str(font.Subtype) != "/Type0":
        yield f"31-006 the font {name} is {font.Subtype}, which was not looked at"
        return
    for inner in font.DescendantFonts:
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()):
            yield f"31-009 the font {name} is not embedded"
        if str(inner.Subtype) == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            yield f"31-004 the font {name} does not say which glyphs its codes are"
        if str(inner.CIDSystemInfo.get("/Registry")) != "Adobe":
            yield f"31-001 the font {name} has a system that does not go with its encoding"
    if "/ToUnicode" not in font:
        yield f"31-027 the font {name} does not say which letters its codes are"
