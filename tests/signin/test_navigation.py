"""Everyone is led to the pages that they may open, and told where they are."""

import pytest
from staff import make_staff, sign_in

from engage.web.staff_pages import StaffPage


def entries(client):
    """Label and aria-current of each entry of the navigation."""
    [navigation] = [nav for nav in client.page.iter("nav") if nav.get("aria-label") == "Staff"]
    return {
        "".join(link.itertext()).strip(): link.get("aria-current") for link in navigation.iter("a")
    }


@pytest.mark.parametrize("role", ["administrator", "survey_manager", "analyst"])
def test_everyone_finds_their_pages_on_the_home_page(app, client, role):
    sign_in(client, make_staff(app, role)).get("/staff")
    assert entries(client)["Home"] == "page"
    manages = "Create, open, watch and close surveys." in client.text
    assert manages == (role != "analyst")
    watches = "See which surveys are open, and how many people answered." in client.text
    assert watches == (role == "analyst")
    for link in client.page.iterfind(".//main//h2/a"):
        client.get(link.get("href"))


def test_the_navigation_says_where_one_is(app, client):
    sign_in(client, make_staff(app, "administrator"))
    assert entries(client.get("/staff/waves"))["Waves"] == "page"
    inside = entries(client.get("/staff/waves/new"))
    assert inside["Waves"] == "true"
    assert inside["Home"] is None


def test_a_page_that_one_may_not_open_is_not_in_the_navigation(app, client):
    app.extensions["staff_pages"].append(StaffPage("Only managers", "fieldwork.create", ""))
    sign_in(client, make_staff(app, "analyst")).get("/staff")
    assert "Only managers" not in entries(client)
    client.post("/staff/sign-out")
    sign_in(client, make_staff(app, "survey_manager"))
    assert "Only managers" in entries(client.get("/staff"))


def test_strangers_see_no_staff_pages(client):
    client.get("/staff/sign-in")
    assert [nav for nav in client.page.iter("nav") if nav.get("aria-label") == "Staff"] == []
