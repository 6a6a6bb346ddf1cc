"""A borough with sealed reports to measure: five people who open them, and as many reports."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import hash_password
from engage.app import create_app
from engage.config import read_settings
from engage.extensions import db
from engage.keyring import factor, shared, staff_keys
from engage.reports.facts import Facts
from engage.reports.line import Line
from engage.reports.receipts import CodeKeys, code_keys, new_code
from engage.reports.receive import NewReport, receive
from engage.seals import stretch

PASSWORD = "six quiet herons waiting"
MARKER = "Wexlibor"
"""In every word that is planted: wherever one of them stands, this does."""
SALT = b"a salt of sixteen"
AT_ONCE = 500


@dataclass(frozen=True)
class Borough:
    """The site, the address and key of one caseworker, and the codes of the reports."""

    app: Flask
    worker: StaffMember
    private: bytes = field(repr=False)
    codes: list[str] = field(default_factory=list, repr=False)


@contextmanager
def borough(folder: Path, reports: int) -> Iterator[Borough]:
    """A site of its own on SQLite with so many reports, each with planted words in each part."""
    environ = {"INSTANCE_DIR": str(folder), "DEMO": "0", "COUNCIL_NAME": "Bench"}
    environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite"
    environ["PRIVACY_CONTACT"] = "privacy@bench.example"
    # What a code costs is measured by itself; 10,000 of them would take the better part of an hour.
    stretch.PASSES, stretch.MEMORY = 1, 8
    app = create_app(read_settings(environ))
    with app.app_context():
        upgrade()
        member, private = _people()
        made = Borough(app, member, private)
        for number in range(reports):
            code = new_code()
            made.codes.append(code)
            keys = code_keys(code, SALT)
            receive(db.session.connection(), report(number, keys), salt=SALT, today=clock.today())
            if number % AT_ONCE == 0:
                db.session.commit()
        db.session.commit()
        yield made
        db.session.remove()
        db.engine.dispose()


def report(number: int, code: CodeKeys | None) -> NewReport:
    """A report such as people make, with words in every part."""
    chance = random.Random(number)  # the same reports each time
    wishes = {"police": chance.choice(["full", "anonymous"]), "support": "full"}
    line = Line(
        received_on=clock.today() - timedelta(days=chance.randrange(300)),
        kind="hate",
        strands=(chance.choice(["race", "religion", "disability"]),),
        types=("verbal",),
        ward=f"W{chance.randrange(20)}",
        score=chance.randrange(40),
        wishes=wishes,
    )
    words = f"{MARKER}{number} "
    parts = {
        "line": line.to_dict(),
        "facts": {"strands": list(line.strands), "ward": line.ward, "kind_of_harm": "hate"},
        "narrative": {"what_happened": words * 100, "exact_place": words * 3},
        "suspects": {"suspect_words": words * 10},
        "risk": {"afraid": "very", "vulnerable": ["alone"]},
        "identity": {"victim_name": words},
        "contact": {"contact_phone": f"07700 {number:06}", "code_word": words},
        "wishes": {"versions": [{"by": "victim", **wishes}]},
    }
    facts = Facts(month=_month(line.received_on), kind="hate", ward=line.ward, wishes=wishes)
    return NewReport(parts=parts, facts=facts, code=code)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _people() -> tuple[StaffMember, bytes]:
    """Four caseworkers and a lead with keys, and the recovery key; one of them, with their key."""
    roles = [Role.SAFEGUARDING_LEAD, *[Role.CASEWORKER] * 4]
    for number, role in enumerate(roles):
        member = StaffMember(
            email=f"{number}@bench.example",
            name=f"Worker {number}",
            role=role,
            password_hash=hash_password(PASSWORD),
        )
        db.session.add(member)
        db.session.flush()
        private = staff_keys.make(db.session(), member.id, PASSWORD, clock.today())
        factor.keep(db.session(), member.id, private, factor.proposed(private, 0))
    shared.make_recovery(db.session(), clock.today())
    db.session.commit()
    return member, private
