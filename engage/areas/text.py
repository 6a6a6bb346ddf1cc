"""Names as they are compared and as they may be stored."""

import unicodedata

from engage.areas.faults import Faults


def fold(words: str) -> str:
    """Words without case, accents and punctuation, one space between them.

    An apostrophe joins (St James's is found by "st jamess" and by "st james"), everything else
    that is no letter or digit divides; so nothing is left that a database reads as a wildcard.
    """
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("’", ""))
    plain = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return " ".join("".join(each if each.isalnum() else " " for each in plain).split())


def storable(value: str, *, longest: int, what: str, where: str, faults: Faults) -> bool:
    """Whether a name or code can be kept; notes a fault where it is absent, long or unprintable."""
    if not value:
        faults.add(f"{where} has no {what}.")
    elif len(value) > longest:
        faults.add(f"{where}: the {what} {value[:40]!r}… is longer than {longest} characters.")
    elif not value.isprintable():
        faults.add(f"{where}: the {what} {value[:60]!r} holds characters that cannot be shown.")
    else:
        return True
    return False


def spoken(pattern: str) -> str:
    r"""A pattern for headings as a person would write it: wd\d\dcd is wd##cd."""
    return pattern.replace(r"\d\d", "##").replace("|", " or ")
