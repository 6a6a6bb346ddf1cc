"""Keeping actions, and handing out those that the public may see. The caller commits.

What the public sees is a copy of the state to which a second person agreed
(`engage.approvals`, subject `action:<id>`): a change shows only after the next yes.
"""

from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from engage.actions.content import Content, content_of, digest_of, read, written
from engage.actions.models import (
    Action,
    ActionFinding,
    ActionQuote,
    ActionState,
    ActionUpdate,
    ActionWard,
)
from engage.actions.published import PublishedAction
from engage.approvals.store import standing
from engage.audit.log import record
from engage.versions import count_up

ANY_PUBLISHED = select(Action.id).where(Action.shown != "").limit(1)
Source = Session | Connection
OVER = frozenset({ActionState.DONE, ActionState.STOPPED})


class ChangedError(ValueError):
    """Somebody else changed the action since it was shown."""


class NotAgreedError(ValueError):
    """Nobody agreed to publish the action as it is."""


def subject_of(action_id: int) -> str:
    """What the action is called in approvals and in the audit log."""
    return f"action:{action_id}"


def listed(session: Session) -> list[Action]:
    """Every action, those that are not over first, by the day on which they are due."""
    found = session.scalars(select(Action).order_by(Action.due_on, Action.id))
    return sorted(found, key=lambda each: each.state in OVER)


def overdue(action: Action, today: date) -> bool:
    """Whether it should be over by now and is not."""
    return action.state not in OVER and action.due_on < today


def kept_by(session: Session, staff_id: int) -> int:
    """How many actions that are not over a member of staff keeps up to date."""
    mine = select(func.count()).where(Action.keeper == staff_id, Action.state.not_in(list(OVER)))
    return session.scalar(mine) or 0


def create(session: Session, content: Content, *, by: int, now: datetime) -> Action:
    """A new action that nobody but staff sees."""
    action = Action(keeper=by, version=1)
    _fill(action, content)
    session.add(action)
    session.flush()
    _note(session, action, "action.created", by, now)
    return action


def change(
    session: Session, action: Action, content: Content, *, version: int, by: int, now: datetime
) -> None:
    """Change an action that was seen at this version; raises ChangedError.

    Its updates are as they are: `add_update` adds to them.
    """
    _take(session, action, version)
    _fill(action, content)
    action.keeper = by
    session.flush()
    _note(session, action, "action.changed", by, now)


def add_update(
    session: Session, action: Action, words: str, *, version: int, by: int, now: datetime, day: date
) -> None:
    """Say what happened since; raises ChangedError."""
    _take(session, action, version)
    action.updates.append(ActionUpdate(day=day, words=words, staff_id=by))
    session.flush()
    _note(session, action, "action.updated", by, now)


def publish(session: Session, action: Action, *, by: int, now: datetime) -> None:
    """Show everybody the action as it is, once somebody agreed to that; raises NotAgreedError."""
    if standing(session, subject_of(action.id), digest_of(action)) is None:
        raise NotAgreedError("Nobody agreed to this action as it is now. Ask somebody first.")
    action.shown, action.shown_at = written(content_of(action)), now
    action.first_shown_at = action.first_shown_at or now
    session.flush()
    _note(session, action, "action.published", by, now)


def withdraw(session: Session, action: Action, *, by: int, now: datetime) -> None:
    """Show the action to nobody but staff any more."""
    action.shown, action.shown_at = "", None
    session.flush()
    _note(session, action, "action.withdrawn", by, now)


def published_actions(
    session: Session, ward: str | None = None, limit: int | None = None
) -> list[PublishedAction]:
    """What the public may see, the newest first; of one ward, that of the whole borough too."""
    wanted = select(Action.id, Action.shown, Action.shown_at, Action.first_shown_at)
    wanted = wanted.where(Action.shown != "").order_by(Action.shown_at.desc(), Action.id.desc())
    found = [
        PublishedAction(number, read(shown), shown_at, first or shown_at)
        for number, shown, shown_at, first in session.execute(wanted)
        if shown_at is not None
    ]
    if ward is not None:
        found = [each for each in found if not each.wards or ward in each.wards]
    return found[:limit]


def any_published(source: Source) -> bool:
    """Whether there is an action that the public may see."""
    return source.execute(ANY_PUBLISHED).scalar() is not None


def _take(session: Session, action: Action, version: int) -> None:
    """Count the version up, once: of two who change it at one moment the second is told."""
    taken = count_up(session, Action, action.id, version)
    session.expire(action)
    if not taken:
        raise ChangedError("Somebody else changed this action while you wrote.")


def _fill(action: Action, content: Content) -> None:
    for name in ("title", "theme", "said", "did", "owner", "due_on", "done_on", "state", "why"):
        setattr(action, name, getattr(content, name))
    if sorted(each.ward for each in action.wards) != sorted(content.wards):
        kept = {each.ward: each for each in action.wards}
        action.wards = [kept.get(each) or ActionWard(ward=each) for each in content.wards]
    quotes = {each.quote_id: each for each in action.quotes}
    action.quotes = [quotes.get(each) or ActionQuote(quote_id=each) for each in content.quotes]
    if content_of(action).findings != tuple(sorted(content.findings)):
        action.findings = [
            ActionFinding(
                questionnaire=each.questionnaire,
                wave_id=each.wave_id,
                indicator=each.indicator,
                breakdown=each.breakdown,
                group=each.group,
            )
            for each in content.findings
        ]


def _note(session: Session, action: Action, what: str, by: int, now: datetime) -> None:
    record(session, at=now, staff_id=by, action=what, subject=subject_of(action.id))
