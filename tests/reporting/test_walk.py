"""A report from the first page to the conversation, as a person without scripts makes it."""

import pytest
from page import PageClient
from staff import sign_in_keyed
from telling import STORY, begin, come_back, fill, open_for_reports, send, tell

from engage.extensions import db, table_of
from engage.reports.models import Report
from engage.reports.visit_models import ReportDraft


@pytest.fixture
def caseworker(app):
    return open_for_reports(app)


def count(model) -> int:
    with db.engine.connect() as connection:
        return len(connection.execute(table_of(model).select()).all())


def test_a_victim_tells_us_gets_a_code_and_comes_back_with_it(client, caseworker):
    code = tell(client)
    assert len(code) == 16
    assert "We read reports from Monday to Friday" in client.text
    client.post("/tell-us/receipt", {"go": "done"}).follow()
    assert code[:4] not in client.text

    other = PageClient(client.http.application)
    come_back(other, code)
    assert "We have it" in other.text
    other.post("/tell-us/mine", {"text": "It was the 3rd time", "seen": other.value("seen")})
    other.follow()
    assert "You wrote" in other.text
    assert "It was the 3rd time" in other.text
    other.get("/tell-us/mine/wishes")
    wishes = {"q_wish_police": "nothing", "q_wish_support": "full", "seen": other.value("seen")}
    other.post("/tell-us/mine/wishes", wishes).follow()
    assert "You changed who may be told" in other.text
    assert "It is saved" in other.text
    assert "Nothing. This is only for help and support" in other.text
    other.get("/tell-us/mine/name")
    name = {"victim_name": "Ada Lark", "link_agreed": "yes", "seen": other.value("seen")}
    other.post("/tell-us/mine/name", name).follow()
    assert "You added a name" in other.text
    assert "Ada Lark" not in other.text
    other.post("/tell-us/mine/leave")
    assert other.get("/tell-us/mine", 303).location.endswith("/tell-us/back")


def test_sent_twice_it_is_there_once(client, caseworker):
    fill(begin(client))
    seen, token = client.value("seen"), client.value("csrf_token")
    client.post("/tell-us/check", {"seen": seen}, token=token)
    client.post("/tell-us/check", {"seen": seen}, token=token).follow()
    assert "It is sent" in client.text
    assert count(Report) == 1


def test_danger_stops_the_form_and_can_be_recorded_later(client, caseworker):
    begin(client)
    client.post(client.response.request.path, {"q_danger_now": "yes", "seen": "0"}).follow()
    assert "Stop here and call 999" in client.text
    assert "tel:999" in {each.get("href") for each in client.page.iter("a")}
    assert "Where to get help" in client.text
    assert "We are safe now" in client.text
    fill(client)
    assert "Is anyone in danger right now?" in client.text


@pytest.mark.parametrize("name", ["danger_now", "offender_there"])
def test_who_does_not_know_if_it_is_safe_is_told_to_call_too(client, caseworker, name):
    begin(client)
    client.post(client.response.request.path, {f"q_{name}": "dont_know", "seen": "0"}).follow()
    assert "Call too if you are not sure" in client.text


def test_who_speaks_of_self_harm_is_told_who_listens_now(client, caseworker):
    begin(client)
    given = {f"q_{name}": value for name, value in (STORY | {"vulnerable": ["self_harm"]}).items()}
    pages = []
    while "/page/" in client.response.request.path:
        pages.append(client.text)
        boxes = {box.get("name") for box in client.page.iter() if box.get("name")}
        data = {name: value for name, value in given.items() if name in boxes}
        client.post(client.response.request.path, data | {"seen": client.value("seen")}).follow()
    asked = next(at for at, text in enumerate(pages) if "harder to stay safe" in text)
    assert "Samaritans listen, day or night: call 116 123." in pages[asked + 1]


def test_a_bystander_need_not_guess_what_somebody_wishes_and_says_whose_number_it_is(
    client, caseworker
):
    told = {"wish_police": "dont_know", "wish_support": "dont_know", "contact_whose": "reporter"}
    fill(begin(client), role="witness", **told)
    assert "Mine. I report this for somebody else" in client.text
    assert "How we may get in touch" in {
        "".join(each.itertext()) for each in client.page.iter("h2")
    }
    come_back(client, send(client))
    assert client.text.count("Nobody has said so yet, so they get nothing") == 2
    client.get("/tell-us/mine/contact")
    assert client.value("q_contact_whose") is not None
    staff = sign_in_keyed(PageClient(client.http.application), caseworker)
    with db.engine.connect() as connection:
        report_id = connection.scalar(table_of(Report).select().with_only_columns(Report.id))
    staff.get(f"/staff/reports/{report_id}")
    panel = staff.text.split("Before you get in touch")[1].split("</section>")[0]
    for words in ("Whose phone number", "Mine. I report this", "Say the code word first, if"):
        assert words in panel
    assert "until you have heard" not in panel
    assert "nobody said anything" in staff.text


