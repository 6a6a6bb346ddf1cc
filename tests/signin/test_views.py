"""Staff sign in, move about and sign out."""

import pytest
from staff import make_staff, sign_in


@pytest.fixture
def member(app, clock):
    return make_staff(app, "analyst")


def test_someone_signs_in_and_out(client, member):
    client.get("/staff", 302).follow()
    assert "Sign in" in client.text
    sign_in(client, member)
    assert client.location == "/staff"
    client.get("/staff")
    client.post("/staff/sign-out")
    client.get("/staff", 302)
