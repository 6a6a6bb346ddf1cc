"""Somebody who tells us something safely in a test: walks the form, sends it, comes back."""

from flask import Flask
from page import PageClient
from staff import make_keyholder, make_recovery

from engage.accounts.models import Role, StaffMember
from engage.areas.models import Ward
from engage.extensions import db

STORY: dict[str, object] = {
    "danger_now": "no",
    "injured_now": "no",
    "offender_there": "no",
    "kind_of_harm": "hate",
    "role": "victim",
    "victim_age": "18_to_64",
    "strands": ["race"],
    "perception": ["victim"],
    "how_known": "They shouted it",
    "what_happened": "They threw stones at my stall",
    "incident_types": ["verbal", "physical"],
    "when_day-day": "1",
    "when_day-month": "3",
    "when_day-year": "2026",
    "place_type": "street",
    "ward": "W1",
    "exact_place": "Outside 7 Pear Lane",
    "witnesses": "The baker",
    "suspect_words": "A man in a green coat",
    "afraid": "very",
    "wish_police": "anonymous",
    "wish_support": "full",
    "wish_police_under_18": "anonymous",
    "wish_support_under_18": "full",
    "victim_name": "Parvati Quillfeather",
    "contact_how": ["phone"],
    "contact_whose": "victim",
    "contact_phone": "020 7946 0321",
    "code_word": "marmalade",
    "interpreter": "no",
}
"""What somebody answers to the questions that they are asked, by the question."""


def open_for_reports(app: Flask) -> StaffMember:
    """Let reports be taken: a recovery key, a caseworker with keys, and two wards."""
    with app.app_context():
        for code, name in (("W1", "Abbey"), ("W2", "Bridge")):
            db.session.merge(Ward(code=code, name=name))
        db.session.commit()
    member = make_keyholder(app, Role.CASEWORKER)
    make_recovery(app)
    return member


def begin(client: PageClient) -> PageClient:
    """Press start and stand on the first page of questions."""
    return client.get("/tell-us").post("/tell-us").follow()


def fill(client: PageClient, **answers: object) -> PageClient:
    """Answer every page that is put, and stand on the page that checks them."""
    given = {f"q_{name}": value for name, value in (STORY | answers).items()}
    while "/page/" in client.response.request.path:
        boxes = {box.get("name") for box in client.page.iter() if box.get("name")}
        data = {name: value for name, value in given.items() if name in boxes}
        client.post(client.response.request.path, data | {"seen": client.value("seen")}).follow()
    return client


def send(client: PageClient) -> str:
    """Send what was checked; the digits of the code."""
    client.post("/tell-us/check", {"seen": client.value("seen")}).follow()
    return code_on(client)


def tell(client: PageClient, **answers: object) -> str:
    """Tell it all; the digits of the code."""
    return send(fill(begin(client), **answers))


def code_on(client: PageClient) -> str:
    """The digits of the code that a page shows."""
    shown = next(each for each in client.page.iter() if "engage-code" in each.get("class", ""))
    return "".join("".join(shown.itertext()).split())


def come_back(client: PageClient, code: str) -> PageClient:
    """Open what was told with its code, and stand on its page."""
    return client.get("/tell-us/back").post("/tell-us/back", {"code": code}).follow()
