"""What was done about what people said, in the demonstration: done, under way, late, and asked."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role
from engage.actions import store
from engage.actions.content import Content, Finding, digest_of
from engage.actions.models import ActionState, Theme
from engage.approvals import store as approvals
from engage.areas.store import ward_names
from engage.clock import day_of
from engage.demo.words import SURVEY, staff_in
from engage.freetext.models import Quote, QuoteState
from engage.published.store import ALL, OVERALL, newest

DARK = "safe_dark"

LAMPS = Content(
    title="New lamps on the way from the tram stop",
    theme=Theme.STREETS,
    said="The way home from the tram stop is too dark. Many of you walk round it at night.",
    did="We put up eleven new lamps, and cut back the hedges along the alley.",
    owner="The council’s street lighting team",
    due_on=date.min,
    done_on=None,
    state=ActionState.DONE,
    why="",
)
STATION = replace(
    LAMPS,
    title="Staff at the station in the evening",
    theme=Theme.POLICING,
    said="You want to see somebody on patrol now and then, and staff on the platform at night.",
    did="Two members of staff are at the station until the last tram. Police visit twice a week.",
    owner="The tram company and the neighbourhood policing team",
    state=ActionState.UNDER_WAY,
)
CAFE = replace(
    LAMPS,
    title="The park café opens again",
    theme=Theme.YOUNG,
    said="There is no place to go after school that does not cost money.",
    did="We are looking for somebody to run the café in the park, with a free room for the young.",
    owner="The council’s parks team",
    state=ActionState.PLANNED,
)
BUSES = replace(
    LAMPS,
    title="Later buses on Fridays",
    theme=Theme.WOMEN,
    said="You walk home at night because the last bus leaves too early.",
    did="We asked the bus company to run two more buses on Friday and Saturday.",
    owner="The community safety partnership",
    state=ActionState.PLANNED,
)


def load_actions(session: Session, now: datetime) -> None:
    """Write the actions down; the last one waits for a second person. The caller commits."""
    manager, analyst = staff_in(session, Role.SURVEY_MANAGER), staff_in(session, Role.ANALYST)
    today, wards = day_of(now), list(ward_names(session))
    released = select(Quote.id).filter_by(state=QuoteState.RELEASED).order_by(Quote.id)
    quotes = session.scalars(released).all()
    out = newest(session, SURVEY)
    findings = (Finding(SURVEY, out.wave_id, DARK, OVERALL, ALL),) if out else ()
    day = timedelta(days=1)
    lamps = replace(
        LAMPS,
        due_on=today - 20 * day,
        done_on=today - 24 * day,
        wards=tuple(sorted(wards[:2])),
        findings=findings,
        quotes=tuple(quotes[:1]),
    )
    station = replace(STATION, due_on=today + 90 * day, findings=findings)
    cafe = replace(CAFE, due_on=today + 200 * day, wards=tuple(wards[2:3]))
    late = replace(BUSES, due_on=today - 5 * day)
    for content in (cafe, station, lamps, late):
        action = store.create(session, content, by=manager, now=now)
        if content is lamps:
            news = "The last lamp was put up. Tell us how it is in this year’s survey."
            store.add_update(
                session,
                action,
                news,
                version=action.version,
                by=manager,
                now=now,
                day=today - 24 * day,
            )
        subject, digest = store.subject_of(action.id), digest_of(action)
        approvals.ask(session, subject, digest, by=manager, now=now)
        if content is not late:
            approvals.give(session, subject, digest, by=analyst, now=now)
            store.publish(session, action, by=analyst, now=now)
