"""The tests' own reader of pages refuses what a browser would mend, and reads all else as one."""

import html5lib
import pytest
from strict_page import StrictError, StrictPage, shape

START = '<!doctype html>\n<html lang="en">\n<head><title>A page</title></head>'
PAGE = START + "\n<body>{}</body>\n</html>"
SOUND = """<p>One <b>and</b> two<br>&amp; &eacute;</p><!-- nothing --><textarea>
 kept</textarea><table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>
<svg viewBox="0 0 1 1" preserveAspectRatio="none"><clipPath><path d="M0"/></clipPath></svg>"""


def test_a_sound_page_is_read_as_a_browser_reads_it():
    read = StrictPage().read(PAGE.format(SOUND))
    assert shape(read) == shape(html5lib.parse(PAGE.format(SOUND), namespaceHTMLElements=False))
    assert read.find(".//{http://www.w3.org/2000/svg}svg").get("viewBox") == "0 0 1 1"


@pytest.mark.parametrize(
    "broken",
    [
        "<div><p>never closed</div>", "<div>", "</div>", "<p><div>ends it</div></p>",
        "<table><tr><td>no body</td></tr></table>", "<table><tbody>text</tbody></table>",
        "<ul><div>no item</div></ul>", "<li>no list</li>", "<a href=x><b><a href=y></a></b></a>",
        "<form><div><form></form></div></form>", "<div/>", "<b id=x id=y></b>",
        "<p onclick=x></p>", "<p style=x></p>", "<svg><path></svg>",
        "<textarea><b></b></textarea>",
    ],
)  # fmt: skip
def test_what_a_browser_would_have_to_mend_is_refused(broken):
    with pytest.raises(StrictError):
        StrictPage().read(PAGE.format(broken))
