"""An event as an iCalendar file (RFC 5545), for the calendar of whoever comes."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event as Entry
from sqlalchemy import Row

from engage.config import Settings


def calendar_file(settings: Settings, event: Row[Any], now: datetime) -> bytes:
    """The file; times are in UTC, which calendars show as the clocks of their owners have them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Engage//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    entry = Entry()
    entry.add("uid", f"event-{event.id}@{urlsplit(settings.public_url).hostname}")
    entry.add("dtstamp", now)
    # A calendar takes a file for the newer one by this number: that of the minute it was made.
    entry.add("sequence", int(now.timestamp()) // 60)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.title)
    entry.add("location", event.place)
    entry.add("description", "\n\n".join(filter(None, (event.text, event.access))))
    entry.add("url", f"{settings.public_url}/events/{event.slug}")
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