@pytest.mark.parametrize("kind", ["domestic", "honour", "sexual", "elder", "trafficking", "other"])
def test_other_kinds_of_harm_show_their_services_and_rules_first(client, caseworker, kind):
    begin(client)
    client.post(client.response.request.path, {"seen": "0"}).follow()
    client.post(client.response.request.path, {"q_kind_of_harm": kind, "seen": "0"}).follow()
    assert "We will not contact you through" in client.text
    assert "you choose who it is" in client.text


def test_about_a_child_nothing_is_offered_that_cannot_be_promised(client, caseworker):
    begin(client)
    told = ""
    answers = {"victim_age": "under_18"}
    given = {f"q_{name}": value for name, value in (STORY | answers).items()}
    while "/page/" in client.response.request.path:
        told += client.text
        boxes = {box.get("name") for box in client.page.iter() if box.get("name")}
        assert "q_wish_police" not in boxes
        data = {name: value for name, value in given.items() if name in boxes}
        client.post(client.response.request.path, data | {"seen": client.value("seen")}).follow()
    assert "we cannot promise to tell nobody" in told
    code = send(client)
    come_back(client, code).get("/tell-us/mine/wishes")
    assert "decided later" not in client.text
    given = {"q_wish_police_under_18": "nothing", "q_wish_support_under_18": "full"}
    client.post("/tell-us/mine/wishes", given | {"seen": client.value("seen")}).follow()
    assert "I would rather nobody else knew" in client.text
    client.get("/tell-us/mine/wishes")
    given = {"q_wish_police_under_18": "later", "q_wish_support_under_18": "full"}
    client.post("/tell-us/mine/wishes", given | {"seen": client.value("seen")}, 422)


def test_a_code_can_be_declined_and_then_opens_nothing(client, caseworker):
    code = tell(client)
    client.post("/tell-us/receipt", {"go": "decline"}).follow()
    assert "There is no code" in client.text
    client.get("/tell-us/back").post("/tell-us/back", {"code": code}, 422)
    assert count(Report) == 1
    assert count(ReportDraft) == 0
    staff = sign_in_keyed(PageClient(client.http.application), caseworker)
    staff.get("/staff/reports").get(staff.page.find(".//tbody//th/a").get("href"))
    assert "They wanted no code" in staff.text
    assert "Ask a question" not in staff.text
    page = staff.response.request.path
    seen = {"seen": staff.get(f"{page}/note").value("seen")}
    staff.post(f"{page}/question", {"words": "Who was it?", **seen}, 409)
    assert "so nobody reads it" in staff.get(f"{page}/close").text


def test_a_new_code_takes_the_place_of_the_one_before(client, caseworker):
    old = tell(client)
    come_back(client, old).get("/tell-us/own-code")
    client.post("/tell-us/own-code", {"seen": client.value("seen")}).follow()
    new = "".join(each for each in client.text if each.isdigit())[-16:]
    client.post("/tell-us/own-code", {"seen": client.value("seen")}).follow()
    assert "You took a code of your own" in client.text
    other = PageClient(client.http.application)
    other.get("/tell-us/back").post("/tell-us/back", {"code": old}, 422)
    come_back(other, new)
    assert "We have it" in other.text


def test_guessing_is_slowed_and_learns_nothing(client, caseworker):
    tell(client)
    client.get("/tell-us/back")
    said = set()
    for number in range(10):
        client.post("/tell-us/back", {"code": f"{number:016}"}, 422)
        said.add(client.text)
    assert len(said) == 1
    client.post("/tell-us/back", {"code": "1" * 16}, 429)
    assert "Wait" in client.text


def test_without_anybody_who_could_open_it_no_report_is_begun(client):
    client.get("/tell-us")
    assert "We cannot take a report here at the moment" in client.text
    assert "101" in client.text
    client.get("/tell-us/page/1", 303)
    assert count(ReportDraft) == 0
