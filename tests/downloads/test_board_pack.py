"""The board pack: a paper that screen readers can read, with suppressed figures alone."""

import io
import re
import subprocess

import pikepdf
import pytest
from downloads.opened import content_of
from figures.town import filled, found
from programs import needs
from sqlalchemy import select, update

from engage.audit.models import AuditEvent
from engage.downloads.board_pack import pack_data
from engage.downloads.figure_files import content_of as figures_of
from engage.downloads.made import Wanted
from engage.downloads.make import make
from engage.downloads.models import MadeFile
from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh

NUMBERS = (
    "estimate", "standard_error", "lower", "upper", "base", "effective_base", "design_effect",
)  # fmt: skip


@pytest.fixture
def wave(lite_app, clock):
    found(db.session())
    wave = filled(db.session(), 300)
    refresh(db.session(), wave.id, clock.at)
    db.session.commit()
    return wave


def words_of(pdf: bytes) -> str:
    """What a program of poppler reads in it, in the order of its tags."""
    path = needs("pdftotext", "poppler-utils")
    done = subprocess.run([path, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def pack(wave, at) -> bytes:
    make(db.session(), {"kind": "board_pack", "wave_id": wave.id}, at, council="Testham Council")
    db.session.commit()
    file = db.session.scalars(select(MadeFile).filter_by(kind="board_pack")).one()
    assert file.media_type == "application/pdf"
    assert re.search(r"board-pack.*\.pdf$", file.name)
    return content_of(file)


def structure(node, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every element of the tree of tags, with its alternative text."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            structure(each, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
        if "/K" in node:
            structure(node["/K"], found)
    return found


def test_the_pack_is_tagged_titled_and_its_charts_and_tables_can_be_heard(wave, clock):
    made = pack(wave, clock.at)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    with pikepdf.open(io.BytesIO(made)) as opened:
        root = opened.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "board data pack" in str(opened.docinfo["/Title"])
        tags = structure(root.StructTreeRoot.K, [])
    names = [name for name, _alt in tags]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L"} <= set(names)
    pictures = [alt for name, alt in tags if name == "/Figure"]
    assert pictures
    assert all(re.search(r"Bars: .*\d", alt) for alt in pictures)
    said = words_of(made)
    for heading in ("What this says", "Performance", "Who answered", "What is not shown, and why"):
        assert heading in said


def test_a_figure_that_is_hidden_is_in_no_word_chart_or_alternative_text(wave, clock):
    db.session.execute(
        update(Figure)
        .where(Figure.breakdown == "area_group", Figure.label == "North")
        .values(dict.fromkeys(NUMBERS) | {"flag": "[c]"})
    )
    db.session.commit()
    data = pack_data_of(wave, clock.at)
    for part in data["areas"]:
        shown = {row[0]: row[1:] for row in part["rows"]}
        assert shown["North"] == ["[c]", "", ""]
        assert "North: [c]" in part["alt"] or "North: not shown" in part["alt"], part["alt"]
        assert not re.search(r"North[^;.]*\d", part["alt"] + part["says"])


def pack_data_of(wave, at) -> dict:
    wanted = Wanted(wave, "Testham Council", at)
    content = figures_of(db.session(), wanted)
    return pack_data(content, wanted.about(content.run.made_at, interim=content.run.interim))


def test_the_command_writes_the_same_paper_and_the_log_has_it(wave, clock, lite_app, tmp_path):
    made = pack(wave, clock.at)
    file = tmp_path / "pack.pdf"
    db.session.rollback()
    done = lite_app.test_cli_runner().invoke(
        args=["downloads", "board-pack", str(wave.id), str(file)]
    )
    assert done.exit_code == 0, done.output
    assert words_of(file.read_bytes()) == words_of(made).replace(
        "Testham Council", "Testham Council"
    )
    event = db.session.scalars(select(AuditEvent).filter_by(action="file.exported")).one()
    assert event.subject == f"wave:{wave.id}"
