"""What every file that leaves carries: of which wave and version it is, and when it was made."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from engage.core.export.licence import Licence

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class About:
    """A file's origin. `made_at` is when its content was computed, in UTC.

    `licence` is on what terms it may be used, by those whom it was published for.
    """

    council: str
    title: str
    questionnaire: str
    version: int
    wave: str
    made_at: datetime
    interim: bool = False
    made_up: bool = False
    licence: Licence = field(default_factory=Licence)

    def file_name(self, what: str, extension: str) -> str:
        """Such as `fear-of-crime_2026_v1_indicators_20261121T1400Z.csv`: safe on every system."""
        wave = re.sub(r"[^A-Za-z0-9]+", "-", self.wave)[:25].strip("-") or "wave"
        survey = self.questionnaire.replace("_", "-")[:40]
        return f"{survey}_{wave}_v{self.version}_{what}_{self.made_at:%Y%m%dT%H%MZ}.{extension}"

    def lines(self) -> tuple[str, ...]:
        """The origin in words, a line each."""
        here = self.made_at.astimezone(LONDON)
        told = [
            f"Survey: {self.title}",
            f"Wave: {self.wave}",
            f"Questionnaire: {self.questionnaire}, version {self.version}",
            f"Made: {here.day} {here:%B %Y, %H:%M} (London time)",
            *([f"By: {self.council}"] if self.council else []),
        ]
        if self.interim:
            told.append("Interim: the wave was still open, so these figures will change.")
        if self.made_up:
            told.append("Made up: every answer in it is invented, for trying things out.")
        return (*told, *self.licence.lines())
