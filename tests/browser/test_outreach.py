"""Links for places: the page that makes them, and the poster that leads back."""

import subprocess

import pytest
from access import check_access
from desk import make_account, sign_in
from programs import needs
from walk import press


@pytest.fixture(scope="module")
def account(site):
    make_account(site)


@pytest.mark.browser
def test_a_manager_makes_a_poster_that_another_program_reads(page, account, tmp_path):
    reader = needs("zbarimg", "zbar-tools")
    sign_in(page)
    page.goto("/staff/waves/1/places")
    check_access(page, "no places")
    press(page, "Make links")
    check_access(page, "errors")
    assert page.title().startswith("Error: ")
    page.fill("#places", "Central library\nSaturday market by the old town hall")
    press(page, "Make links")
    check_access(page, "places")
    page.click("td a:has-text('Poster') >> nth=0")
    page.wait_for_selector(".paper-code")
    check_access(page, "poster")
    address = page.inner_text(".paper-address")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 800, "height": 1100})
    assert not page.is_visible("text=Sign out")
    page.screenshot(path=tmp_path / "poster.png")
    read = subprocess.run(
        [reader, "--quiet", "--raw", str(tmp_path / "poster.png")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert read.stdout.strip() == f"http://{address}"
    printed = tmp_path / "poster.pdf"
    printed.write_bytes(page.pdf(prefer_css_page_size=True))
    pages = subprocess.run(["pdfinfo", printed], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in pages
    assert "A4" in pages
    code = address.rpartition("/")[2]
    page.goto(f"/go/{code}")
    assert "/surveys/" in page.url
