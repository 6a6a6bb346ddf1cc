"""GOV.UK Notify as another way out, against a server that answers as its documentation says."""

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from conftest import NOON
from outgoing import make_pledge, make_signatory
from sqlalchemy import insert, select

from engage.contacts import store as contacts
from engage.contacts.models import Contact
from engage.extensions import db
from engage.outbox import later
from engage.outbox.letter import Letter
from engage.outbox.models import OutgoingMessage
from engage.outbox.notify import Notify, NotifyKeyError
from engage.outbox.smtp import Smtp
from engage.outbox.transport import Down, Failed, Refused, Unsure
from engage.outbox.ways import way

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"engage-{SERVICE}-{SECRET}"
LETTER = Letter(
    "ada@example.org", "Füße", "Come.\n", "<1@testham.example>", "https://x.example/stop-messages/1"
)


class Gov(BaseHTTPRequestHandler):
    """Keeps what was asked; answers with the server's `says`, or hangs up where that is None.

    Asked for failures it gives those of its list, two a page and the newest first.
    """

    def do_GET(self):  # as the library calls it
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query))
        self.server.asked.append((address.path, self.headers["Authorization"], query))
        told = [each for each in self.server.failed if each["status"] == query["status"]]
        older = [each for each in told if each["id"] < query.get("older_than", "z")]
        self.send_response(self.server.says[0])
        self.end_headers()
        self.wfile.write(json.dumps({"notifications": older[:2], "links": {}}).encode())

    def do_POST(self):  # as the library calls it
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], asked))
        if self.server.says is None:
            return
        status, body = self.server.says
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def gov():
    with HTTPServer(("127.0.0.1", 0), Gov) as server:
        server.asked, server.says = [], (201, {"id": "740e5834"})
        server.failed = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def notify(gov):
    return Notify(KEY, "f33517ff", f"http://127.0.0.1:{gov.server_port}")


def test_a_message_is_asked_for_as_notify_wants_it(gov, clock):
    with notify(gov) as transport:
        transport.send(LETTER)
    [(path, authorization, asked)] = gov.asked
    assert path == "/v2/notifications/email"
    assert asked == {
        "email_address": "ada@example.org",
        "template_id": "f33517ff",
        "personalisation": {"subject": "Füße", "body": "Come.\n"},
        "reference": "<1@testham.example>",
        "one_click_unsubscribe_url": "https://x.example/stop-messages/1",
    }
    token = authorization.removeprefix("Bearer ")
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    assert claims == {"iss": SERVICE, "iat": int(clock.at.timestamp())}


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ((400, {"errors": [{"message": "email_address Not a valid email address"}]}), Refused),
        ((400, {"errors": [{"message": "Missing personalisation: body"}]}), Failed),
        ((403, {"errors": [{"error": "AuthError"}]}), Down),
        ((429, {"errors": [{"error": "TooManyRequestsError"}]}), Down),
        ((500, {"errors": [{"message": "ada@example.org"}]}), Failed),
        (None, Unsure),
    ],
)
def test_each_answer_is_taken_for_what_it_means_and_not_quoted(gov, says, expected):
    gov.says = says
    with notify(gov) as transport, pytest.raises(expected) as caught:
        transport.send(LETTER)
    assert "ada" not in str(caught.value)
    assert getattr(caught.value, "no_such_box", False) == (expected is Refused)


def test_notify_that_cannot_be_reached_is_down(gov):
    gov.shutdown()
    gov.server_close()
    with notify(gov) as transport, pytest.raises(Down):
        transport.send(LETTER)


def outcome() -> dict[str, tuple[str, bool]]:
    """Name to the state of their message, and whether they are written to no more."""
    db.session.rollback()
    found = select(Contact.email, OutgoingMessage.state, Contact.refused_on).join_from(
        Contact, OutgoingMessage, OutgoingMessage.contact_id == Contact.id
    )
    rows = db.session.execute(found.order_by(Contact.id)).all()
    db.session.rollback()
    return {email.partition("@")[0]: (state, day is not None) for email, state, day in rows}


def test_what_fails_later_is_fetched_page_by_page_and_noted_once(app, gov, clock):
    names = ("ada", "bo", "cy", "dee", "eve")
    pledge = make_pledge()
    for name in names:
        given = {"key": name, "message_id": f"<{name}@x>", "kind": "tell", "state": "sent"}
        given |= {"contact_id": make_signatory(name, pledge), "due_at": NOON, "left_at": NOON}
        db.session.execute(insert(OutgoingMessage).values(**given))
    db.session.commit()
    gov.says = (200, {})
    gov.failed = [
        {"id": str(9 - number), "reference": reference, "status": status}
        for number, (reference, status) in enumerate(
            [
                ("<ada@x>", "permanent-failure"),
                ("<bo@x>", "permanent-failure"),
                ("<cy@x>", "permanent-failure"),
                (None, "permanent-failure"),
                ("<somebody@else>", "permanent-failure"),
                ("<dee@x>", "temporary-failure"),
            ]
        )
    ]
    assert later.fetch(db.session(), notify(gov), clock.at.date()) == 4
    gone = ("refused", True)
    left = {"dee": ("failed", False), "eve": ("sent", False)}
    assert outcome() == {"ada": gone, "bo": gone, "cy": gone} | left
    assert gov.asked[0][0] == "/v2/notifications"
    assert gov.asked[0][2] == {"template_type": "email", "status": "permanent-failure"}
    assert gov.asked[1][2]["older_than"] == "8"
    with db.engine.begin() as connection:  # she is back, and Notify still tells of last week
        ada = connection.execute(select(Contact.id).where(Contact.email.like("ada%"))).scalar_one()
        contacts.prove(connection, ada, clock.at.date())
    assert later.fetch(db.session(), notify(gov), clock.at.date()) == 0
    assert outcome()["ada"] == ("refused", False)


@pytest.mark.parametrize("status", [403, 500])
def test_a_list_that_is_not_given_is_a_fault_that_quotes_nothing(lite_app, gov, status):
    gov.says = (status, {})
    with pytest.raises(Failed, match=f"^Notify {status}$"):
        later.fetch(db.session(), notify(gov), NOON.date())


def test_without_notify_nothing_is_asked(lite_app):
    assert later.fetch(db.session(), None, NOON.date()) == 0


def test_a_key_that_is_none_is_refused_and_not_quoted():
    with pytest.raises(NotifyKeyError, match="copy it whole") as caught:
        Notify(f"engage-{SECRET}", "f33517ff")
    assert SECRET not in str(caught.value)


def test_the_settings_choose_the_way(lite_app):
    settings = lite_app.extensions["settings"]
    assert way(settings) is None
    settings = replace(settings, smtp_url="smtp://mail.example", mail_from="a@b.example")
    assert isinstance(way(settings), Smtp)
    settings = replace(settings, notify_key=KEY, notify_template="f33517ff")
    assert isinstance(way(settings), Notify)
