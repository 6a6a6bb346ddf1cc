"""No answer about a report or for staff may be kept anywhere, and none is without its headers."""

import pytest
from flask import make_response
from page import PageClient
from staff import make_staff, sign_in

from engage.web.access import public
from engage.web.headers import ASKED_AGAIN, HEADERS, NEVER_KEPT


def addresses(app) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(NEVER_KEPT) and "GET" in rule.methods and not rule.arguments
    )


@pytest.mark.parametrize("signed_in", [False, True])
def test_nothing_under_these_addresses_is_kept_in_a_browser_or_between(lite_app, signed_in):
    client = PageClient(lite_app)
    if signed_in:
        sign_in(client, make_staff(lite_app))
    found = addresses(lite_app)
    assert "/tell-us" in "".join(found)
    for address in found:
        answer = client.http.get(address)
        assert answer.status_code < 500, address
        suppressed = address == "/staff/dashboard" and signed_in
        rule = ASKED_AGAIN if suppressed else "no-store"
        assert answer.headers["Cache-Control"] == rule, address
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (address, name)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
        assert "http:" not in answer.headers["Content-Security-Policy"], address


def test_a_page_cannot_allow_it_by_mistake(lite_app):
    @public
    def careless():
        answer = make_response("x")
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    lite_app.add_url_rule("/tell-us/careless", "careless", careless)
    answer = lite_app.test_client().get("/tell-us/careless")
    assert answer.headers.getlist("Cache-Control") == ["no-store"]
