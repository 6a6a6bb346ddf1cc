"""What the browser is given: nothing that only GOV.UK may use, small, and named by content."""

import gzip
import hashlib
import json
import re
import shutil

import pytest

from tools import vendor


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """A static folder built anew from the sources and node_modules."""
    folder = tmp_path_factory.mktemp("static")
    for file in (vendor.ROOT / "static").iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    vendor.build(folder)
    return folder


@pytest.fixture(scope="module")
def manifest(static):
    return json.loads((static / "build" / "manifest.json").read_text("utf-8"))


FORBIDDEN = re.compile(r"gds.?transport|crown|crest|@font-face", re.IGNORECASE)


def test_no_crown_no_crest_and_no_gds_transport_is_left(static):
    for file in (static / "build").glob("*.*"):
        if file.suffix != ".gz":
            found = FORBIDDEN.search(file.read_text("utf-8"))
            assert not found, f"{file.name} holds {found}"


def test_the_style_sheets_fetch_nothing(static, manifest):
    for name in ("govuk.css", "engage.css"):
        assert "url(" not in (static / manifest[name]).read_text("utf-8").replace("url(data:", "")


def test_every_file_is_named_by_its_content_and_has_its_gzip_twin(static, manifest):
    expected = {"engage.css", "engage.js", "favicon.svg", "govuk.css", "govuk-rtl.css", "govuk.js"}
    assert set(manifest) == expected | {
        "paper.css", "entry.js", "timeout.js", "exit.js", "proof.js",
    }  # fmt: skip
    for path in manifest.values():
        data = (static / path).read_bytes()
        assert hashlib.sha256(data).hexdigest()[:12] in path
        assert gzip.decompress((static / f"{path}.gz").read_bytes()) == data


def test_the_typeface_of_papers_goes_with_its_licence(static):
    names = {each.name for each in (static / "build" / "fonts").iterdir()}
    face = "AtkinsonHyperlegibleNext"
    assert names == {f"{face}_400Regular.ttf", f"{face}_700Bold.ttf", "LICENSE_FONT"}
    assert (
        "OPEN FONT LICENSE"
        in (static / "build" / "fonts" / "LICENSE_FONT").read_text("utf-8").upper()
    )


def test_our_script_imports_the_built_one(static, manifest):
    script = (static / manifest["engage.js"]).read_text("utf-8")
    imported = re.search(r'from "\./([^"]+)"', script)
    assert imported
    assert f"build/{imported.group(1)}" == manifest["govuk.js"]


EVERYWHERE = {"govuk.css", "engage.css", "favicon.svg", "engage.js", "govuk.js"}
LOADED = {
    "a page of a survey": EVERYWHERE | {"exit.js", "timeout.js"},
    "one from right to left": EVERYWHERE - {"govuk.css"}
    | {"govuk-rtl.css", "exit.js", "timeout.js"},
    "a start in an attack": EVERYWHERE | {"exit.js", "proof.js"},
    "a paper copy": EVERYWHERE | {"exit.js", "paper.css"},
    "typing in paper": EVERYWHERE | {"entry.js"},
}
"""What the kinds of page load; tests/browser/test_weight.py sees that they load no more."""


@pytest.mark.parametrize("page", LOADED)
def test_the_files_of_a_page_are_less_than_thirty_two_kilobytes_on_the_wire(static, manifest, page):
    sent = sum((static / f"{manifest[name]}.gz").stat().st_size for name in LOADED[page])
    assert sent < 32 * 1024


def test_every_file_is_loaded_by_some_page(manifest):
    assert set().union(*LOADED.values()) == set(manifest)


def test_building_again_drops_what_is_no_longer_named(static, manifest):
    old = static / "build" / "engage-0123456789ab.css"
    old.write_text("p{}", "utf-8")
    vendor.build(static)
    assert not old.exists()
    assert json.loads((static / "build" / "manifest.json").read_text("utf-8")) == manifest


def test_a_style_sheet_of_another_shape_stops_the_build():
    css = vendor.shipped("govuk-frontend.min.css")
    with pytest.raises(vendor.BuildError, match="crown rules removed: found 0, expected 1"):
        vendor.stripped(css.replace(".govuk-footer__crown{", ".govuk-footer__sign{"))


def test_a_new_use_of_what_is_forbidden_stops_the_build():
    css = vendor.shipped("govuk-frontend.min.css")
    with pytest.raises(vendor.BuildError, match="still holds"):
        vendor.stripped(css + ".x{background:url(/assets/images/other.svg)}")


def test_our_own_style_sheet_keeps_its_meaning_when_made_compact():
    css = (
        "/* why */\n.a > .b {\n  margin: 0 1px;\n  color: red;\n}\n\n@media print { .c { d: e } }\n"
    )
    assert vendor.compact(css) == ".a>.b{margin:0 1px;color:red}@media print{.c{d:e}}"
