"""A report made of answers: its parts, the line for the inbox, and the facts that are counted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engage.core.definition.days import iso
from engage.core.definition.kinds import DATE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, reachable, ward_of
from engage.core.reporting.clocks import What, due_after
from engage.core.reporting.fields import codes_of, parted, wishes_in
from engage.core.reporting.policy import Policy
from engage.core.reporting.risk import weigh
from engage.core.reporting.wishes import UNDER_18, Giver, Level, Version, said_of, with_version
from engage.reports.clocks import started
from engage.reports.facts import Facts
from engage.reports.holders import CentreHolder
from engage.reports.line import Line
from engage.reports.receipts import CodeKeys
from engage.reports.receive import NewReport

GIVERS = {"victim": Giver.VICTIM, "worker": Giver.WORKER}
"""Who gives the wishes as a report is sent, by what they are in it; everybody else is OTHER."""


def made(
    connection: Connection,
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    centre: CentreHolder | None,
    code: CodeKeys,
    policy: Policy,
    now: datetime,
    today: date,
) -> NewReport:
    """A report to be received in the caller's transaction, in which its first clock starts."""
    kept = reachable(definition, answers)
    parts: dict[str, Mapping[str, Any]] = dict(parted(_dated(definition, kept)))
    given = Version(
        by=GIVERS.get(str(kept.get("role")), Giver.OTHER),
        at=now.isoformat(timespec="seconds"),
        levels={name: Level(level) for name, level in wishes_in(kept).items()},
    )
    parts["wishes"] = with_version({}, given)
    levels = said_of(parts["wishes"])
    due_on = due_after(today, policy.clocks.first_contact)
    coded: dict[str, Any] = {
        "kind": str(kept.get("kind_of_harm", "")),
        "strands": codes_of(kept.get("strands")),
        "types": codes_of(kept.get("incident_types")),
        "ward": ward_of(definition, kept) or "",
        "wishes": levels,
        "centre": centre.id if centre else None,
    }
    line = Line(
        received_on=today,
        under_18=kept.get("victim_age") == UNDER_18,
        score=weigh(kept).score,
        clocks=(started(connection, What.FIRST_CONTACT, due_on),),
        **coded,
    )
    parts["line"] = line.to_dict()
    facts = Facts(month=f"{today:%Y-%m}", place_type=str(kept.get("place_type", "")), **coded)
    return NewReport(parts=parts, facts=facts, centre=centre, code=code)


def _dated(definition: Definition, kept: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with days as 2026-11-21, which needs nobody to know how we number them."""
    return {
        name: iso(answer)
        if definition.questions[name].kind in DATE_KINDS and isinstance(answer, int)
        else answer
        for name, answer in kept.items()
    }
