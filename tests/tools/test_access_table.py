"""The documented table of roles is what the pages declare."""

from page import PageClient
from staff import make_staff, sign_in

from engage.accounts.models import Role
from tools.access_table import FILE, table, written


def test_the_documented_table_of_roles_is_what_the_pages_declare(lite_app):
    paper = FILE.read_text("utf-8")
    assert paper == written(paper, table(lite_app)), "run: python -m tools.access_table"


def test_the_table_is_what_people_meet(lite_app):
    rows = {
        line.split("|")[1].strip().strip("`"): [part.strip() for part in line.split("|")[2:10]]
        for line in table(lite_app).splitlines()[2:]
    }
    for role in (Role.AUDITOR, Role.PARTNER_VIEWER, Role.CASEWORKER):
        client = sign_in(PageClient(lite_app), make_staff(lite_app, role))
        for path in ("/staff/people", "/staff/waves", "/staff/reports", "/staff/screening"):
            allowed = rows[path][list(Role).index(role)] == "✓"
            client.get(path, 200 if allowed else 403)
