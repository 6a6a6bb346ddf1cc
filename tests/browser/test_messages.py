"""Staff send to a segment, and somebody stops the messages: in a browser, to a real mail server."""

import os
import shutil
from pathlib import Path

import pytest
from access import check_access
from conftest import running
from desk import PASSWORD, pass_second_step
from outgoing import make_pledge, make_signatory, postman_of
from postbox import Postbox
from server import Server
from staff import make_staff
from walk import press

from engage import worker
from engage.areas.models import Ward
from engage.clock import now, today
from engage.extensions import db
from engage.pledges.models import PledgeWords

WARDS = {"E1": "Fairfield", "E2": "Old Coulsdon", "E3": "Selhurst"}


@pytest.fixture(scope="module")
def posted():
    with Postbox() as server:
        yield server


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("messages")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    with running(folder, url) as app:
        make_staff(app, "survey_manager")
        db.session.add_all(Ward(code=code, name=name) for code, name in WARDS.items())
        pledge = make_pledge("stand-against-hate")
        said = {"title": "Stand against hate", "summary": "Be there.", "words": "I stand by you."}
        db.session.add(
            PledgeWords(pledge_id=pledge, version=1, language="en", made_on=today(), **said)
        )
        for number in range(12):
            make_signatory(f"person{number}", pledge, ward=list(WARDS)[number % 3])
    given = {"SMTP_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "a@b.example"}
    server = Server(folder, url, ADDRESS_KEY="a" * 40, **given).start()
    server.folder, server.database = folder, url
    yield server
    server.stop()


def shown(page, name):
    """Check the page as it is; keep pictures of it where PICTURES names a folder."""
    check_access(page, name)
    folder = os.environ.get("PICTURES")
    for width in (320, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 800})


def worked(site, posted):
    """What a worker does with the site's database: queue and send all."""
    with running(site.folder, site.database) as app:
        carrier = postman_of(app, posted.url)
        while worker.turn(db.session(), now()) or worker.post(db.session(), carrier):
            pass


@pytest.mark.browser
def test_staff_send_to_a_segment_and_somebody_stops_it(page, site, posted):
    page.goto("/staff/sign-in")
    page.fill("#email", "survey_manager@testham.example")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    pass_second_step(page)
    page.wait_for_selector("h1:text-is('Staff home')")
    page.goto("/staff/messages")
    page.click("text=Write a message")
    press(page, "Save and see how many get it")
    shown(page, "message-wrong")
    page.get_by_label("Events").check()
    page.select_option("#pledge", label="Stand against hate")
    page.get_by_label("Fairfield").check()
    page.get_by_label("Selhurst").check()
    page.fill("#subject", "A walk through Fairfield")
    page.fill("#text", "Meet us on Friday at seven.\n\nhttps://engage.testham.example/events")
    press(page, "Save and see how many get it")
    page.click("summary")
    assert "8 people" in page.inner_text("main")
    shown(page, "message-draft")
    page.check("#sure")
    press(page, "Send to 8 people")
    shown(page, "message-sending")
    worked(site, posted)
    with page.expect_navigation():
        page.click("text=Look again")
    assert "100% of 8 people" in page.inner_text("main")
    shown(page, "message-done")
    page.goto("/staff/messages")
    shown(page, "messages")

    address = posted.messages[0]["List-Unsubscribe"].strip("<>")
    page.goto(address.replace("https://engage.testham.example", ""))
    shown(page, "stop")
    press(page, "Stop emails about events")
    assert "no more of these emails" in page.inner_text("h1")
    shown(page, "stopped")
    page.goto("/stop-messages/1-events-wrong")
    shown(page, "stop-no-link")
