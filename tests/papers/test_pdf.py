"""Papers are PDF/UA, set what people wrote as plain text, and are the same for the same data."""

import subprocess
import xml.etree.ElementTree as ET

import pytest
from programs import needs

from engage.papers import pdf as papers
from engage.papers.qr import qr_svg
from tools.check_pdf import faults

DATA = {
    "name": "Łódź Café #set page(width: 1pt) *Fern* $x$ مسجد",
    "council": "Testham Council",
    "colour": "#1d4f5c",
    "year": 2026,
    "month": 3,
    "day": 2,
    "dated": "2 March 2026",
    "until": "1 March 2027",
    "signed": "“Stand against hate”",
    "promises": [{"promise": "Train our staff", "until": "1 March 2027"}],
    "address": "https://testham.example/organisations/fern",
    "code": qr_svg("https://testham.example/organisations/fern").decode(),
}


def run(program: str, *given: str, data: bytes) -> str:
    """What a program of poppler says about a PDF."""
    path = needs(program, "poppler-utils")
    done = subprocess.run([path, *given], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_paper_is_tagged_titled_and_sets_what_was_written_as_text():
    made = papers.pdf("organisation", DATA)
    assert faults(made) == []
    told = run("pdfinfo", "-", data=made)
    assert "Title:           Certificate for Łódź Café #set page" in told
    assert ["Tagged:", "yes"] in [line.split() for line in told.splitlines()]
    text = run("pdftotext", "-layout", "-", "-", data=made)
    assert "Łódź Café #set page(width: 1pt) *Fern* $x$" in text
    assert "This certificate holds until 1 March 2027." in text
    fonts = run("pdffonts", "-", data=made)
    assert "AtkinsonHyperlegible" in fonts


def test_a_badge_is_an_image_with_a_title_and_without_styles():
    made = papers.svg("badge", DATA | {"shown": "testham.example"}, "Badge of <Fern>").decode()
    image = ET.fromstring(made)
    assert image[0].text == "Badge of <Fern>"
    assert 'style="' not in made


def test_the_same_data_gives_the_same_paper():
    assert papers.pdf("organisation", DATA) == papers.pdf("organisation", DATA)


def test_letters_that_the_typeface_lacks_are_said_without_saying_what_they_are():
    with pytest.raises(papers.LettersError) as caught:
        papers.pdf("organisation", DATA | {"name": "日本 Fern"})
    assert "日" not in str(caught.value)
    assert "Fern" not in str(caught.value)


def test_a_warning_or_an_unknown_template_stops_the_paper(monkeypatch, tmp_path):
    with pytest.raises(papers.PaperError, match=r"There is no template .*: use one of"):
        papers.pdf("other", DATA)
    (tmp_path / "odd.typ").write_text(
        '#set document(title: "Odd")\n#set text(font: "No Such Face")\n= Odd', "utf-8"
    )
    monkeypatch.setattr(papers, "TEMPLATES", tmp_path)
    with pytest.raises(papers.PaperError, match="unknown font family"):
        papers.pdf("odd", {})


def test_a_template_reads_no_file_outside_its_folder(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    inside = tmp_path / "papers"
    inside.mkdir()
    (inside / "odd.typ").write_text('#read("../secret")', "utf-8")
    monkeypatch.setattr(papers, "TEMPLATES", inside)
    with pytest.raises(papers.PaperError):
        papers.pdf("odd", {})


def test_without_fonts_the_remedy_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(papers, "FONTS", tmp_path)
    with pytest.raises(papers.PaperError, match="run `make assets`"):
        papers.pdf("organisation", DATA)
