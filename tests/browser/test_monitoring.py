"""The monitor and the look at a marked answer in a browser: no fault that axe or a ruler finds."""

import threading

import pytest
from access import check_access
from conftest import NOON
from figures.town import answer, filled, found, people
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in
from werkzeug.serving import make_server

from engage.accounts.models import Role
from engage.answering.models import LeftDrafts
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.responses.review_models import ResponseReview
from engage.waves.published import definition_of

pytestmark = pytest.mark.browser


def test_the_monitor_and_a_marked_answer_can_be_read_by_everybody(lite_app, clock, chromium):
    found(db.session())
    wave = filled(db.session(), 60)
    definition = definition_of(wave.definition)
    answer(db.session(), wave, people(definition, 20, seed=9), start=90, duration=10)
    for place, section in enumerate(("", *definition.section_ids)):
        left = LeftDrafts(wave_id=wave.id, day=NOON.date(), section=section, drafts=9 - place)
        db.session.add(left)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    marked = db.session.scalar(select(ResponseReview.id).limit(1))
    db.session.remove()
    client = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))
    cookie = client.http.get_cookie("session")
    db.session.remove()
    server = make_server("127.0.0.1", 0, lite_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.port}"
        context = chromium.new_context(base_url=url)
        context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
        page = context.new_page()
        for path in ("progress", "review", f"review/{marked}"):
            page.goto(f"/staff/waves/1/{path}")
            assert page.url.endswith(path)
            check_access(page, path)
        context.close()
    finally:
        server.shutdown()
        server.server_close()
