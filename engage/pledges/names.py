"""The name that somebody signs with: what it may hold, in every alphabet."""

import re
import unicodedata

from flask_babel import lazy_gettext as _

from engage.contacts.address import mixed

LONGEST = 100
JOINERS = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")
"""Characters without width: they cannot be seen, and make two names look the same."""
FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet calculates."""
DOTS = str.maketrans("\u3002", ".")
"""What browsers take for a dot in an address."""
WEB = re.compile(
    r"(?i:://|www\.|@|\b[\w-]+\.(?:com|net|org|info|biz|ru|cn|top|xyz|io|co|me|uk)\b)"
    r"|\w\w\.[a-z]{2,}|\.[a-z]{2,}/"
)
"""Addresses; a title or a beginning without a space after its dot, such as Dr.Smith, is none."""
MARKUP = re.compile(r"[<>\[\]{}|\\`]|&#?\w+;")
"""What programs that show text may take for more than text."""

FAULTS = {
    "empty": _("Enter a name."),
    "long": _("Enter a name of 100 characters or fewer."),
    "start": _("Begin the name with a letter or a number."),
    "web": _("Enter a name, not an address of a website or an email."),
    "letters": _("Enter a name with letters."),
    "markup": _("Enter a name without signs such as < and [."),
    "mixed": _("Type the name again by hand: it mixes letters of two alphabets in one word."),
    "unseen": _("Type the name again by hand: it holds characters that cannot be shown."),
}
"""Kind of fault to what the person is told; the words never quote the name."""


class UnfitNameError(ValueError):
    """What was written cannot be shown as a name; `fault` is its kind, a key of `FAULTS`."""

    def __init__(self, fault: str) -> None:
        """Say it in the language of the page."""
        self.fault = fault
        super().__init__(fault)

    def __str__(self) -> str:
        """What the person is told; needs an application context, as every translated text."""
        return str(FAULTS[self.fault])


def checked_name(text: str) -> str:
    """A name as it is stored, with single spaces; raises UnfitNameError.

    It can stand in a page, a header, a file name or a cell of a spreadsheet and do nothing there.
    """
    seen = unicodedata.normalize("NFC", text).translate(JOINERS)
    name = re.sub(" +", " ", seen).strip(" ")
    if not name:
        raise UnfitNameError("empty")
    if len(name) > LONGEST:
        raise UnfitNameError("long")
    if not name.isprintable():
        raise UnfitNameError("unseen")
    plain = unicodedata.normalize("NFKC", name).translate(DOTS)
    if plain.startswith(FORMULA):
        raise UnfitNameError("start")
    if WEB.search(plain):
        raise UnfitNameError("web")
    if MARKUP.search(plain):
        raise UnfitNameError("markup")
    if any(mixed(word) for word in re.split(r"[\W_]+", plain)):
        raise UnfitNameError("mixed")
    if not any(letter.isalpha() for letter in name):
        raise UnfitNameError("letters")
    return name
