"""A mail address: whether it can be one, what is the same mailbox, and the key it is stored by."""

import secrets
import unicodedata
from hashlib import blake2b
from pathlib import Path

import idna
from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _

DISPOSABLE = frozenset(Path(__file__).with_name("disposable.txt").read_text("ascii").split())
"""Domains whose mailboxes are made to be thrown away; what lies below one is one too."""

FAULTS = {
    "empty": _("Enter your email address."),
    "form": _("Enter an email address like name@example.com."),
    "look_alike": _("This address mixes letters of two alphabets. Type it again by hand."),
    "disposable": _("Use an email address that you will still have next week."),
}
"""Kind of fault to what the person is told; the words never quote the address."""

SAME_DOMAIN = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
}
"""Domains with the same mailboxes as another: a name in one is never somebody else in the other."""
WITHOUT_DOTS = frozenset({"gmail.com", "proton.me"})
"""Where dots in the name make no difference."""
LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts with letters that look like those of another of them."""
NO_ADDRESS = bytes(4)
"""How a random key begins; a hash does by chance once in four thousand million."""


class AddressError(ValueError):
    """What was written is no address that we can use; `fault` is its kind, a key of `FAULTS`."""

    def __init__(self, fault: str) -> None:
        """Say it in the language of the page."""
        self.fault = fault
        super().__init__(fault)

    def __str__(self) -> str:
        """What the person is told; needs an application context, as every translated text."""
        return str(FAULTS[self.fault])


def checked_address(text: str) -> str:
    """An address as it is written to, its domain in ASCII; raises AddressError.

    Full-width letters, as some keyboards make them, are plain ones. Nobody is asked whether the
    domain exists: the message that must be answered finds that out.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        raise AddressError("empty")
    try:
        found = validate_email(
            written, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise AddressError("form") from None  # its words would quote the address
    if any(mixed(label) for label in found.domain.split(".")):
        raise AddressError("look_alike")
    if found.ascii_email is None:
        raise AddressError("form")
    if disposable(found.ascii_email):
        raise AddressError("disposable")
    return found.ascii_email


def disposable(address: str) -> bool:
    """Whether the mailbox is one to throw away."""
    labels = domain(address).split(".")
    return any(".".join(labels[start:]) in DISPOSABLE for start in range(len(labels)))


def domain(address: str) -> str:
    """What comes after the @, in lower case."""
    return address.rpartition("@")[2].lower()


def canonical(address: str) -> str:
    """The one way of writing all addresses of a mailbox, to compare and never to write to.

    It takes any text, since older lists hold any: what is no address is told apart as text.
    """
    folded = unicodedata.normalize("NFKC", address).strip().casefold()
    name, at, where = unicodedata.normalize("NFKC", folded).rpartition("@")
    where = _ascii(where.rstrip("."))
    where = SAME_DOMAIN.get(where, where)
    name = name.partition("+")[0] or name
    if where in WITHOUT_DOTS:
        name = name.replace(".", "") or name
    return f"{name}{at}{where}"


def address_key(address: str, key: str) -> bytes:
    """The 32 bytes that stand for a mailbox; without the site's key no address can be tried."""
    secret = blake2b(key.encode(), digest_size=32, person=b"engage.address").digest()
    found = blake2b(canonical(address).encode(), key=secret, digest_size=32).digest()
    return found if not found.startswith(NO_ADDRESS) else b"\x01" + found[1:]


def random_key() -> bytes:
    """The 32 bytes of a signature without an address: no mailbox ever has them."""
    return NO_ADDRESS + secrets.token_bytes(32 - len(NO_ADDRESS))


def _ascii(where: str) -> str:
    if where.isascii():
        return where
    try:
        return idna.encode(where, uts46=True).decode("ascii")
    except idna.IDNAError:
        return where


def mixed(label: str) -> bool:
    """Whether a word has letters of two alphabets that look alike."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in label}
    return len(scripts & set(LOOK_ALIKE)) > 1
