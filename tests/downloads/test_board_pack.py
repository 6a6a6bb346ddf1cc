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
from tools.check_pdf import faults, tags_of

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


def test_the_pack_is_tagged_titled_and_its_charts_and_tables_can_be_heard(wave, clock):
    made = pack(wave, clock.at)
    assert faults(made) == []
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "board data pack" in str(opened.docinfo["/Title"])
        tags = tags_of(opened)
    assert {"H1", "H2", "H3", "Table", "TH", "TD", "L"} <= {each.role for each in tags}
    pictures = [each.says("/Alt") for each in tags if each.role == "Figure"]
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
        assert shown["North"] == ["[c]", "[c]", "[c]"]
        assert "North: [c]" in part["alt"] or "North: not shown" in part["alt"], part["alt"]
        assert not re.search(r"North[^;.]*\d", part["alt"] + part["says"])


def test_a_figure_hidden_everywhere_has_no_picture_and_comes_last(wave, clock):
    every = pack_data_of(wave, clock.at)["areas"]
    assert all(part["svg"] for part in every)
    only = (Figure.indicator == "safe_day", Figure.breakdown == "area_group")
    hidden = dict.fromkeys(NUMBERS) | {"flag": "[c]"}
    db.session.execute(update(Figure).where(*only).values(hidden))
    db.session.commit()
    *others, last = pack_data_of(wave, clock.at)["areas"]
    assert (last["title"], last["svg"]) == (every[0]["title"], "")
    assert "too few people answered" in last["says"]
    assert [part["title"] for part in others] == [part["title"] for part in every[1:]]
    made = pack(wave, clock.at)
    with pikepdf.open(io.BytesIO(made)) as opened:
        pictures = [each.says("/Alt") for each in tags_of(opened) if each.role == "Figure"]
    assert faults(made) == []
    assert not any(last["title"] in alt for alt in pictures)


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
