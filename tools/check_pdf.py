"""Check PDF files against PDF/UA-1, as far as a program can: python -m tools.check_pdf FILE...

By the failure conditions of the Matterhorn Protocol 1.1 that need no human, as far as our files go;
a fault begins with its number. Left out are what our files never have (forms, films, attachments,
layers, encryption, scripts): one that has them is refused as such, so that nothing is passed that
was not looked at. Two faults of good practice stand beside them: a table whose rows are of
different length, and a picture that is described by a single word.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf

from tools.pdf_content import of_font, painted

# fmt: off
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI",
    "Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L",
    "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span",
    "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}
# fmt: on
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "TOCI", "Note", "BibEntry", "Reference"},
    "TOCI": {"TOC"},
}
"""In what a tag must stand (09-004, 09-005, 09-006)."""
UNSEEN = ("/AcroForm", "/OCProperties", "/AF", "/OpenAction", "/AA", "/Collection")
HEADING = re.compile(r"H([1-6])")


class Tag:
    """An element of the tree of tags."""

    def __init__(self, made: pikepdf.Object, roles: dict[str, str], above: "Tag | None") -> None:
        self.made, self.above = made, above
        name = str(made.S).removeprefix("/")
        self.role = roles.get(name, name)
        self.below: list[Tag] = []
        self.content: list[pikepdf.Object] = []
        kids = made.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.below.append(Tag(kid, roles, self))
            else:
                self.content.append(kid)

    def every(self) -> Iterator["Tag"]:
        """It and all below it, in the order of reading."""
        yield self
        for each in self.below:
            yield from each.every()

    def says(self, name: str) -> str:
        """What it has under a name, such as its alternative text."""
        return str(self.made.get(name, ""))


def faults(content: bytes) -> list[str]:
    """Every fault of a PDF, each once, with how often it is there."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = Counter([*_of_file(pdf), *_of_tags(pdf), *_of_pages(pdf)])
    return [f"{said} ({often} times)" if often > 1 else said for said, often in found.items()]


def _of_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    for name in UNSEEN:
        if name in root:
            yield f"{name} is in the file, which was not looked at"
    if pdf.is_encrypted:
        yield "26-001 the file is encrypted, which was not looked at"
    yield from _of_metadata(root)
    marks = root.get("/MarkInfo", {})
    if not bool(marks.get("/Marked", False)):
        yield "the file does not say that it is tagged"
    if bool(marks.get("/Suspects", False)):
        yield "01-007 its tags are said to be doubtful"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "11-006 the language of the file is not told"


def _of_metadata(root: pikepdf.Object) -> Iterator[str]:
    told = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    if not told:
        yield "06-001 there is no XMP metadata"
    if "<pdfuaid:part>1</pdfuaid:part>" not in told:
        yield "06-002 the metadata does not say PDF/UA-1"
    if not re.search(r"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]*>[^<]+<", told):
        yield "06-003 the metadata has no title"
    shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
    if shown is None or not bool(shown):
        yield "07-001 the window does not show the title"


def tags_of(pdf: pikepdf.Pdf) -> list[Tag]:
    """Every tag of a PDF, in the order of reading."""
    top = pdf.Root.StructTreeRoot.K
    tops = top if isinstance(top, pikepdf.Array) else [top]
    return [each for top in tops for each in Tag(top, _roles(pdf), None).every()]


def _roles(pdf: pikepdf.Pdf) -> dict[str, str]:
    """What tags that are not standard stand for."""
    told = pdf.Root.StructTreeRoot.get("/RoleMap", pikepdf.Dictionary())
    return {name[1:]: str(role)[1:] for name, role in told.items()}


def _of_tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "01-005 there are no tags"
        return
    for name in set(_roles(pdf)) & STANDARD:
        yield f"02-004 {name} is a standard tag and stands for another"
    every = tags_of(pdf)
    for each in every:
        yield from _of_tag(each)
    yield from _of_headings([each.role for each in every if HEADING.fullmatch(each.role)])
    names = Counter(each.says("/ID") for each in every if each.role == "Note")
    if "" in names:
        yield "19-003 a note has no ID"


