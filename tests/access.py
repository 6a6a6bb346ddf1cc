"""What axe and a ruler find on a page."""

from pathlib import Path

from named import check_names
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCRIPT = AXE.read_text("utf-8") if AXE.exists() else ""
# Sent once for all pages of a context, and parsed only on those that are checked.
ON_EACH_PAGE = f"window.engageAxe = () => {{{SCRIPT}\n}}"
# What passed is neither described nor handed over: on a long page that takes longer than looking.
RUN = """tags => {
  if (!window.axe && !window.engageAxe) return null;
  if (!window.axe) window.engageAxe();
  return axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
  }).then(found => found.violations.map(each => [each.id, each.nodes.map(node => node.html)]));
}"""


def check_access(page: Page, state: str) -> None:
    """No axe violation, every part named; no sideways scroll at a phone's width or a desk's."""
    page.wait_for_load_state()  # a page that was just clicked for has its address before its body
    check_names(page, state)
    found = page.evaluate(RUN, TAGS)
    if found is None:  # the first check of a context
        page.context.add_init_script(ON_EACH_PAGE)
        page.evaluate(SCRIPT)
        found = page.evaluate(RUN, TAGS)
    told = [f"{name}: {html[:150]}" for name, nodes in found for html in nodes]
    assert told == [], f"{state} at {page.url}"
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{state} at {page.url} scrolls sideways by {wide} at {width} pixels"
