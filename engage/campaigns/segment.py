"""Whom a message to many goes to: those who agreed to hear of its topic, and what else they did."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from engage.contacts.consent import TOPICS, agrees
from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.pledges.models import Kind, Signature, State

CONTACTS, SIGNATURES = table_of(Contact), table_of(Signature)


class SegmentError(ValueError):
    """A stored segment cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of those who agreed to hear of a topic; each condition that is set narrows it.

    `pledge_id`, `kind` and `wards` (codes) are of one confirmed signature. Where none of them is
    set, people who signed nothing are in it too: those who booked, and agreed to hear more.
    """

    topic: str
    pledge_id: int | None = None
    kind: str = ""
    wards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what names nothing."""
        if self.topic not in TOPICS:
            raise SegmentError(f"There is no topic {self.topic!r}: use {', '.join(TOPICS)}.")
        if self.kind and self.kind not in set(Kind):
            raise SegmentError(f"There is no kind {self.kind!r}: use {', '.join(Kind)} or none.")

    def stored(self) -> str:
        """The conditions as they are stored; the topic has a column of its own."""
        given = asdict(self)
        del given["topic"]
        return json.dumps(given, sort_keys=True)


def stored_segment(topic: str, conditions: str) -> Segment:
    """The segment of a campaign; raises SegmentError for one that cannot be read."""
    try:
        given: dict[str, Any] = json.loads(conditions)
        return Segment(topic, **(given | {"wards": tuple(given.get("wards", ()))}))
    except (TypeError, AttributeError, json.JSONDecodeError) as error:
        raise SegmentError(f"A segment is stored as {conditions[:80]!r}: write it anew.") from error


def members(segment: Segment) -> Select[int]:
    """The numbers of the mailboxes: proven, there, agreed, and in the segment."""
    found = select(CONTACTS.c.id).where(
        CONTACTS.c.proven_on.is_not(None),
        CONTACTS.c.refused_on.is_(None),
        agrees(CONTACTS.c.id, segment.topic),
    )
    signed = [SIGNATURES.c.contact_id == CONTACTS.c.id, SIGNATURES.c.state == State.CONFIRMED]
    narrowed = []
    if segment.pledge_id is not None:
        narrowed.append(SIGNATURES.c.pledge_id == segment.pledge_id)
    if segment.kind:
        narrowed.append(SIGNATURES.c.kind == segment.kind)
    if segment.wards:
        narrowed.append(SIGNATURES.c.ward.in_(segment.wards))
    if not narrowed:
        return found
    return found.where(select(SIGNATURES.c.id).where(*signed, *narrowed).exists())


@dataclass(frozen=True, slots=True)
class DryRun:
    """What sending would do: to how many, in which languages, and in which wards they signed.

    Somebody who signed in two wards is in both; the ward `""` is none.
    """

    number: int
    languages: Mapping[str, int]
    wards: Mapping[str, int]


def dry_run(connection: Connection, segment: Segment) -> DryRun:
    """Count whom a message would go to at this moment; changes nothing."""
    inside = members(segment).subquery()
    spoken = (
        select(CONTACTS.c.language, func.count())
        .where(CONTACTS.c.id.in_(select(inside.c.id)))
        .group_by(CONTACTS.c.language)
        .order_by(CONTACTS.c.language)
    )
    signed = (
        select(SIGNATURES.c.ward, func.count(SIGNATURES.c.contact_id.distinct()))
        .where(
            SIGNATURES.c.contact_id.in_(select(inside.c.id)),
            SIGNATURES.c.state == State.CONFIRMED,
        )
        .group_by(SIGNATURES.c.ward)
        .order_by(SIGNATURES.c.ward)
    )
    languages = {str(code): int(number) for code, number in connection.execute(spoken)}
    wards = {str(code): int(number) for code, number in connection.execute(signed)}
    return DryRun(sum(languages.values()), languages, wards)
