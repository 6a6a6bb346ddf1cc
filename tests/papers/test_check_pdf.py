"""The check of PDF files sees each fault that it names."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from engage.papers import pdf as papers
from tools.check_pdf import faults, tags_of

BOX = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"
PAPER = f"""
#set document(title: "A paper")
#set text(font: "Atkinson Hyperlegible Next", lang: "en", region: "gb")
#set page(footer: context pdf.artifact[Page #counter(page).display()])
= First
== Second
- #link("https://testham.example")[a link]
#let box = image(bytes("{BOX}"), format: "svg", alt: "A black box", width: 9mm)
#figure(box, alt: "A black box")
#table(columns: 2, table.header[Head][Other], [one], [two])
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "odd.typ").write_text(PAPER, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(papers, "TEMPLATES", folder)
        return papers.pdf("odd", {})


def first(pdf, role):
    return next(each.made for each in tags_of(pdf) if each.role == role)


def font_of(pdf):
    return next(iter(pdf.pages[0].resources.Font.values()))


def painted(pdf, before, after):
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    assert before in content
    page.Contents = pdf.make_stream(content.replace(before, after, 1))


def no_scope(pdf):
    for tag in tags_of(pdf):
        if tag.role == "TH":
            del tag.made.A


BROKEN = {
    "neither tagged nor an artifact": lambda pdf: painted(pdf, b"/MCID 0", b"/Other 0"),
    "01-005 content has a number": lambda pdf: painted(pdf, b"/MCID 1", b"/MCID 99"),
    "01-007": lambda pdf: pdf.Root.MarkInfo.update({"/Suspects": True}),
    "02-001": lambda pdf: first(pdf, "L").update({"/S": Name("/Odd")}),
    "02-004": lambda pdf: pdf.Root.StructTreeRoot.update({"/RoleMap": Dictionary(P=Name("/H1"))}),
    "06-001": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "07-001": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "09-004": lambda pdf: first(pdf, "Table").update({"/S": Name("/Div")}),
    "10-001": lambda pdf: font_of(pdf).__delitem__("/ToUnicode"),
    "11-006": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "13-004": lambda pdf: first(pdf, "Figure").__delitem__("/Alt"),
    "14-002": lambda pdf: first(pdf, "H1").update({"/S": Name("/H2")}),
    "14-003": lambda pdf: first(pdf, "H2").update({"/S": Name("/H3")}),
    "15-003": no_scope,
    "28-009": lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"),
    "28-011": lambda pdf: first(pdf, "Link").update({"/S": Name("/Span")}),
    "28-012": lambda pdf: pdf.pages[0].obj.Annots[0].__delitem__("/Contents"),
    "31-009": lambda pdf: font_of(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
    "not of one length": lambda pdf: first(pdf, "TR").update({"/K": Array([])}),
    "was not looked at": lambda pdf: pdf.Root.update({"/AcroForm": Dictionary()}),
}


def test_a_paper_of_ours_has_no_fault(paper):
    assert faults(paper) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_broken_is_seen(paper, fault):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        BROKEN[fault](pdf)
        pdf.save(out)
    assert any(fault in said for said in faults(out.getvalue())), faults(out.getvalue())
