"""An edition of published results, and one of its findings, as pages and files name them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engage.clock import day_of
from engage.published.about import About, Named
from engage.published.figure import Figure
from engage.published.models import Publication, PublicationState


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that came out; `note` says what it changed, `said` why it was withdrawn.

    A withdrawn one is listed and named, but none of its figures is shown.
    """

    id: int
    wave_id: int
    questionnaire: str
    edition: int
    state: PublicationState
    digest: str
    note: str
    said: str
    published_at: datetime
    published_on: date
    withdrawn_at: datetime | None
    about: About

    @property
    def slug(self) -> str:
        """The survey as it stands in addresses."""
        return self.questionnaire.replace("_", "-")

    @property
    def address(self) -> str:
        """Where it can be read as long as the site is there, also after it was replaced."""
        return f"/results/{self.slug}/{self.wave_id}/editions/{self.edition}"

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which its figures were taken back."""
        return day_of(self.withdrawn_at) if self.withdrawn_at else None

    @property
    def withdrawn(self) -> bool:
        """Whether its figures were taken back, also if a later edition has replaced it since."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """One published figure with what it takes to name and to reach it.

    `anchor` is the part of its page after `#`, at `/results/<slug>/<wave_id>`.
    """

    publication: Published
    indicator: Named
    breakdown: str
    figure: Figure

    @property
    def address(self) -> str:
        """The page of the figure by all groups of its breakdown."""
        published, which = (
            self.publication,
            f"figure={self.indicator.id}&by={self.figure.breakdown}",
        )
        return f"/results/{published.slug}/{published.wave_id}?{which}#results"

    @property
    def anchor(self) -> str:
        """Where on the page of the results the indicator stands."""
        return f"figure-{self.indicator.id}"


@dataclass(frozen=True, slots=True)
class File:
    """A published file without its bytes."""

    kind: str
    name: str
    media_type: str
    digest: str


def editions_in(rows: Iterable[Any]) -> Iterator[Published]:
    """The editions in stored rows."""
    for row in rows:
        yield Published(
            id=row.id,
            wave_id=row.wave_id,
            questionnaire=row.questionnaire,
            edition=row.edition,
            state=PublicationState(row.state),
            digest=row.digest,
            note=row.note,
            said=row.said,
            published_at=row.published_at,
            published_on=row.published_on,
            withdrawn_at=row.withdrawn_at,
            about=About.read(row.about),
        )


def proposed(publication: Publication, at: datetime, day: date) -> Published:
    """An edition that is frozen and not out, as it would be if it came out at a moment."""
    return Published(
        id=publication.id,
        wave_id=publication.wave_id,
        questionnaire=publication.questionnaire,
        edition=publication.edition,
        state=PublicationState.PUBLISHED,
        digest=publication.digest,
        note=publication.note,
        said="",
        published_at=at,
        published_on=day,
        withdrawn_at=None,
        about=About.read(publication.about),
    )
