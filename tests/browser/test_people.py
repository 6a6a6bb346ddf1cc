"""The pages about accounts, emergencies and the audit log: no fault that axe or a ruler finds."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from access import check_access
from conftest import NOON, running
from page import PageClient
from staff import make_staff, sign_in
from werkzeug.serving import make_server

from engage.accounts import store
from engage.accounts.models import Role, StaffLink, StaffMember
from engage.extensions import db
from engage.people.links import _hash as hashed
from engage.sessions.models import BreakGlass

pytestmark = pytest.mark.browser


def test_the_pages_about_accounts_and_what_was_done_can_be_used_by_everybody(
    sqlite_url, tmp_path, clock, chromium
):
    with running(tmp_path, sqlite_url) as app:
        app.extensions["settings"] = replace(
            app.extensions["settings"], smtp_url="smtp://127.0.0.1:1", mail_from="a@testham.example"
        )
        boss = make_staff(app)
        named = make_staff(app, Role.ANALYST)
        db.session.get(StaffMember, named.id).break_glass = True
        invited = store.invite(
            db.session(), email="bo@testham.example", name="Bo Lind", role=Role.AUDITOR
        )
        soon = NOON + timedelta(days=1)
        db.session.add(
            StaffLink(
                staff_id=invited.id, token_hash=hashed("t"), asked_by=boss.id, asked_at=NOON,
                sent_at=NOON, expires_at=soon,
            )
        )  # fmt: skip
        db.session.add(
            BreakGlass(
                staff_id=named.id, reason="Nobody was there.", began_at=NOON - timedelta(hours=3),
                ends_at=NOON - timedelta(hours=2),
            )
        )  # fmt: skip
        invited_id = invited.id
        db.session.commit()
        db.session.remove()
        cookies = {
            member.id: sign_in(PageClient(app), member).http.get_cookie("session").value
            for member in (boss, named)
        }
        db.session.remove()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            url = f"http://127.0.0.1:{server.port}"
            for member, paths in (
                (
                    boss,
                    ("people", f"people/{named.id}", f"people/{named.id}/role", "audit",
                     f"people/{named.id}/leave", f"people/{invited_id}", "people/invite",
                     "people/break-glass", "people/break-glass/1", "join/t"),
                ),
                (named, ("break-glass",)),
            ):  # fmt: skip
                context = chromium.new_context(base_url=url)
                cookie = {"name": "session", "value": cookies[member.id], "url": url}
                context.add_cookies([cookie])
                page = context.new_page()
                for path in paths:
                    page.goto(f"/staff/{path}")
                    assert page.url.endswith(path)
                    check_access(page, path)
                context.close()
        finally:
            server.shutdown()
            server.server_close()
