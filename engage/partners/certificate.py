"""What stands on the certificate and the badge of an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.config import Settings
from engage.organisations.models import Commitment, Organisation, Promise
from engage.organisations.words import PROMISES
from engage.organisations.years import ends_on
from engage.papers.qr import qr_svg
from engage.pledges.words import Words
from engage.web.days import day
from engage.web.speaking import speaking


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a certificate: when it was given, and its last day."""

    dated: date
    until: date


def span_of(organisation: Organisation, holding: Sequence[Commitment]) -> Span | None:
    """The days of a certificate for the promises that hold; None where none does.

    It is dated by the last thing that changed it, so that whoever compares two prints sees which is
    newer, and holds until the first of its promises ends.
    """
    if not holding or organisation.approved_on is None:
        return None
    renewed = [each.renewed_on for each in holding]
    return Span(max(organisation.approved_on, *renewed), ends_on(min(renewed)))


def address_of(settings: Settings, organisation: Organisation) -> str:
    """The address of an organisation's page."""
    return f"{settings.public_url}/organisations/{organisation.slug}"


def titles_of(signed: Sequence[Words]) -> str:
    """The pledges that an organisation signed, as part of an English sentence."""
    *others, last = [f"“{each.title}”" for each in signed] or ["a pledge"]
    return f"{', '.join(others)} and {last}" if others else last


def paper_data(
    settings: Settings,
    organisation: Organisation,
    holding: Sequence[Commitment],
    span: Span,
    signed: Sequence[Words],
) -> dict[str, Any]:
    """What the templates `organisation` and `badge` ask for. Papers are in English."""
    address = address_of(settings, organisation)
    with speaking("en"):
        return {
            "name": organisation.name,
            "signed": titles_of(signed),
            "council": settings.council_name or "This council",
            "colour": settings.council_colour,
            "year": span.dated.year,
            "month": span.dated.month,
            "day": span.dated.day,
            "dated": day(span.dated),
            "until": day(span.until),
            "promises": [
                {
                    "promise": str(PROMISES[Promise(each.promise)]),
                    "until": day(ends_on(each.renewed_on)),
                }
                for each in holding
            ],
            "address": address,
            "shown": address.partition("://")[2],
            "code": qr_svg(address).decode(),
        }
