"""Organisations as everyone, they themselves and staff see them: by keyboard and at any width."""

import shutil
from datetime import timedelta

import pytest
from access import check_access
from desk import pass_second_step
from partner import ask, link, listed, promise
from server import Server
from settings import settings_for
from staff import PASSWORD, make_staff

from engage import clock
from engage.app import create_app
from engage.extensions import db
from engage.organisations.models import Promise

pytestmark = pytest.mark.browser

LONG = "The Quillhaven and Testham Association for Intercultural Understanding and Neighbourliness"


@pytest.fixture
def organisations(sqlite_template, tmp_path):
    """A site with a listed organisation that is late, another that waits, and a manager."""
    shutil.copy(sqlite_template, tmp_path / "engage.sqlite")
    url = f"sqlite:///{tmp_path / 'engage.sqlite'}"
    app = create_app(settings_for(tmp_path, DATABASE_URL=url))
    with app.app_context():
        number = listed(LONG, promises=tuple(Promise)[:4])
        today = clock.today()
        for name, due, progress in (
            (Promise.TRAIN_STAFF, -3, "under_way"),
            (Promise.DISPLAY_MATERIAL, 90, "done"),
            (Promise.NAME_CHAMPION, 90, "promised"),
        ):
            held = promise(number, name)
            held.renewed_on, held.due_on = today - timedelta(days=10), today + timedelta(days=due)
            held.progress, held.evidence, held.evidence_on = progress, "Two of five.", today
            db.session.commit()
        ask("Moss")
        home = link(number, clock.now() + timedelta(days=1))
        manager = make_staff(app, "survey_manager")
        db.engine.dispose()
    server = Server(tmp_path, url).start()
    yield server, number, home, manager
    server.stop()


def test_pages_of_organisations_are_accessible(chromium, organisations):
    server, number, home, manager = organisations
    context = chromium.new_context(base_url=server.url)
    page = context.new_page()

    def look(path: str) -> None:
        page.goto(path)
        check_access(page, path)

    slug = "the-quillhaven-and-testham-association-for-intercu"
    for path in ("/organisations", "/organisations?name=x", f"/organisations/{slug}", home):
        look(path)
    look(f"{home}/{number}/promises/train_staff/take-back")
    look(f"{home}/{number}/leave")
    look(f"{home}/{number}/promises/train_staff")
    page.fill("#due_on-year", "1999")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("link", name="Enter the day in numbers").click()
    assert page.evaluate("document.activeElement.id") == "due_on-day"
    check_access(page, "a promise with a fault")
    look(f"/organisations/{slug}")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Send us the link").press("Enter")
    check_access(page, "the link was sent")
    page.goto("/staff/sign-in")
    page.fill("#email", manager.email)
    page.fill("#password", PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Sign in").click()
    pass_second_step(page)
    page.wait_for_selector("h1:text-is('Staff home')")
    for path in ("", "?standing=approved", "/late", f"/{number}", "/2", f"/{number}/change",
                 f"/{number}/promises/train_staff"):  # fmt: skip
        look(f"/staff/organisations{path}")
    page.goto("/staff/organisations/2")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Refuse").press("Enter")
    check_access(page, "refusing without a reason")
    context.close()
