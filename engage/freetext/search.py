"""Looking for words in what people wrote. What is looked for stands in no address and no log."""

import re
from dataclasses import dataclass

PARTS = re.compile(r'"([^"]*)"|(\S+)')
MOST = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """Words and phrases that a text must all hold, each from the beginning of a word on.

    "light" finds lights and lighting, and not daylight. Case and accents count as they are
    folded by Unicode; several spaces or lines count as one space.
    """

    terms: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether a text holds them all."""
        folded = _folded(text)
        return all(re.search(rf"(?<!\w){re.escape(term)}", folded) for term in self.terms)

    @property
    def coarse(self) -> tuple[str, ...]:
        """Pieces that the stored answers of every text that fits hold: for the database.

        Only of plain letters and digits, which are stored as they were written.
        """
        return tuple(
            max(found, key=len) for term in self.terms if (found := re.findall("[a-z0-9]+", term))
        )


def sought(written: str) -> Sought:
    """What somebody looks for: words, and phrases in quotation marks; ten at most count."""
    plain = written.translate(str.maketrans("“”„", '"""'))
    terms = [_folded(phrase or word) for phrase, word in PARTS.findall(plain)]
    return Sought(tuple(dict.fromkeys(each for each in terms if each))[:MOST])


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace('"', " ").split())
