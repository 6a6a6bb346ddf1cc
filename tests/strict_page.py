"""Reads a page in one pass, and refuses whatever a browser would have to mend.

A lenient parser closes what was left open and moves what stands where it may not, and nobody
hears of it. Reading strictly takes a third of the time; what is read is the same, which
`tests/page.py` compares once for each page of the site.
"""

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from html5lib.constants import adjustSVGAttributes, voidElements

SVG = "{http://www.w3.org/2000/svg}"
NAME = re.compile(r"<([^\s/>]+)")
ENDS_A_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu",
    "nav", "ol", "p", "pre", "section", "table", "ul",
})  # fmt: skip
PARENTS = {
    "li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"},
    "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"},
    "colgroup": {"table"}, "col": {"colgroup"}, "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"}, "th": {"tr"}, "option": {"select", "datalist", "optgroup"},
    "optgroup": {"select"}, "legend": {"fieldset"}, "summary": {"details"},
    "head": {"html"}, "body": {"html"},
}  # fmt: skip
CHILDREN = {
    "html": {"head", "body"},
    "head": {"title", "meta", "link", "script", "noscript", "base"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"},
    "colgroup": {"col"}, "select": {"option", "optgroup"}, "optgroup": {"option"},
    "ul": {"li"}, "ol": {"li"}, "option": set(), "title": set(), "textarea": set(),
    "script": set(),
}  # fmt: skip
NOT_WITHIN_ITSELF = frozenset({"a", "button", "form", "label", "select", "option", "p", "h1"})


class StrictError(ValueError):
    """A browser would have to mend the page; the message says what."""


class StrictPage(HTMLParser):
    """Makes the tree of a page; `ids` are all that it has, each as often as it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.root: Element | None = None
        self._open: list[Element] = []
        self._names: list[str] = []
        self._last: Element | None = None  # what text follows

    def read(self, text: str) -> Element:
        """The root of the tree."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as a browser does
        self.feed(text.replace("\0", "\N{REPLACEMENT CHARACTER}"))
        self.close()
        if self._open or self.root is None:
            raise StrictError(f"never closed: {' '.join(self._names) or 'nothing is there'}")
        return self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, empty=tag in voidElements)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in voidElements and "svg" not in self._names:
            raise StrictError(f"<{tag}/> is not closed by its stroke")
        self._begin(tag, attrs, empty=True)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]], *, empty: bool) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise StrictError(f"<{tag}> says something twice: {names}")
        if any(name == "style" or name.startswith("on") for name in names):
            raise StrictError(f"<{tag}> has a style or a handler, which the policy forbids")
        self.ids += [value or "" for name, value in attrs if name == "id"]
        given = {name: value or "" for name, value in attrs}
        if tag == "svg" or "svg" in self._names:
            given = {adjustSVGAttributes.get(name, name): value for name, value in given.items()}
            full = SVG + NAME.match(self.get_starttag_text()).group(1)
        else:
            self._may_stand_here(tag)
            full = tag
        if self.root is None:
            made = self.root = Element(full, given)
        elif not self._open:
            raise StrictError(f"<{tag}> after the end of the page")
        else:
            made = SubElement(self._open[-1], full, given)
        self._last = made
        if not empty:
            self._open.append(made)
            self._names.append(tag)
            self._last = None

    def _may_stand_here(self, tag: str) -> None:
        parent = self._names[-1] if self._names else ""
        if parent not in PARENTS.get(tag, {parent}):
            raise StrictError(f"<{tag}> in <{parent}>")
        if tag not in CHILDREN.get(parent, {tag}):
            raise StrictError(f"<{tag}> in <{parent}>")
        if tag in NOT_WITHIN_ITSELF and tag in self._names:
            raise StrictError(f"<{tag}> in <{tag}>")
        if tag in ENDS_A_PARAGRAPH and "p" in self._names:
            raise StrictError(f"<{tag}> in <p>, which it ends")

    def handle_endtag(self, tag: str) -> None:
        if not self._names or self._names[-1] != tag:
            raise StrictError(f"</{tag}> where {' '.join(self._names)} are open")
        self._names.pop()
        self._last = self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            if data.strip():
                raise StrictError(f"text outside the page: {data.strip()[:40]!r}")
            return
        if self._names[-1] in CHILDREN and CHILDREN[self._names[-1]] and data.strip():
            raise StrictError(f"text in <{self._names[-1]}>: {data.strip()[:40]!r}")
        if self._last is not None:
            self._last.tail = (self._last.tail or "") + data
            return
        inside = self._open[-1]
        if self._names[-1] in {"textarea", "pre"} and not inside.text:
            data = data.removeprefix("\n")
        inside.text = (inside.text or "") + data


def shape(element: Element) -> list[object]:
    """What is there and what it says, without what no reader sees, to compare two trees by."""
    name = str(element.tag)
    said = [_plain(element.text)]
    inner: list[object] = []
    for child in element:
        if isinstance(child.tag, str):
            inner += [said[-1], shape(child)]
            said.append(_plain(child.tail))
        else:  # a comment
            said[-1] = _plain(said[-1] + (child.tail or ""))
    attributes = {each: value for each, value in element.items() if "xmlns" not in each}
    return [name, attributes, *inner, said[-1]]


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
