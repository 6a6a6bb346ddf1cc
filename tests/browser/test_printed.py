"""What is printed, counted in pages by another program: posters and paper questionnaires."""

import re
import shutil
import subprocess

import pytest
from borough import INVITED, SHIPPED
from desk import make_account, sign_in
from programs import needs
from server import Server
from settings import settings_for
from survey import open_a_wave

from engage import clock
from engage.app import create_app
from engage.extensions import db
from engage.links.store import make
from engage.waves.catalogue import newest_file

ASKED = tuple(each for each in SHIPPED if each != INVITED)
"""Surveys for the invited have no poster and no paper."""


@pytest.fixture(scope="module")
def hung(sqlite_template, tmp_path_factory):
    """The demonstration with a poster of each survey: the server, and the posters' addresses."""
    folder = tmp_path_factory.mktemp("printed")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    app = create_app(settings_for(folder, DATABASE_URL=url, DEMO="1"))
    posters = {}
    with app.app_context():
        for each in ASKED:
            wave = open_a_wave("2026", newest_file(each))
            [link] = make(db.session, wave, ["Central library"], clock.today())
            posters[each] = f"/staff/waves/{wave}/places/{link.code}/poster"
        db.session.commit()
        db.engine.dispose()
    where = "any library, or the Town Hall, 1 High Street, Quillhaven QH1 1AA, on weekdays"
    server = Server(folder, url, DEMO="1", PAPER_RETURN=where).start()
    make_account(server)
    yield server, posters
    server.stop()


@pytest.fixture
def desk(chromium, hung):
    """A page of a browser in which a manager is signed in."""
    context = chromium.new_context(base_url=hung[0].url)
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def pages(page, folder) -> int:
    """On how many A4 pages the browser prints what it shows."""
    program = needs("pdfinfo", "poppler-utils")
    printed = folder / "printed.pdf"
    printed.write_bytes(page.pdf(prefer_css_page_size=True))
    told = subprocess.run([program, printed], capture_output=True, text=True, check=True).stdout
    assert "A4" in told
    return int(re.search(r"Pages:\s+(\d+)", told)[1])


@pytest.mark.browser
def test_every_poster_is_one_page(desk, hung, tmp_path):
    found = {}
    for survey, address in hung[1].items():
        desk.goto(address)
        desk.wait_for_selector(".paper-code")
        found[survey] = pages(desk, tmp_path)
    assert found == dict.fromkeys(ASKED, 1)


@pytest.mark.browser
def test_no_box_and_no_question_is_cut_in_two(desk, hung):
    desk.goto("/surveys/fear-of-crime/paper")
    desk.emulate_media(media="print")
    cut = desk.eval_on_selector_all(
        ".paper-box, .paper-question",
        "all => all.filter(each => getComputedStyle(each).breakInside !== 'avoid').length",
    )
    assert cut == 0
