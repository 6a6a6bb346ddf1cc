"""Words that fit whoever reads them: an organisation, or somebody whose name is not known."""

import re

import pytest
from page import PageClient
from signing_desk import (
    SLUG,
    ask_for_page,
    confirm,
    enter,
    messages,
    open_a_pledge,
    sign,
    signatures,
)
from sqlalchemy import insert

from engage import clock as dates
from engage.contacts.address import address_key
from engage.extensions import db
from engage.pledges.models import Signature, Source

FORM = f"/pledges/{SLUG}/sign/organisation"
BAKERY = {"name": "Acme Bakery", "email": "jo@acme.example"}
ABOUT = {"signatory": "Jo Baker", "position": "Manager", "sector": "business", "size": "1_9"}


@pytest.fixture
def pledge(lite_app, clock) -> int:
    return open_a_pledge()


@pytest.fixture
def client(lite_app) -> PageClient:
    return PageClient(lite_app)


def test_an_organisation_that_signs_again_is_not_asked_for_somebody_of_its_home(pledge, client):
    client.get(FORM).post(FORM, BAKERY)
    confirm(client, **ABOUT)
    client.get(FORM).post(FORM, BAKERY)
    said = messages()[-1]
    assert "Your organisation has signed" in said[1]
    assert "counts already" in said[2]
    assert "home" not in said[2]


def test_a_signature_of_an_older_list_has_links_with_whole_names(lite_app, pledge, client):
    sign(client)
    confirm(client)
    mine = signatures()[0]
    of_list = {
        "pledge_id": pledge, "kind": "person", "state": "confirmed", "member": 1, "name": "",
        "show_name": False, "under_18": False, "ward": "", "source": Source.LEGACY,
        "address_key": address_key("old@example.org", lite_app.extensions["settings"].address_key),
        "signed_on": dates.today(), "confirmed_on": dates.today(), "contact_id": mine.contact_id,
    }  # fmt: skip
    db.session.execute(insert(Signature).values(of_list))
    db.session.commit()
    ask_for_page(client)
    enter(client)
    labels = re.findall(r"visually-hidden\">(: .*?)</span></a>", client.response.text)
    told = [re.sub(r"<[^>]*>", "", each) for each in labels]
    assert told == [": Ada Okafor, Stand against hate"] * 2 + [": Stand against hate"] * 2
