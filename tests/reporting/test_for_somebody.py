"""A worker of a centre reports for somebody: what the centre can open, and whose the code is."""

from datetime import timedelta

import pytest
from page import PageClient
from sqlalchemy import func, select
from staff import PASSWORD, make_keyholder, sign_in
from telling import STORY, begin, code_on, come_back, fill, open_for_reports, send, tell

from engage import clock as clocks
from engage.accounts.models import Role
from engage.centres import store
from engage.centres.models import Standing
from engage.extensions import db
from engage.keyring import staff_keys
from engage.keyring.held import Held, shares
from engage.keyring.shared import make_shared
from engage.reports.holders import CentreHolder, reports_of_centre
from engage.reports.opened import open_report, rings_of_staff
from engage.reports.visit_models import ReportDraft, ReporterVisit
from engage.seals.pairs import pair_of


@pytest.fixture
def caseworker(lite_app, clock):
    return open_for_reports(lite_app)


@pytest.fixture
def worker(lite_app, caseworker):
    member = make_keyholder(lite_app, Role.CENTRE_WORKER)
    centre = store.register(db.session(), "Testham Mosque", clocks.today())
    store.employ(db.session(), centre, member.id, clocks.today())
    make_shared(db.session(), store.key_name(centre.id), [member.id], clocks.today())
    db.session.commit()
    return member


def held(member) -> Held:
    private = staff_keys.open_private(db.session(), member.id, PASSWORD)
    return Held(member.id, private, shares(db.session.connection(), pair_of(private), member.id))


def told(client, **answers) -> str:
    return send(fill(begin(client), **({"role": "worker"} | answers)))


def test_the_centre_reads_what_happened_and_the_code_is_the_victims(lite_app, worker, caseworker):
    client = sign_in(PageClient(lite_app), worker)
    assert "You report for Testham Mosque" in client.get("/tell-us").text
    code = told(client)
    assert "Give this to the person now" in client.text
    assert "I want to send files" not in client.text

    holder = CentreHolder(1, held(worker).shared["centre:1"])
    [own] = reports_of_centre(db.session.connection(), holder)
    seen = open_report(db.session.connection(), own.report_id, own.rings)
    assert seen.parts["narrative"]["what_happened"] == STORY["what_happened"]
    assert not {"identity", "contact", "wishes", "line"} & set(seen.parts)
    db.session.rollback()

    victim = PageClient(lite_app).get("/tell-us/back").post("/tell-us/back", {"code": code})
    victim.follow(303)
    assert victim.location.endswith("/tell-us/own-code")
    victim.follow().post("/tell-us/own-code", {"seen": victim.value("seen")}).follow()
    new = code_on(victim)
    victim.post("/tell-us/own-code", {"seen": victim.value("seen")}).follow()
    assert "You took a code of your own" in victim.text
    PageClient(lite_app).get("/tell-us/back").post("/tell-us/back", {"code": code}, 422)
    victim.get("/tell-us/mine/wishes")
    wishes = {"q_wish_police": "full", "q_wish_support": "nothing", "seen": victim.value("seen")}
    victim.post("/tell-us/mine/wishes", wishes)
    assert new != code

    mine = rings_of_staff(db.session.connection(), held(caseworker), own.report_id)
    report = open_report(db.session.connection(), own.report_id, mine)
    assert [each["by"] for each in report.parts["wishes"]["versions"]] == ["worker", "victim"]
    assert report.line.wishes == {"police": "full", "support": "nothing"}
    assert report.line.centre == 1
    assert report.parts["facts"]["when_day"] == "2026-03-01"


def own_code(client) -> str:
    """Take a new code, as who comes with one that a worker saw; its digits."""
    client.get("/tell-us/own-code").post("/tell-us/own-code", {"seen": client.value("seen")})
    code = code_on(client.follow())
    client.post("/tell-us/own-code", {"seen": client.value("seen")})
    return code


def test_what_a_worker_opened_with_the_code_closes_when_the_victim_takes_another(lite_app, worker):
    code = told(sign_in(PageClient(lite_app), worker))
    copy, victim = PageClient(lite_app), PageClient(lite_app)
    for client in (copy, victim):
        client.get("/tell-us/back").post("/tell-us/back", {"code": code})
    own_code(victim)
    assert "You took a code of your own" in victim.get("/tell-us/mine").text
    assert copy.get("/tell-us/mine", 303).location.endswith("/tell-us/back")
    assert copy.get("/tell-us/mine/wishes", 303).location.endswith("/tell-us/back")


