"""The dashboard of a wave of 100,000 responses, and a table of two questions asked of it.

The figures are stored by the worker first, which is not measured. CPU of gunicorn's processes is
in times of an empty Flask route: for the performance table, and for being told by its ETag that it
is the same. The table of two questions is the worker's job from the stored responses to the stored
table, CPU of the worker: the first of its wave, and one with a filter after ten others.
"""

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.crowd import WARDS, crowd
from benchmarks.lines import say
from benchmarks.web import Gunicorn, milli, milliseconds
from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.app import create_app
from engage.areas.models import AreaGroup, Population, Ward
from engage.config import read_settings
from engage.crosstabs import store
from engage.crosstabs.make import make
from engage.crosstabs.spec import Spec
from engage.extensions import db, table_of
from engage.figures.models import FigureRun
from engage.figures.refresh import refresh
from engage.published.models import Publication, PublicationState
from engage.responses.models import Response
from engage.signin.service import begin
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave, WaveState
from engage.waves.published import publish

PATH = "/staff/dashboard/fear_of_crime"
BEFORE = [
    Spec("b:ward", "q:safe_dark"), Spec("b:age", "q:safe_dark"), Spec("b:sex", "q:safe_dark"),
    Spec("b:area_group", "q:safe_day"), Spec("b:age", "q:safe_day"), Spec("b:sex", "q:safe_day"),
    Spec("b:ward", "q:safe_day"), Spec("b:area_group", "q:safe_dark"),
    Spec("q:safe_day", "q:safe_dark"), Spec("b:age", "b:sex"),
]  # fmt: skip
LAST = Spec("b:ward", "q:safe_dark", (("b:sex", ("female",)),))


def fill(session: Session, count: int) -> int:
    """A closed wave that so many people answered, in a borough of 24 wards; its number."""
    groups = [{"code": code, "name": code} for code in "NS"]
    session.execute(insert(table_of(AreaGroup)), groups)
    wards = [{"code": c, "name": c, "group_code": "NS"[c > WARDS[11]]} for c in WARDS]
    session.execute(insert(table_of(Ward)), wards)
    bands = ((0, 15), (16, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 999))
    residents = [
        {"ward_code": ward, "sex": sex, "age_from": low, "age_to": high, "residents": 500}
        for ward in WARDS
        for sex in ("female", "male")
        for low, high in bands
    ]
    session.execute(insert(table_of(Population)), residents)
    published = publish(session, newest_file("fear_of_crime"), clock.today())
    wave = Wave(
        questionnaire="fear_of_crime", name="bench", definition_id=published.id,
        state=WaveState.CLOSED, opens_on=date(2000, 1, 1), closes_on=date(2001, 1, 1),
        delete_on=date(2100, 1, 1),
    )  # fmt: skip
    session.add(wave)
    session.flush()
    held = crowd(count).records
    names = ("id", "submission", "duration", "mode", "language", "source", "ward", "codes", "day")
    columns = (
        held.ids, held.submissions, held.durations, held.modes, held.languages, held.sources,
        held.wards, held.codes, map(date.fromisoformat, held.days),
    )  # fmt: skip
    fixed = {"wave_id": wave.id, "definition_id": published.id, "answers": "{}"}
    rows = [fixed | dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    session.execute(insert(table_of(Response)), rows)
    session.commit()
    return wave.id


def let_out(session: Session, wave_id: int) -> None:
    """Have it that the newest figures of a wave are published: partners see no others."""
    run = session.scalar(select(func.max(FigureRun.id)).filter_by(wave_id=wave_id))
    session.add(
        Publication(
            wave_id=wave_id, questionnaire="fear_of_crime", edition=1, chosen="{}", run_id=run,
            state=PublicationState.PUBLISHED, made_by=1, made_at=clock.now(),
            published_at=clock.now(), published_on=clock.today(),
        )
    )  # fmt: skip


def cookie_of(app: Flask, session: Session) -> str:
    """The cookie of a partner who is signed in."""
    member = StaffMember(
        email="p@example.org", name="P", role=Role.PARTNER_VIEWER, password_hash="none"
    )
    session.add(member)
    session.flush()
    token = begin(session, member.id, None, clock.now()).token
    session.commit()
    client = app.test_client()
    with client.session_transaction() as held:
        held.update(_user_id=token, _fresh=True)
    cookie = client.get_cookie("session")
    return f"session={cookie.value}" if cookie else ""


def asked(session: Session, wave_id: int, spec: Spec) -> float:
    """CPU seconds of the worker for one table."""
    table = store.ask(session, wave_id, spec, staff_id=1, now=clock.now())
    session.commit()
    start = time.process_time()
    make(session, table, clock.now())
    session.commit()
    took = time.process_time() - start
    found = store.table_by(session, table)
    if found is None or found.state != "shown":
        raise RuntimeError(f"{spec} was not shown: {found and found.reason}")
    return took


def pages(environ: dict[str, str], cookie: str) -> None:
    """What the dashboard costs the server, the first time and again."""
    plain, site = Gunicorn("benchmarks.empty:app", 5821, {}), Gunicorn("run:app", 5822, environ)
    try:
        bare, connection = plain.connection(), site.connection()

        def empty() -> None:
            bare.request("GET", "/")
            bare.getresponse().read()

        def look(tag: str = "") -> tuple[int, str]:
            headers = {"Cookie": cookie} | ({"If-None-Match": tag} if tag else {})
            connection.request("GET", PATH, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("ETag") or ""

        def again() -> None:
            if look(tag)[0] != 304:
                raise RuntimeError("the page was sent again")

        base = milliseconds(plain, empty)
        status, tag = look()
        if status != 200:
            raise RuntimeError(f"the dashboard answered {status}")
        first, same = milliseconds(site, look), milliseconds(site, again)
    finally:
        plain.stop()
        site.stop()
    beside = f"empty route, {milli(base)}"
    say("the dashboard of 100,000 responses", milli(first), beside, f"{first / base:.1f}", "60")
    say("the same again", milli(same), beside, f"{same / base:.1f}", "3")


def main(count: int) -> None:
    """Measure all and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"INSTANCE_DIR": folder, "DEMO": "0", "COUNCIL_NAME": "Bench"}
        environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app = create_app(read_settings(environ))
        with app.app_context():
            upgrade()
            session = db.session()
            wave_id = fill(session, count)
            refresh(session, wave_id, clock.now())
            session.commit()
            first = asked(session, wave_id, BEFORE[0])
            for spec in BEFORE[1:]:
                asked(session, wave_id, spec)
            last = asked(session, wave_id, LAST)
            let_out(session, wave_id)
            cookie = cookie_of(app, session)
            db.session.remove()
            db.engine.dispose()
        for what, took in (("a table of two questions", first), ("one more, with a filter", last)):
            say(what, f"{took:.2f} s", "a second", f"{took:.2f}", "2")
        pages(environ, cookie)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    main(parser.parse_args().count)
