"""A chart as PNG, for programs and slides that take no SVG: set by typst in our own typeface."""

import typst

from engage.config import ROOT
from engage.papers.pdf import FONTS, PaperError

DOTS = 216
"""Dots to the inch of 72 units: three to a unit, sharp on paper and on large screens."""

PAGE = ROOT / "templates" / "charts" / "picture.typ"


def png(svg: str) -> bytes:
    """The picture of an SVG document, the same bytes each time.

    Raises PaperError where it cannot be made.
    """
    compiler = typst.Compiler(
        PAGE,
        root=PAGE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,  # or the picture would differ from machine to machine
        sys_inputs={"svg": svg},
    )
    try:
        made = compiler.compile(format="png", ppi=DOTS)
    except typst.TypstError as error:
        raise PaperError(f"The picture cannot be made: {error.message[:80]}.") from None
    if not isinstance(made, bytes):
        raise PaperError(f"The picture came as {type(made).__name__}, not as a file.")
    return made