def test_a_code_shown_to_one_person_is_not_given_to_the_next_at_the_same_browser(lite_app, worker):
    first, second = (told(sign_in(PageClient(lite_app), worker)) for _ in range(2))
    shared = PageClient(lite_app)
    for code in (first, second):
        shared.get("/tell-us/back").post("/tell-us/back", {"code": code}).follow(303).follow()
        assert "Show me the new code" in shared.text
        shared.post("/tell-us/own-code", {"seen": shared.value("seen")}).follow()
        assert "I wrote it down" in shared.text
    db.session.rollback()
    kept = [select(func.count()).select_from(each) for each in (ReportDraft, ReporterVisit)]
    assert [db.session.scalar(each) for each in kept] == [3, 1], "two receipts and the second's box"


def test_leaving_takes_the_code_along_that_was_shown(lite_app, caseworker):
    client = come_back(PageClient(lite_app), tell(PageClient(lite_app)))
    client.get("/tell-us/own-code").post("/tell-us/own-code", {"seen": client.value("seen")})
    client.get("/tell-us/mine").post("/tell-us/mine/leave")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ReportDraft)) == 1, "the receipt"


def test_a_worker_reads_words_for_a_worker_and_finds_back_to_their_centre(lite_app, worker):
    client = begin(sign_in(PageClient(lite_app), worker))
    pages = []
    while "/page/" in client.response.request.path:
        pages.append({box.get("name") for box in client.page.iter() if box.get("name")})
        data = {f"q_{name}": value for name, value in (STORY | {"role": "worker"}).items()}
        data = {name: value for name, value in data.items() if name in pages[-1]}
        client.post(client.response.request.path, data | {"seen": client.value("seen")}).follow()
    assert not any("q_role" in boxes for boxes in pages), "there is nothing to choose"
    send(client)
    assert "With the code they can read our questions" in client.text
    assert "With the code you can" not in client.text
    client.post("/tell-us/receipt", {"go": "done"}).follow()
    assert "/staff/centre" in {each.get("href") for each in client.page.iter("a")}


def test_a_worker_cannot_go_on_from_the_receipt_to_what_they_sent(lite_app, worker):
    client = sign_in(PageClient(lite_app), worker)
    code = told(client)
    client.post("/tell-us/receipt", {"go": "open"}, 403)
    assert code_on(client.get("/tell-us/receipt")) == code, "it is still there to be handed over"
    assert client.get("/tell-us/mine", 303).location.endswith("/tell-us/back")


def test_nobody_else_can_say_that_they_are_a_worker(lite_app, caseworker):
    client = begin(PageClient(lite_app))
    while not client.page.findall(".//input[@name='q_role']"):
        boxes = {"q_kind_of_harm": "hate", "seen": "0"}
        client.post(client.response.request.path, boxes).follow()
    assert "worker" not in [each.get("value") for each in client.page.iter("input")]
    client.post(client.response.request.path, {"q_role": "worker", "seen": "0"}, 422)


def test_a_worker_whose_training_ran_out_is_told_and_cannot_begin(lite_app, worker, clock):
    store.renew(
        db.session(), worker.id, clocks.today() - timedelta(9), clocks.today() - timedelta(1)
    )
    db.session.commit()
    client = sign_in(PageClient(lite_app), worker)
    assert "You cannot send a report for your centre today" in client.get("/tell-us").text
    client.get("/tell-us/back")  # a page with a token
    assert client.post("/tell-us").location.endswith("/tell-us")


def test_a_centre_that_is_paused_while_a_worker_writes_sends_nothing(lite_app, worker):
    client = fill(begin(sign_in(PageClient(lite_app), worker)), role="worker")
    store.put(db.session(), 1, Standing.PAUSED, clocks.today())
    db.session.commit()
    client.post("/tell-us/check", {"seen": client.value("seen")}, 403)
    assert "Nothing was sent yet" in client.text


def test_a_worker_who_was_idle_gives_the_password_and_sends_what_they_wrote(
    lite_app, worker, clock
):
    client = fill(begin(sign_in(PageClient(lite_app), worker)), role="worker")
    clock.move(minutes=20)
    client.post("/tell-us/check", {"seen": client.value("seen")}, 403)
    assert "password" in client.text.lower()
