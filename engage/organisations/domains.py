"""The domain of an organisation, and whether a mailbox tells that somebody belongs to it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _

LONGEST = 253
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

SHARED: frozenset[str] = frozenset(
    line
    for line in (Path(__file__).parent / "shared_domains.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
"""Domains where many unconnected people have mailboxes: they tell of nobody's organisation."""


class DomainError(ValueError):
    """What was written is no website; the message says what to write, in the page's language."""


def domain_of(website: str) -> str:
    """The domain of a website as people write it, in ASCII; empty for nothing.

    `https://www.Example.org/about` gives `example.org`. Raises DomainError.
    """
    written = website.strip()
    if not written:
        return ""
    if "@" in written:
        raise DomainError(_("Enter a website, such as www.example.org, not an email address"))
    try:
        host = urlsplit(written if "://" in written else f"//{written}").hostname or ""
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        host = ""
    host = host.removeprefix("www.")
    labels = host.split(".")
    usual = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
    if not usual or len(host) > LONGEST or labels[-1].isdigit():
        raise DomainError(_("Enter a website, such as www.example.org"))
    return host


def mailbox_domain(address: str) -> str:
    """The domain of an address in ASCII; empty where it has none that can be read."""
    host = address.rpartition("@")[2].strip().rstrip(".")
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def belongs(address: str, domain: str) -> bool:
    """Whether a mailbox is at the organisation's own domain.

    Only the very same domain counts: anybody may have `example.co.uk`, so `co.uk` must not stand
    for it, and `shop.example.org` may be rented out.
    """
    return bool(domain) and domain not in SHARED and mailbox_domain(address) == domain
