"""Handing over as a caseworker does it, for tests: look, send, take the files."""

from page import PageClient
from staff import PASSWORD

from engage.accounts.models import StaffMember
from engage.core.reporting.wishes import Giver, Level, Version, with_version
from engage.extensions import db
from engage.keyring.held import Held
from engage.keyring.staff_keys import open_private
from engage.reports.changing import alter_part
from engage.reports.opened import OpenReport, open_report, rings_of_staff

FULL = {"versions": [{"by": "victim", "at": "", "police": "full", "support": "full"}]}
NOTHING = {"versions": [{"by": "victim", "at": "", "police": "nothing", "support": "nothing"}]}
CARRIED = ("seen", "agency", "override", "wishes")


def at(report_id: str, *more: str) -> str:
    """The address of handing over, or one below it."""
    return "/".join((f"/staff/reports/{report_id}/hand-over", *more))


def look(client: PageClient, report_id: str, agency: str = "police", **more: str) -> PageClient:
    """See what an agency would get."""
    client.get(at(report_id))
    return client.post(at(report_id, "preview"), {"agency": agency, **more}, 200)


def send(client: PageClient, report_id: str, status: int = 303, **more: str) -> PageClient:
    """Press the button of the preview that is open."""
    kept = {name: client.value(name) or "" for name in CARRIED}
    return client.post(at(report_id), {**kept, **more}, status)


def taken(client: PageClient, kind: str = "json") -> bytes:
    """The file of the package whose page is open."""
    page = client.response.request.path
    client.post(f"{page}/{kind}", {}, 200)
    content = client.response.data
    assert client.response.headers["Cache-Control"] == "no-store"
    client.get(page)
    return content


def read(report_id: str, member: StaffMember) -> OpenReport:
    """The report as it is stored, opened with somebody's keys."""
    db.session.rollback()
    held = Held(member.id, open_private(db.session(), member.id, PASSWORD))
    connection = db.session.connection()
    return open_report(connection, report_id, rings_of_staff(connection, held, report_id))


def wish(report_id: str, member: StaffMember, **levels: str) -> None:
    """The victim changes their wishes by the code, in another browser."""
    report = read(report_id, member)
    chosen = {name: Level(level) for name, level in levels.items()}
    said = Version(Giver.VICTIM, "2026-03-02T13:00:00+00:00", chosen)
    connection = db.session.connection()
    alter_part(connection, report_id, report.rings, "wishes", lambda part: with_version(part, said))
    db.session.commit()
