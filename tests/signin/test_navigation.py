"""Everyone is led to the pages that they may open, and told where they are."""

import pytest
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.web.staff_pages import StaffPage


def entries(client, row="Staff"):
    """Label and aria-current of each entry of a row of the navigation."""
    [navigation] = [nav for nav in client.page.iter("nav") if nav.get("aria-label") == row]
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
    for link in client.page.iterfind(".//main//dt/a"):
        client.get(link.get("href"))


def test_the_navigation_says_where_one_is(app, client):
    sign_in(client, make_staff(app, "administrator"))
    client.get("/staff/waves")
    assert entries(client)["Surveys"] == "true"
    assert entries(client, "Surveys")["Waves"] == "page"
    client.get("/staff/waves/new")
    assert entries(client, "Surveys")["Waves"] == "true"
    assert entries(client)["Home"] is None


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_fits_a_phone_whatever_somebody_may_do(app, client, role):
    sign_in(client, make_staff(app, role)).get("/staff")
    assert 1 <= len(entries(client)) <= 7
    rows = [nav.get("aria-label") for nav in client.page.iter("nav")]
    assert rows == ["Staff"]  # no room is entered yet


def test_a_page_that_one_may_not_open_is_not_in_the_navigation(app, client):
    app.extensions["staff_pages"].append(StaffPage("Only managers", "fieldwork.create", "", ""))
    sign_in(client, make_staff(app, "analyst")).get("/staff")
    assert "Only managers" not in entries(client)
    client.post("/staff/sign-out")
    sign_in(client, make_staff(app, "survey_manager"))
    assert "Only managers" in entries(client.get("/staff"))


def test_strangers_see_no_staff_pages(client):
    client.get("/staff/sign-in")
    assert [nav for nav in client.page.iter("nav") if nav.get("aria-label") == "Staff"] == []
