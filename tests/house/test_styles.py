"""Templates and our style sheet name the same things."""

import re

from engage.config import ROOT

OWN = re.compile(r"(?:engage|paper)-[a-z]+(?:[_-]+[a-z]+)*")


def classes_in_templates() -> dict[str, str]:
    """Each class of ours that a template uses, and one template that does."""
    used = {}
    for template in (ROOT / "templates").rglob("*.html"):
        for attribute in re.findall(r'class="([^"]*)"', template.read_text("utf-8")):
            for name in OWN.findall(attribute):
                used[name] = str(template.relative_to(ROOT))
    return used


def test_every_class_of_ours_that_a_template_uses_has_a_style():
    sheets = (ROOT / "static").glob("*.css")
    css = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    rules = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    styled = set(re.findall(r"\.((?:engage|paper)-[a-z_-]+)", rules))
    missing = {name: where for name, where in classes_in_templates().items() if name not in styled}
    assert not missing, missing


def test_a_table_that_scrolls_says_so_before_it_is_met():
    pages = [page.read_text("utf-8") for page in (ROOT / "templates").rglob("*.html")]
    wide = [page for page in pages if 'class="engage-table-scroll"' in page]
    assert wide
    for page in wide:
        before, *_rest = page.split('class="engage-table-scroll"')
        assert "engage-table-hint" in before
