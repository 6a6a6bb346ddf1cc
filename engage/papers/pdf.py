"""Make a PDF from a template: PDF/UA-1, with our own typeface; the same data gives the same bytes.

Loading typst costs a process 4 ms and 3 MB, so whoever makes papers may import this at its top.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from markupsafe import escape

from engage.config import ROOT

TEMPLATES = ROOT / "templates" / "papers"
FONTS = ROOT / "static" / "build" / "fonts"


class PaperError(RuntimeError):
    """A paper cannot be made; the message says why, without what was to be on it."""


class LettersError(PaperError):
    """Something is written in letters that the typeface does not have."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `templates/papers/<template>.typ`, as bytes.

    `data` is what JSON can hold; the template reads it with
    `#let data = json(bytes(sys.inputs.data))` and sets it as plain text, so that nothing in it is
    taken for a command. A warning is an error. Raises LettersError for letters that cannot be set
    and PaperError for anything else.
    """
    made = _made(template, data, "pdf")
    if not isinstance(made, bytes):
        raise PaperError(f"The paper {template} came as {type(made).__name__}, not as a file.")
    return made


def svg(template: str, data: Mapping[str, Any], title: str) -> bytes:
    """The same paper as an SVG image with a title, its letters drawn: for a single page.

    Raises what `pdf` raises.
    """
    pdf(template, data)  # only there is a letter that cannot be set a fault
    made = _made(template, data, "svg")
    if not isinstance(made, bytes):
        raise PaperError(f"The paper {template} has more than one page, so is no single image.")
    return made.replace(b">", f"><title>{escape(title)}</title>".encode(), 1)


def _made(template: str, data: Mapping[str, Any], form: Literal["pdf", "svg"]) -> object:
    file = TEMPLATES / f"{template}.typ"
    if not file.is_file():
        raise PaperError(f"There is no template {file}: use one of {', '.join(templates())}.")
    if not any(FONTS.glob("*.ttf")):
        raise PaperError(f"There is no font in {FONTS}: run `make assets` to put them there.")
    standards: typst.PDFStandards = "ua-1" if form == "pdf" else None
    try:
        made, warnings = _compiler(file, data).compile_with_warnings(
            format=form, pdf_standards=standards, timestamp=0
        )
    except typst.TypstError as error:
        raise _fault(template, error.message) from None  # a traceback would quote the data
    if warnings:
        raise _fault(template, warnings[0].message)
    return made


def templates() -> list[str]:
    """The names of the papers that can be made."""
    return sorted(each.stem for each in TEMPLATES.glob("*.typ"))


def _compiler(file: Path, data: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        file,
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,  # or the paper would differ from machine to machine
        sys_inputs={"data": json.dumps(data)},
    )


def _fault(template: str, said: str) -> PaperError:
    """What is wrong in our words: typst would quote what was to be set."""
    if "could not be displayed with font" in said:
        return LettersError(f"The paper {template} is to hold letters that our typeface lacks.")
    plain = " ".join(said.split("`")[::2])  # what it quotes stands between backticks
    return PaperError(f"The paper {template} cannot be made: {plain}.")
