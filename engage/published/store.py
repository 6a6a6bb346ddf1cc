"""What was published, read for pages, feeds and files: only what everyone may see.

`source` is a session or anything else that has `execute`. Days are days in London.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Executable, Select, select

from engage.core.statistics.estimate import Estimate
from engage.extensions import table_of
from engage.published.edition import File, Finding, Published, editions_in
from engage.published.figure import Figure, change_of, targets_of
from engage.published.models import (
    Publication,
    PublicationState,
    PublishedFigure,
    PublishedFile,
)

PUBLICATIONS, FIGURES, FILES = map(table_of, (Publication, PublishedFigure, PublishedFile))
OVERALL, ALL, WARD = "overall", "all", "ward"


class Source(Protocol):
    """What can read: a session, or a connection."""

    def execute(self, statement: Executable, /) -> Any:
        """Run a statement."""


def publications(source: Source, today: date) -> list[Published]:
    """The newest edition of every wave that came out by a day, the newest first."""
    wanted = _out().where(PUBLICATIONS.c.published_on <= today)
    newest = wanted.order_by(PUBLICATIONS.c.published_at.desc(), PUBLICATIONS.c.id.desc())
    return _read(source, newest)


def newest(source: Source, questionnaire: str) -> Published | None:
    """The results of the newest wave of a survey, by when its field days ended; not withdrawn."""
    found = _read(source, _standing().where(PUBLICATIONS.c.questionnaire == questionnaire))
    return max(found, key=lambda each: (each.about.closes_on, each.id), default=None)


def of_wave(source: Source, wave_id: int) -> Published | None:
    """The newest edition of a wave that came out, withdrawn or not."""
    found = _read(source, _out().where(PUBLICATIONS.c.wave_id == wave_id))
    return found[0] if found else None


def editions(source: Source, wave_id: int) -> list[Published]:
    """Every edition of a wave that ever came out, the newest first."""
    wanted = select(PUBLICATIONS).where(
        PUBLICATIONS.c.wave_id == wave_id, PUBLICATIONS.c.published_at.is_not(None)
    )
    return _read(source, wanted.order_by(PUBLICATIONS.c.edition.desc()))


def published_figures(
    source: Source,
    publication_id: int,
    breakdown: str | None = None,
    indicator: str | None = None,
    group: str | None = None,
) -> tuple[Figure, ...]:
    """The rows of a publication in their order: all, or of one breakdown, indicator or group.

    Also of one that is not out: whoever asks knows whom they show it to.
    """
    wanted = select(FIGURES).where(FIGURES.c.publication_id == publication_id)
    if breakdown is not None:
        wanted = wanted.where(FIGURES.c.breakdown == breakdown)
    if indicator is not None:
        wanted = wanted.where(FIGURES.c.indicator == indicator)
    if group is not None:
        wanted = wanted.where(FIGURES.c.group == group)
    return tuple(figure_of(row) for row in source.execute(wanted.order_by(FIGURES.c.position)))


def published_finding(  # noqa: PLR0917  # what names a figure, from the survey to the group
    source: Source, questionnaire: str, wave_id: int, indicator: str, breakdown: str, group: str
) -> Finding | None:
    """One figure that everyone may see now; none where it is hidden, withdrawn or not published."""
    wanted = (PUBLICATIONS.c.questionnaire == questionnaire, PUBLICATIONS.c.wave_id == wave_id)
    found = _read(source, _standing().where(*wanted))
    rows = published_figures(source, found[0].id, breakdown, indicator) if found else ()
    for each in rows:
        if each.group == group and not each.estimate.hidden:
            return _finding(found[0], each)
    return None


def ward_figures(source: Source, ward: str) -> list[Finding]:
    """The newest published figures of a ward, across surveys in the order they came out.

    Hidden ones are among them, with their marks: the page says that they are not shown.
    """
    there: dict[str, Published] = {}
    for each in _read(source, _standing().order_by(PUBLICATIONS.c.published_at.desc())):
        held = there.setdefault(each.questionnaire, each)
        if each.about.closes_on > held.about.closes_on:
            there[each.questionnaire] = each
    told = [
        _finding(published, each)
        for published in there.values()
        for each in published_figures(source, published.id, WARD)
        if each.group == ward
    ]
    return [each for each in told if each is not None]


def files_of(source: Source, publication_id: int) -> list[File]:
    """The files of a publication, without their bytes."""
    columns = (FILES.c.kind, FILES.c.name, FILES.c.media_type, FILES.c.digest)
    wanted = select(*columns).where(FILES.c.publication_id == publication_id)
    return [File(**row._asdict()) for row in source.execute(wanted.order_by(FILES.c.kind))]


def content_of(source: Source, publication_id: int, kind: str) -> bytes | None:
    """The bytes of a published file."""
    wanted = select(FILES.c.content).where(
        FILES.c.publication_id == publication_id, FILES.c.kind == kind
    )
    row = source.execute(wanted).one_or_none()
    return bytes(row.content) if row else None


def figure_of(row: Any) -> Figure:
    """The figure in a stored row."""
    return Figure(
        indicator=row.indicator,
        breakdown=row.breakdown,
        group=row.group,
        label=row.label,
        estimator=row.estimator,
        method=row.method,
        estimate=Estimate.from_row(row._asdict()),
        change=change_of(row.change),
        targets=targets_of(row.targets),
    )


def _finding(publication: Published, figure: Figure) -> Finding | None:
    indicator = publication.about.indicator(figure.indicator)
    title = publication.about.breakdowns.get(figure.breakdown, figure.breakdown)
    return Finding(publication, indicator, title, figure) if indicator else None


def _standing() -> Select[Any]:
    return select(PUBLICATIONS).where(PUBLICATIONS.c.state == PublicationState.PUBLISHED)


def _out() -> Select[Any]:
    states: Sequence[PublicationState] = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
    return select(PUBLICATIONS).where(PUBLICATIONS.c.state.in_(states))


def _read(source: Source, wanted: Select[Any]) -> list[Published]:
    return [*editions_in(source.execute(wanted))]
