"""Names as they are compared."""

import unicodedata


def fold(words: str) -> str:
    """Words without case, accents and punctuation, one space between them.

    An apostrophe joins (St James's is found by "st jamess" and by "st james"), everything else
    that is no letter or digit divides; so nothing is left that a database reads as a wildcard.
    """
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("’", ""))
    plain = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return " ".join("".join(each if each.isalnum() else " " for each in plain).split())
