"""The styles of a workbook: its titles marked as headings, which its library cannot do itself."""

import re

FONT = "Arial"
"""Without serifs, as the Analysis Function asks, and known to every office program."""
H1, H2 = 15, 13
"""The sizes of the fonts of titles and subtitles, which no other text has: so they are found."""
HEADINGS = ((H1, "Heading 1", 16), (H2, "Heading 2", 17))
"""Size, name, and the number by which every program knows the style."""


def with_headings(styles: str) -> str:
    """The content of `xl/styles.xml` where what has a font of these sizes has a heading's style."""
    fonts = re.findall(r"<font>.*?</font>", styles, re.DOTALL)
    for size, name, number in HEADINGS:
        found = [at for at, font in enumerate(fonts) if f'<sz val="{size}"/>' in font]
        for font in found:
            styles = _marked(styles, font, name, number)
    return styles


def _marked(styles: str, font: int, name: str, number: int) -> str:
    plain = f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0"/>'
    styles, at = _appended(styles, "cellStyleXfs", plain)
    kind = f'<cellStyle name="{name}" xfId="{at}" builtinId="{number}"/>'
    styles, _count = _appended(styles, "cellStyles", kind)
    used = re.compile(rf'(<xf [^>]*fontId="{font}"[^>]*xfId=")0(")')
    return used.sub(rf"\g<1>{at}\g<2>", styles)


def _appended(styles: str, group: str, element: str) -> tuple[str, int]:
    """The styles with one more element in a group, and how many it had before."""
    (before,) = re.findall(rf'<{group} count="(\d+)">', styles)
    styles = styles.replace(f'<{group} count="{before}">', f'<{group} count="{int(before) + 1}">')
    return styles.replace(f"</{group}>", f"{element}</{group}>"), int(before)
