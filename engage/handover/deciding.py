"""Overrides: asked by one, approved or refused by another, and reviewed by another."""

import secrets
from typing import Any

from engage.core.reporting.clocks import What
from engage.core.reporting.overrides import ASKED, DECIDED, REVIEWED, Override, Standing
from engage.core.reporting.policy import Agency
from engage.core.reporting.wishes import Level
from engage.handover.acts import Acting


class NotYoursError(Exception):
    """Whoever asked for an override, or used it, cannot be the second person."""


class WishesChangedError(Exception):
    """The victim's wishes are others by now than those that an override was asked against."""


class LapsedError(Exception):
    """Nobody used an override in its time: it can only be refused."""


def ask(acting: Acting, agency: Agency, level: Level, said: dict[str, Any]) -> str:
    """Ask for an override; its id. `said` has reason, basis, told, not_told, words, immediate."""
    case = acting.case
    override_id = secrets.token_hex(16)
    acting.add(
        "notes",
        ASKED,
        id=override_id,
        agency=agency.id,
        level=str(level),
        wishes=case.wishes,
        # The clock runs at once: a second person has to look, whether before or after.
        clock=acting.run(What.OVERRIDE_REVIEW, case.policy.clocks.override_review),
        **said,
    )
    acting.log()
    return override_id


def decide(acting: Acting, override: Override, *, approved: bool, words: str) -> None:
    """Approve or refuse; raises NotYoursError, WishesChangedError, LapsedError."""
    if not override.may_decide(acting.case.held.staff_id):
        raise NotYoursError
    if approved and dict(override.wishes) != acting.case.wishes:
        raise WishesChangedError
    if approved and override.standing is Standing.LAPSED:
        raise LapsedError
    acting.add("notes", DECIDED, override=override.id, approved=approved, words=words)
    acting.stop(override.clock)
    acting.log()


def review(acting: Acting, override: Override, *, right: bool, words: str) -> None:
    """Look at what was disclosed at once; raises NotYoursError."""
    if not override.may_review(acting.case.held.staff_id):
        raise NotYoursError
    acting.add("notes", REVIEWED, override=override.id, right=right, words=words)
    acting.stop(override.clock)
    acting.log()
