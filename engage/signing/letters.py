"""What is written to who signs. A link is made of PUBLIC_URL alone, never of the request.

Nothing that somebody typed is in these messages: until a button was pressed, it may be a stranger
who typed the address.
"""

from datetime import date
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext

from engage.extensions import site_settings
from engage.web.days import day


class Text(NamedTuple):
    """The subject of a message and what it says."""

    subject: str
    text: str


def council() -> str:
    """The council's name, as messages sign with it."""
    return site_settings().council_name or gettext("Your council")


def address_of(endpoint: str, **values: object) -> str:
    """The full address of a page, whatever name the site was asked for by.

    The worker writes letters as well, and it has no request.
    """
    pages = current_app.url_map.bind("")
    return f"{site_settings().public_url}{pages.build(endpoint, values)}"


def please_confirm(title: str, secret: str, until: date) -> Text:
    """Ask whether it was they who signed."""
    return Text(
        gettext("Please confirm that you sign “%(title)s”", title=title),
        _text(
            gettext("Somebody entered this address to sign a pledge. We hope it was you:"),
            f"    {title}",
            gettext("To sign it, open this page and press the button there:"),
            f"    {address_of('confirm.ask', secret=secret)}",
            gettext("The link works once, and until %(day)s.", day=day(until)),
            gettext(
                "Was it not you? You do not need to do anything. Nothing is signed, and within a "
                "week we delete what was entered. If you have signed before, that stays as it is."
            ),
        ),
    )


def signed_already(title: str, secret: str, until: date) -> Text:
    """Tell somebody who signs again that they have signed."""
    return Text(
        gettext("You have signed “%(title)s” already", title=title),
        _text(
            gettext("Somebody entered this address to sign a pledge again. We hope it was you:"),
            f"    {title}",
            gettext(
                "Your signature counts already, so there is nothing to do. Each address counts "
                "once."
            ),
            gettext(
                "Does somebody else in your home want to sign with this address? They can, if "
                "they tick the box for a second person in the form."
            ),
            *_own_page(secret, until),
        ),
    )


def organisation_signed_already(title: str, secret: str, until: date) -> Text:
    """Tell an organisation that signs again that it has signed: nobody of a home is meant."""
    return Text(
        gettext("Your organisation has signed “%(title)s” already", title=title),
        _text(
            gettext(
                "Somebody entered this address to sign a pledge for an organisation again. We hope "
                "it was you:"
            ),
            f"    {title}",
            gettext(
                "A signature of an organisation with this address counts already, so there is "
                "nothing to do."
            ),
            *_own_page(secret, until),
        ),
    )


def not_counted(title: str, secret: str, until: date) -> Text:
    """Tell somebody whose signature staff took out of the count."""
    contact = site_settings().privacy_contact or gettext("the council")
    return Text(
        gettext("Your signature under “%(title)s”", title=title),
        _text(
            gettext("Somebody entered this address to sign a pledge. We hope it was you:"),
            f"    {title}",
            gettext(
                "There is a signature with this address that does not count at the moment, because "
                "we were not sure that it was real. We are sorry if that is wrong. Write to "
                "%(contact)s, and we will look at it again.",
                contact=contact,
            ),
            *_own_page(secret, until),
        ),
    )


def own_page(secret: str, until: date, *, listed: bool = False) -> Text:
    """The link to one's own page, which somebody asked for.

    `listed` says that there is a signature that is kept without an address.
    """
    said = [gettext("You asked for the link to your own page.")]
    if listed:
        said.append(
            gettext(
                "There is a signature with this address that we keep without the address, for "
                "example from an older list. When you press the button it is shown to you, and "
                "belongs to this address until you take it back or have it deleted."
            )
        )
    return Text(
        gettext("Your own page at %(council)s", council=council()),
        _text(*said, *_own_page(secret, until)),
    )


def _own_page(secret: str, until: date) -> tuple[str, ...]:
    return (
        gettext(
            "On your own page you can see what we keep about you, change it, take your name away, "
            "or have it all deleted. Open this page and press the button there:"
        ),
        f"    {address_of('own_page.ask', secret=secret)}",
        gettext(
            "The link works once, and until %(day)s. Please do not pass it on.", day=day(until)
        ),
    )


def _text(*parts: str) -> str:
    return "\n\n".join([gettext("Hello,"), *parts, council()]) + "\n"