def _of_tag(tag: Tag) -> Iterator[str]:
    above = tag.above.role if tag.above else ""
    if tag.role not in STANDARD:
        yield f"02-001 {tag.role} stands for no standard tag"
    if tag.role in INSIDE and above not in INSIDE[tag.role]:
        yield f"09-004 {tag.role} stands in {above or 'nothing'}"
    if tag.role in {"Figure", "Formula"} and len(tag.says("/Alt").split()) < 2:
        yield f"13-004 a {tag.role} has no alternative text"
    if tag.role == "TH" and not _scoped(tag):
        yield "15-003 a heading of a table does not say of what it is one"
    if tag.role == "Table":
        rows = [each for each in tag.every() if each.role == "TR"]
        if len({sum(map(_spans, row.below)) for row in rows}) > 1:
            yield "the rows of a table are not of one length"
        if not any(cell.role == "TH" for row in rows for cell in row.below):
            yield "15-003 a table has no heading"
    if tag.role == "Link" and not any("/Obj" in each for each in tag.content if _is_told(each)):
        yield "28-011 a link is tagged and cannot be followed"
    if tag.role in {"H", "H1", "H2", "H3", "H4", "P", "LBody"} and not [*_content(tag)]:
        yield f"{tag.role} is empty"


def _is_told(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary)


def _content(tag: Tag) -> Iterator[pikepdf.Object]:
    for each in tag.every():
        yield from each.content


def _attributes(tag: Tag) -> Iterator[pikepdf.Object]:
    told = tag.made.get("/A", [])
    yield from told if isinstance(told, pikepdf.Array) else [told]


def _scoped(tag: Tag) -> bool:
    return any(
        "/Scope" in each or "/Headers" in each for each in _attributes(tag) if _is_told(each)
    )


def _spans(tag: Tag) -> int:
    return next((int(each.ColSpan) for each in _attributes(tag) if "/ColSpan" in each), 1)


def _of_headings(roles: list[str]) -> Iterator[str]:
    levels = [int(each[1]) for each in roles]
    if levels and levels[0] != 1:
        yield f"14-002 the first heading is H{levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"14-003 H{after} comes after H{before}"


def _of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    parents = _parents(pdf)
    for page in pdf.pages:
        found = painted(page)
        yield from found.faults
        tagged = parents.get(int(page.obj.get("/StructParents", -1)), [])
        for number in found.numbers:
            if number >= len(tagged) or not _is_told(tagged[number]):
                yield "01-005 content has a number that no tag names"
        if len(set(found.numbers)) < len(found.numbers):
            yield "30-002 content that is tagged is painted twice"
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values():
            yield from of_font(font)
        yield from _of_annotations(page, parents)


def _parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    tree = pdf.Root.get("/StructTreeRoot", {}).get("/ParentTree")
    return {} if tree is None else dict(pikepdf.NumberTree(tree).items())


def _of_annotations(page: pikepdf.Page, parents: dict[int, pikepdf.Object]) -> Iterator[str]:
    every = list(page.obj.get("/Annots", []))
    if every and str(page.obj.get("/Tabs")) != "/S":
        yield "28-009 the keys do not go through a page in the order of its tags"
    for each in every:
        if str(each.Subtype) != "/Link":
            yield f"{each.Subtype} is on a page, which was not looked at"
            continue
        if not str(each.get("/Contents", "")):
            yield "28-012 a link does not say where it leads"
        above = parents.get(int(each.get("/StructParent", -1)))
        if above is None or str(above.get("/S")) != "/Link":
            yield "28-011 a link is not tagged as one"


def main(arguments: list[str]) -> int:
    """Print each file with its faults; how many files have some."""
    found = {place: faults(Path(place).read_bytes()) for place in arguments}
    for place, told in found.items():
        print(f"{place}: {'; '.join(told) if told else 'no fault found'}")
    return sum(map(bool, found.values())) or int(not found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
