"""Words as people read them, whatever their spaces and the shape of their quotation marks."""

import unicodedata

# Single and double quotation marks, and primes, to the two that a keyboard has.
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"'))


def plain(text: str) -> str:
    """The text with single spaces, keyboard quotation marks and letters in composed form."""
    return unicodedata.normalize("NFC", " ".join(text.split())).translate(_QUOTES)


def alike(one: str, other: str) -> bool:
    """Whether two texts read the same."""
    return plain(one) == plain(other)


def quoted(text: str) -> str:
    """The text in one line between quotation marks."""
    return f"“{' '.join(text.split())}”"
