"""The reports of the demonstration: sealed like real ones, and worked on by its caseworkers."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import StaffMember
from engage.areas.store import ward_names
from engage.centres.store import employ, key_name, register
from engage.clock import day_of
from engage.config import Settings
from engage.core.reporting.clocks import What, due_after
from engage.core.reporting.fields import parted, wishes_in
from engage.core.reporting.risk import weigh
from engage.core.reporting.wishes import UNDER_18, Giver, Level, Version, with_version
from engage.demo.acts import HandOver
from engage.demo.caseload import Work, work
from engage.demo.logins import CASEWORKERS, LEAD, WORKER, Login
from engage.demo.reported import CODE, OPEN, OUTCOMES, answers_of, days_of
from engage.keyring import staff_keys
from engage.keyring.held import Held, shares
from engage.keyring.shared import STATISTICS, make_shared, share_with
from engage.reports.clocks import started
from engage.reports.facts import Facts
from engage.reports.holders import CentreHolder
from engage.reports.lead_first import READ
from engage.reports.line import Line, LineClock
from engage.reports.opened import open_report, rings_of_staff
from engage.reports.receipts import code_keys, site_salt
from engage.reports.receive import NewReport, receive
from engage.seals.pairs import pair_of

SEED = 20_261_122
WAITS = What.FIRST_CONTACT.value
CENTRE = "Harbour Community Hall"
THROUGH_CENTRE = 0.3
CLOSED, OLD_CLOSED, OLD = 0.3, 0.93, timedelta(days=45)
"""The shares that came through the centre, and that are closed of those worked on, by age."""
OVERRIDDEN, TO_DECIDE = 3, 8
"""Of these somebody asked to tell more than was wished; of the first another agreed."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """After how many days somebody was in touch (None: not yet), and what came of it."""

    first: int | None
    code: str


def load_reports(session: Session, settings: Settings, now: datetime, hand_over: HandOver) -> None:
    """Register the centre and take its reports and those of the public in; the caller commits.

    The first report that may leave is handed over by `hand_over`.
    """
    left = False
    drawn = random.Random(SEED)  # noqa: S311  invented people need no secrets
    today, connection = day_of(now), session.connection()
    salt = site_salt(settings.receipt_salt)
    held, other = (_held(session, login) for login in CASEWORKERS)
    for login in CASEWORKERS:
        # The first who had keys holds it, and lets colleagues hold it too.
        share_with(session, _held(session, LEAD), STATISTICS, _member(session, login))
    centre = _centre(session, today)
    lead = _member(session, LEAD)
    wards, code = list(ward_names(session)), code_keys(CODE, salt)
    for number, day in enumerate(days_of(drawn, today)):
        answers = answers_of(drawn, number, wards, day)
        through = centre if number and drawn.random() < THROUGH_CENTRE else None
        worked_on = day < today - timedelta(days=10)
        outcome = _Outcome(
            first=drawn.choice((0, 1, 1, 2, 2, 3, 5, 9)) if worked_on else None,
            code=_closed(drawn, number, day, today) if worked_on else "",
        )
        due_on = due_after(day, settings.reporting.clocks.first_contact)
        clock = () if worked_on else (started(connection, WAITS, due_on),)
        new = _new(answers, through, day, outcome, clock)
        kept = NewReport(new.parts, new.facts, through, None if number else code)
        report_id = receive(connection, kept, salt=salt, today=day)
        rings = rings_of_staff(connection, held, report_id)
        if outcome.first is not None and rings is not None:
            at = now.replace(hour=9, minute=0) + (day - today + timedelta(days=outcome.first))
            done = Work(connection, report_id, rings, held.staff_id, at)
            if answers["victim_age"] == UNDER_18:
                done.add("notes", READ, by=lead)
            work(done, number, outcome.code, now, settings.reporting.retention)
            if number in {OVERRIDDEN, TO_DECIDE}:
                second = other.staff_id if number == OVERRIDDEN else None
                done.override(wishes_in(answers), other=second, due_on=due_after(today, 1))
            elif number and not left and not outcome.code:
                report = open_report(connection, report_id, rings)
                sender = settings.council_name
                left = report is not None and hand_over(session, report, held, now, sender)


def _closed(drawn: random.Random, number: int, day: date, today: date) -> str:
    """What came of a report that was worked on; empty while it is open."""
    share = OLD_CLOSED if day < today - OLD else CLOSED
    return drawn.choice(OUTCOMES) if number >= OPEN and drawn.random() < share else ""


def _new(
    answers: Mapping[str, Any],
    centre: CentreHolder | None,
    day: date,
    outcome: _Outcome,
    clocks: tuple[LineClock, ...],
) -> NewReport:
    speaks = answers["role"] == "victim" and centre is None
    levels = wishes_in(answers)
    given = Version(
        by=Giver.VICTIM if speaks else Giver.WORKER if centre else Giver.OTHER,
        at=f"{day}T09:00:00+00:00",
        levels={name: Level(level) for name, level in levels.items()},
    )
    coded: dict[str, Any] = {
        "kind": answers["kind_of_harm"],
        "strands": tuple(answers.get("strands", ())),
        "types": answers["incident_types"],
        "ward": answers["ward"],
        "wishes": levels,
        "centre": centre.id if centre else None,
    }
    line = Line(
        received_on=day,
        under_18=answers["victim_age"] == UNDER_18,
        score=weigh(answers).score,
        clocks=clocks,
        **coded,
    )
    facts = Facts(
        month=f"{day:%Y-%m}",
        place_type=answers["place_type"],
        days_to_first_contact=outcome.first,
        outcome=outcome.code,
        **coded,
    )
    parts: dict[str, Mapping[str, Any]] = {**parted(answers)}
    parts |= {"wishes": with_version({}, given), "line": line.to_dict()}
    return NewReport(parts, facts)


def _centre(session: Session, today: date) -> CentreHolder:
    """A centre whose agreement is a year old and whose worker was trained since, with its key."""
    centre = register(session, CENTRE, today - timedelta(days=350))
    member = _member(session, WORKER)
    employ(session, centre, member, today - timedelta(days=200))
    make_shared(session, key_name(centre.id), [member], today)
    return CentreHolder(centre.id, _held(session, WORKER).shared[key_name(centre.id)])


def _held(session: Session, login: Login) -> Held:
    """The keys of an account, opened with its password."""
    member = _member(session, login)
    private = staff_keys.open_private(session, member, login.password)
    if private is None:
        raise RuntimeError(f"{login.email} has no key: make the accounts before the reports.")
    return Held(member, private, shares(session.connection(), pair_of(private), member))


def _member(session: Session, login: Login) -> int:
    found = select(StaffMember.id).filter_by(email=login.email)
    number: int = session.execute(found).scalar_one()
    return number
