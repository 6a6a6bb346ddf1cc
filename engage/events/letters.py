"""What is written to people who booked, in plain words and in their language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row

from engage.events.when import hour, long_day, span


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: one line and a text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about: the event, who booked, the link to the booking, and the site."""

    event: Row[Any]
    name: str
    link: str
    site: str
    until: datetime

    @property
    def title(self) -> str:
        """The name of the event."""
        return str(self.event.title)


Writer = Callable[[About], Letter]


def asked(about: About) -> Letter:
    """Whether it was they who booked."""
    return _letter(
        _("Please confirm your booking: %(event)s", event=about.title),
        _("Hello,"),  # no typed word: it may be a stranger who typed the address
        _("Somebody gave us this address to book a place. Was it you?"),
        _details(about),
        _("To book, open this page and press the button:"),
        about.link,
        _("Your booking counts only when you have pressed the button. The page is there "
          "until %(day)s, %(hour)s.", day=long_day(about.until), hour=hour(about.until)),
        _("If it was not you, do nothing. We will then delete this address."),
    )  # fmt: skip


def already(about: About) -> Letter:
    """To whoever books what they have booked."""
    return _letter(
        _("You have booked already: %(event)s", event=about.title),
        _hello(about),
        _("Somebody gave us this address to book a place, but you have booked already. "
          "Nothing has changed."),
        _details(about),
        *_see(about),
    )  # fmt: skip


def placed(about: About) -> Letter:
    """That there is a place for them."""
    return _letter(
        _("You have a place: %(event)s", event=about.title),
        _hello(about),
        _("You have a place. We look forward to seeing you."),
        _details(about),
        *_see(about),
    )


def waiting(about: About) -> Letter:
    """That they stand in the queue."""
    return _letter(
        _("You are on the waiting list: %(event)s", event=about.title),
        _hello(about),
        _("All places are taken, so you are on the waiting list. If somebody gives up a "
          "place, the first on the list gets it. We will then write to you at once."),
        _details(about),
        *_see(about),
    )  # fmt: skip


def moved_up(about: About) -> Letter:
    """That a place became free for them."""
    return _letter(
        _("A place is free for you: %(event)s", event=about.title),
        _hello(about),
        _("You were on the waiting list. Now you have a place. You do not need to do "
          "anything."),
        _("Can you not come any more? Please give the place up, so that the next person "
          "can have it."),
        _details(about),
        *_see(about),
    )  # fmt: skip


def reminder(about: About) -> Letter:
    """That the day is near."""
    return _letter(
        _("It is soon: %(event)s", event=about.title),
        _hello(about),
        _("You have a place at this event:"),
        _details(about),
        _("Can you not come any more? Please give the place up, so that the next person "
          "can have it."),
        *_see(about),
    )  # fmt: skip


def changed(about: About) -> Letter:
    """That it moved to another time or place."""
    return _letter(
        _("The time or place has changed: %(event)s", event=about.title),
        _hello(about),
        _("The time or the place of an event that you booked has changed. It is now:"),
        _details(about),
        _("Your booking stays. If you cannot come now, please give it up."),
        *_see(about),
    )


def called_off(about: About) -> Letter:
    """That it does not take place."""
    return _letter(
        _("Cancelled: %(event)s", event=about.title),
        _hello(about),
        _("We are sorry: this event does not take place."),
        _details(about),
    )


def given_up(about: About) -> Letter:
    """That their booking is gone."""
    return _letter(
        _("Your booking is cancelled: %(event)s", event=about.title),
        _("Hello,"),  # the name is deleted, and shall not be kept here
        _("Your booking is cancelled. We have deleted what you told us for it."),
        _details(about),
        _("Was it not you who cancelled? Then you can book again here:"),
        f"{about.site}/events/{about.event.slug}",
    )


def certificate(about: About) -> Letter:
    """Where their certificate is."""
    return _letter(
        _("Your certificate: %(event)s", event=about.title),
        _hello(about),
        _("Thank you for taking part. Your certificate is on this page:"),
        about.link,
        _("The page is there until %(day)s.", day=long_day(about.until)),
    )


def _details(about: About) -> str:
    event = about.event
    lines = [about.title, span(event.starts_at, event.ends_at), event.place, event.access]
    return "\n".join(f"    {line}" for each in lines for line in each.splitlines() if line)


def _see(about: About) -> tuple[str, ...]:
    return (
        _("See your booking, or give it up, on this page:"),
        about.link,
        _("The event, with a file for your calendar:"),
        f"{about.site}/events/{about.event.slug}",
    )


def _hello(about: About) -> str:
    return _("Hello %(name)s,", name=about.name)


def _letter(subject: str, *parts: str) -> Letter:
    return Letter(subject, "\n\n".join(parts) + "\n")
