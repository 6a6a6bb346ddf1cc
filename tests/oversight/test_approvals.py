"""Auditors read what a second person was asked to agree to, in words, and nothing else."""

from page import PageClient
from staff import make_staff, sign_in

from engage import clock as now
from engage.accounts.models import Role
from engage.approvals import store
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.freetext.models import Quote
from engage.oversight import approvals_views
from engage.published.models import Publication
from engage.waves import transitions
from engage.waves.faults import WavePlan

PATH = "/staff/approvals"


def row_of(client, words) -> str:
    rows = [
        " ".join("".join(row.itertext()).split()) for row in client.page.iterfind(".//tbody/tr")
    ]
    [found] = [row for row in rows if words in row]
    return found


def test_the_auditor_reads_every_approval_in_words_and_opens_only_what_may_be_opened(
    lite_app, clock, monkeypatch
):
    today, at = now.today(), now.now()
    asker = make_staff(lite_app, Role.SURVEY_MANAGER, "Ada Reed")
    other = make_staff(lite_app, Role.ANALYST, "Bo Lind")
    days = today, today.replace(month=4), today.replace(year=2028)
    wave = transitions.create(db.session(), WavePlan("fear_of_crime", "Spring", *days), today)
    edition = Publication(
        wave_id=wave.id, questionnaire="fear_of_crime", edition=2, chosen="{}", made_by=asker.id,
        made_at=at,
    )  # fmt: skip
    quote = Quote(
        wave_id=wave.id, question="why", begins=0, ends=9, redaction=1, about="",
        words="Dark lanes", asked_by=asker.id,
    )  # fmt: skip
    db.session.add_all([edition, quote])
    db.session.flush()
    session, given = db.session(), {"by": asker.id, "now": at}
    for subject in (
        f"wave:{wave.id}",
        f"publication:{edition.id}",
        f"quote:{quote.id}",
        "action:9",
    ):
        store.ask(session, subject, "a", **given)
    store.give(session, f"wave:{wave.id}", "a", by=other.id, now=at)
    store.refuse(session, f"publication:{edition.id}", "a", by=other.id, now=at, reason="Too soon")
    store.waive(session, "full_request:4", "a", reason="I am alone", roles=[], **given)
    db.session.commit()
    client = sign_in(PageClient(lite_app), make_staff(lite_app, Role.AUDITOR))
    client.get("/staff").get(client.page.find(f".//dt/a[@href='{PATH}']").get("href"))
    opened = row_of(client, "Opening the survey ")
    assert all(said in opened for said in ("Spring", "Ada Reed", "Agreed", "Bo Lind"))
    refused = row_of(client, "Refused")
    assert all(said in refused for said in ("edition 2", "Too soon"))
    assert "I am alone" in row_of(client, "Went without a second person")
    assert "Showing action 9, which is deleted" in row_of(client, "Showing action")
    assert "Nobody has decided" in row_of(client, "Releasing a quote from answers to")
    assert "Dark lanes" not in client.text
    links = [link.get("href") for link in client.page.iterfind(".//tbody//a")]
    assert links == [f"/staff/waves/{wave.id}/opening"]  # the others are not for auditors
    client.get(links[0])
    db.session.rollback()
    assert db.session.query(AuditEvent).filter_by(action="approvals.seen").count() == 1
    monkeypatch.setattr(approvals_views, "A_PAGE", 3)
    client.get(PATH).get(client.page.find(".//main//p/a").get("href"))
    assert len(client.page.findall(".//tbody/tr")) == 2
    client.get(f"{PATH}?before=99999999999999999999")
    sign_in(PageClient(lite_app), make_staff(lite_app, Role.CENTRE_WORKER)).get(PATH, 403)
