"""Staff look after a pledge in a browser: an older list of 24,000, paper, search, taking out."""

import os
import shutil
import time
from pathlib import Path

import pytest
from access import check_access
from conftest import running
from desk import PASSWORD, pass_second_step
from pledged import make_pledge, signed_by
from server import Server
from staff import make_staff

from engage.areas.models import Ward
from engage.clock import now
from engage.extensions import db
from engage.jobs import store
from engage.pledges import counts
from engage.tasks import handler_of

PEOPLE = 24_000


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    with running(folder, url) as app:
        make_staff(app, "survey_manager")
        names = {"E1": "Fairfield", "E2": "Old Coulsdon", "E3": "Selhurst"}
        db.session.add_all(Ward(code=code, name=name) for code, name in names.items())
        db.session.commit()
        pledge = make_pledge("stand-against-hate")
        for each in range(12):
            given = {"ward": f"E{1 + each % 3}", "network": b"n" * 16}
            signed_by(pledge, f"person{each}@spam.example", name=f"Person {each}", **given)
    server = Server(folder, url, ADDRESS_KEY="a" * 40).start()
    server.folder, server.database = folder, url
    yield server
    server.stop()


def shown(page, name):
    """Check the page as it is; keep pictures of it where PICTURES names a folder."""
    check_access(page, name)
    folder = os.environ.get("PICTURES")
    for width in (320, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"register-{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 800})


def worked(site) -> int:
    """Do the jobs that wait, as the worker does; how many signatures count then, exactly."""
    with running(site.folder, site.database):
        session = db.session()
        while held := store.claim(session, now()):
            session.commit()
            handler_of(held.kind)(session, held.payload, now())
            store.finish(session, held)
            session.commit()
        assert counts.recount(session) == []
        return counts.total(session.connection(), 1)


def old_list() -> bytes:
    """24,000 mailboxes, 500 broken rows and 300 that repeat one, as an older Windows wrote it."""
    rows = [f"Zoë Ó,resident{each}@example.com,31/10/2019" for each in range(PEOPLE)]
    for each in range(500):
        rows.insert(each * 40, "Nobody,not an address,31/10/2019")
    rows += [f"Zoë,RESIDENT{each}@example.com,31/10/2019" for each in range(300)]
    return "\r\n".join(["Name,Email,Date", *rows, ""]).encode("cp1252")


@pytest.mark.browser
def test_staff_look_after_a_pledge(page, site):
    page.goto("/staff/sign-in")
    page.fill("#email", "survey_manager@testham.example")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    pass_second_step(page)
    page.wait_for_selector("h1:text-is('Staff home')")
    page.goto("/staff/pledges")
    shown(page, "pledges")
    page.click("text=Make a pledge")
    page.click("text=Make this pledge")
    shown(page, "new-wrong")

    started = time.monotonic()
    page.goto("/staff/pledges/lists/new")
    page.fill("#origin", "Sheets of 2019")
    for part, value in (("day", "31"), ("month", "10"), ("year", "2019")):
        page.fill(f"#day-{part}", value)
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": old_list()}
    page.set_input_files("#file", file)
    shown(page, "list-new")
    page.click("button:text('Look through the list')")
    page.wait_for_selector("text=Look again")
    shown(page, "list-waits")
    assert worked(site) == 12
    page.click("text=Look again")
    shown(page, "list-checked")
    page.check("#leave_out")
    page.click(f"text=Count {PEOPLE:,} signatures")
    page.wait_for_selector("text=The list is being taken")
    assert worked(site) == PEOPLE + 12
    page.click("text=Look again")
    assert "Signatures counted\n24,000" in page.inner_text("main").replace("\n\n", "\n").replace(
        "\t", "\n"
    )
    assert time.monotonic() - started < 60
    shown(page, "list-taken")
    page.goto("/staff/pledges/lists")
    shown(page, "lists")

    page.goto("/staff/pledges/paper/new")
    page.fill("#origin", "Saturday market")
    for part, value in (("day", "1"), ("month", "3"), ("year", "2026")):
        page.fill(f"#day-{part}", value)
    page.click("text=Open this pile")
    page.click("text=Count this signature")
    page.wait_for_selector("text=Write its number on the paper")
    shown(page, "pile")

    page.goto("/staff/pledges/1")
    shown(page, "pledge")
    page.click("text=Find signatures")
    page.fill("#name", "person 1")
    page.click("button:text('Search')")
    assert "3 signatures" in page.inner_text("main")
    shown(page, "search")
    page.click("th >> text=11")
    page.click("text=Show the address")
    assert "person10@spam.example" in page.inner_text("main")
    shown(page, "signature")

    page.goto("/staff/pledges/1/signs")
    shown(page, "signs")
    page.click("text=Look at them >> nth=0")
    page.click("button:text('See how many')")
    page.fill("#reason", "One network in a minute, with made-up names.")
    shown(page, "take-out")
    page.click("text=Take 12 out of the count")
    page.wait_for_selector("h1:has-text('Signatures taken out')")
    shown(page, "taken-out")
    assert worked(site) == PEOPLE + 1
    page.click("th a")
    shown(page, "undo")
    page.fill("#reason", "It was a stall with one tablet.")
    page.click("text=Put these signatures back")
    page.wait_for_selector("h1:has-text('Signatures taken out')")
    assert worked(site) == PEOPLE + 13
    for name in ("statistics", "days", "words/pl"):
        page.goto(f"/staff/pledges/1/{name}")
        shown(page, name.replace("/", "-"))
