"""The terms on which others may use the figures that a council publishes."""

import re
from dataclasses import dataclass

OGL = "Open Government Licence v3.0"
OGL_AT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?"
_BELOW = r"(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
_WRITTEN = re.compile(rf"([^<>]*[^<>\s])\s*<(https://{_HOST}{_BELOW})>")


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its name and the address of its words; both empty where none is given."""

    name: str = ""
    address: str = ""

    def lines(self) -> tuple[str, ...]:
        """The licence in words, for the cover of a file; nothing where there is none."""
        return (f"Licence: {self.name}, {self.address}",) if self.name else ()


def parse_licence(written: str) -> Licence:
    """The licence in `Name <https://address>`; raises ValueError for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found:
        raise ValueError(f"{written!r} is not a name and an address of https in angle brackets.")
    return Licence(" ".join(found[1].split()), found[2])
