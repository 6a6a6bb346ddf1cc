"""How cells, numbers and pages of an OpenDocument spreadsheet look: the same as in the workbook."""

from engage.core.export.cells import (
    NUMBERS,
    Chance,
    Percent,
    Points,
    PointsMoved,
    Rough,
    Score,
    ScoreMoved,
    WholePercent,
)
from engage.core.export.styles import H1, H2

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
XMLNS = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
FONT = 'fo:font-family="Arial, Liberation Sans, sans-serif"'
ENGLISH = 'fo:language="en" fo:country="GB"'
TOP = 'style:vertical-align="top"'
WRAPPED = f'{TOP} fo:wrap-option="wrap"'
INDENTED = 'fo:margin-left="0.2cm"'


def _number(decimals: int, rest: str = "") -> str:
    places = f'number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
    return f'<number:number {places} number:min-integer-digits="1"{rest}/>'


def _text(said: str) -> str:
    return f"<number:text>{said}</number:text>"


def _style(name: str, inside: str, *maps: tuple[str, str], percent: bool = False) -> str:
    """A number's style; each of `maps` says by which other style a number is shown, and when."""
    kind = "percentage" if percent else "number"
    when = "".join(
        f'<style:map style:condition="value(){condition}" style:apply-style-name="{other}"/>'
        for condition, other in maps
    )
    return f'<number:{kind}-style style:name="{name}">{inside}{when}</number:{kind}-style>'


def _signless(name: str, decimals: int) -> str:
    plain = _number(decimals)
    return _style(f"{name}P", plain) + _style(name, plain, ("&gt;=0", f"{name}P"))


def _signed(name: str, decimals: int) -> str:
    plain = _number(decimals)
    return (
        _style(f"{name}P", _text("+") + plain)
        + _style(f"{name}M", _text("\N{MINUS SIGN}") + plain)
        + _style(name, plain, ("&gt;0", f"{name}P"), ("&lt;0", f"{name}M"))
    )


SHAPES: dict[type, str] = {
    int: _style("Nint", _number(0, ' number:grouping="true"')),
    float: _style("Nfloat", _number(2)),
    Percent: _style("NPercent", _number(1) + _text("%"), percent=True),
    WholePercent: _style("NWholePercent", _number(0) + _text("%"), percent=True),
    Rough: _style("NRough", _number(1)),
    Points: _signless("NPoints", 1),
    Score: _signless("NScore", 2),
    PointsMoved: _signed("NPointsMoved", 1),
    ScoreMoved: _signed("NScoreMoved", 2),
    Chance: _style("NChanceS", _text("under 0.001"))
    + _style("NChance", _number(3), ("&lt;0.001", "NChanceS")),
}
"""The style of each kind of number; what is shown is what `NUMBERS` shows in the workbook."""


def of_number(kind: type) -> str:
    """The name of the style of cells with this kind of number."""
    return f"C{kind.__name__ if kind in NUMBERS else 'float'}"


def _cell(name: str, cell: str, text: str, paragraph: str = "", rest: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default"{rest}><style:table-cell-properties {cell}/>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


def _heading(level: int, size: int) -> str:
    named = f' style:display-name="Heading {level}"'
    text = f'fo:font-size="{size}pt" fo:font-weight="bold"'
    place = TOP if level == 1 else 'style:vertical-align="bottom"'
    return _cell(f"Heading_20_{level}", place, text, rest=named)


def automatic_styles() -> str:
    """The styles of cells and their numbers, as they stand in `content.xml`."""
    right = 'fo:text-align="end" fo:margin-right="0.2cm"'
    line = 'fo:border-bottom="0.5pt solid #000000"'
    cells = [
        _cell("Line", TOP, ""),
        _cell("Text", WRAPPED, ""),
        _cell("After", WRAPPED, "", INDENTED),
        _cell("Symbol", f'{TOP} style:text-align-source="fix"', "", right),
        _cell("Head", f"{WRAPPED} {line}", 'fo:font-weight="bold"'),
        _cell("HeadAfter", f"{WRAPPED} {line}", 'fo:font-weight="bold"', INDENTED),
        _cell(
            "HeadNumber",
            f'{WRAPPED} style:text-align-source="fix" {line}',
            'fo:font-weight="bold"',
            right,
        ),
        *(
            _cell(of_number(kind), TOP, "", right, f' style:data-style-name="N{kind.__name__}"')
            for kind in SHAPES
        ),
    ]
    return "".join((*SHAPES.values(), *cells))


def styles_xml() -> str:
    """`styles.xml`: the plain cell, the headings, and A4 or A3 paper, one page wide."""
    nothing = "".join(f'<style:{part} style:display="false"/>' for part in ("header", "footer"))
    return (
        f'{HEAD}<office:document-styles {XMLNS} office:version="1.3"><office:styles>'
        f'<style:default-style style:family="table-cell"><style:text-properties {FONT} '
        f'fo:font-size="12pt" {ENGLISH}/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/>'
        f"{_heading(1, H1)}{_heading(2, H2)}</office:styles><office:automatic-styles>"
        f"{_layout('Paper', 29.7, 21)}{_layout('PaperWide', 42, 29.7)}"
        "</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Default" style:page-layout-name="Paper">{nothing}'
        '</style:master-page><style:master-page style:name="Wide" '
        f'style:page-layout-name="PaperWide">{nothing}</style:master-page>'
        "</office:master-styles></office:document-styles>"
    )


def pages_of_sheets() -> str:
    """The styles of sheets: `Page` on A4 paper, `PageWide` on A3, as in `content.xml`."""
    return "".join(
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="{master}">'
        '<style:table-properties table:display="true"/></style:style>'
        for name, master in (("Page", "Default"), ("PageWide", "Wide"))
    )


def _layout(name: str, wide: float, high: float) -> str:
    paper = (
        f'fo:page-width="{wide}cm" fo:page-height="{high}cm" style:print-orientation="landscape" '
        'fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0"'
    )
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties {paper}/>'
        "</style:page-layout>"
    )
