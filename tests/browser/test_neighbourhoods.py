"""The pages of wards in a browser: no fault that axe or a ruler finds, and a map to follow."""

import threading

import pytest
from access import check_access
from neighbourhoods.published_town import record_crime, told
from werkzeug.serving import make_server

from engage.areas.models import Ward
from engage.extensions import db

pytestmark = pytest.mark.browser


def test_a_ward_is_found_on_the_map_and_read_by_everybody(lite_app, clock, chromium, tmp_path):
    told()
    record_crime(tmp_path)
    for place, code in enumerate(("W1", "W2")):
        ward, left = db.session.get(Ward, code), place * 1000
        ward.outline = f"M{left} 0L{left + 1000} 0L{left + 1000} 900L{left} 900Z"
        ward.label_x, ward.label_y = left + 500, 450
    db.session.commit()
    db.session.remove()
    server = make_server("127.0.0.1", 0, lite_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}")
        page = context.new_page()
        page.goto("/areas")
        check_access(page, "all wards")
        page.locator("svg a[href='/areas/W2']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/areas/W2")
        for path in ("/areas/W1", "/statistics?area=W1"):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            check_access(page, path)
        page.goto("/areas")
        page.get_by_label("Your postcode").fill("nowhere")
        page.get_by_role("button", name="Find my ward").click()
        check_access(page, "a postcode that is not known")
        context.close()
    finally:
        server.shutdown()
        server.server_close()
