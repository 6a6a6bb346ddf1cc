"""The dashboards and a table of two questions in a browser: no fault that axe or a ruler finds."""

import threading
from datetime import date

import pytest
from access import check_access
from conftest import NOON
from figures.town import answer, found, people, wave_of
from page import PageClient
from staff import make_staff, sign_in
from werkzeug.serving import make_server

from engage.accounts.models import Role
from engage.crosstabs import make, store
from engage.crosstabs.spec import Spec
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.waves.models import WaveState
from engage.waves.published import definition_of

pytestmark = pytest.mark.browser


def test_the_dashboards_and_a_table_can_be_read_by_everybody(lite_app, clock, chromium):
    session = db.session()
    found(session)
    wave = wave_of(session, "pulse", state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    answer(session, wave, people(definition_of(wave.definition), 150))
    refresh(session, wave.id, NOON)
    session.commit()
    spec = Spec("q:safe_day", "q:safe_dark")
    table = store.ask(session, wave.id, spec, staff_id=1, now=NOON)
    session.commit()
    make.make(session, table, NOON)
    session.commit()
    assert store.table_by(session, table).state == "shown"
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
        paths = ("dashboard", "dashboard/pulse", "explore/1", f"explore/tables/{table}")
        for path in paths:
            page.goto(f"/staff/{path}")
            assert page.url.endswith(path)
            check_access(page, path)
        context.close()
    finally:
        server.shutdown()
        server.server_close()
