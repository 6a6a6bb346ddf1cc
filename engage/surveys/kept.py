"""Until when answers that were not sent are kept, as the page says it and its script counts it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext

from engage.answering.draft import OpenDraft
from engage.clock import LONDON, day_of, end_of
from engage.waves.store import OpenWave
from engage.web.days import day

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a draft is kept; `more`: whether that can be put off.

    It cannot beyond the last day of the survey.
    """

    ends: datetime
    now: datetime
    coded: bool
    more: bool

    @property
    def seconds(self) -> int:
        """How long that is from now."""
        return max(0, int((self.ends - self.now).total_seconds()))

    @property
    def says(self) -> str:
        """What the page says at its foot."""
        if self.coded:
            return gettext(
                "We keep your answers until %(time)s. Your code opens them.", time=self._until
            )
        return gettext("We keep your answers until %(time)s if you do nothing.", time=self._until)

    @property
    def warns(self) -> str:
        """What the page says when little time is left."""
        if not self.more:
            return gettext("This survey closes at midnight. Send your answers before then.")
        return gettext(
            "Do you need more time? At %(time)s we delete the answers that you have not sent.",
            time=self._until,
        )

    @property
    def last_day(self) -> str:
        """The last day on which the answers are there, in words."""
        return day(day_of(self.ends - A_MOMENT))

    @property
    def _until(self) -> str:
        """The time on the clock; for what is more than a day away, the day."""
        if self.ends - self.now > A_DAY:
            return self.last_day
        return f"{self.ends.astimezone(LONDON):%H:%M}"


def kept(draft: OpenDraft, wave: OpenWave, now: datetime) -> Kept:
    """Until when a draft is kept."""
    closes = end_of(wave.closes_on)
    ends = min(draft.expires_at, closes)
    return Kept(ends, now, draft.coded, more=ends < closes)
