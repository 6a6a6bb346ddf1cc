"""An action as a page shows it: with the findings and quotes that everybody may see now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engage.actions.content import Content, Finding
from engage.actions.words import STATES, THEMES
from engage.areas.store import ward_names
from engage.followup.forms import written
from engage.freetext.released import ReleasedQuote, quotes_by_id
from engage.published.store import (
    ALL,
    OVERALL,
    WARD,
    publications,
    published_figures,
    published_finding,
)
from engage.published.words import shown as figure_in_words

LONGEST = 90


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A published figure in a line, and where it stands on the site."""

    name: str
    group: str
    figure: str
    survey: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownAction:
    """All that a page says of an action. Without wards it is for the whole borough."""

    id: int
    content: Content
    state: str
    theme: str
    wards: tuple[str, ...]
    findings: tuple[ShownFinding, ...]
    quotes: tuple[ReleasedQuote, ...]
    shown_at: datetime | None = None

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all actions."""
        return f"action-{self.id}"


def shown(
    session: Session,
    number: int,
    content: Content,
    shown_at: datetime | None = None,
    names: Mapping[str, str] | None = None,
) -> ShownAction:
    """The action with names for its codes; what was withdrawn or taken back is left out."""
    wards = ward_names(session) if names is None else names
    found = (_finding(session, each) for each in content.findings)
    return ShownAction(
        id=number,
        content=content,
        state=str(STATES.get(content.state, content.state)),
        theme=str(THEMES.get(content.theme, content.theme)),
        wards=tuple(wards.get(each, each) for each in content.wards),
        findings=tuple(each for each in found if each is not None),
        quotes=tuple(quotes_by_id(session, content.quotes)),
        shown_at=shown_at,
    )


def choices(session: Session, today: date, wards: tuple[str, ...]) -> dict[str, str]:
    """The published findings that an action can answer: of everybody, and of its own wards."""
    return dict(_choices(session, today, wards))


def _choices(session: Session, today: date, wards: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for each in publications(session, today):
        if each.withdrawn:
            continue
        for figure in published_figures(session, each.id):
            whole = (figure.breakdown, figure.group) == (OVERALL, ALL)
            indicator = each.about.indicator(figure.indicator)
            here = figure.breakdown == WARD and figure.group in wards
            if indicator is None or figure.estimate.hidden or not (whole or here):
                continue
            names = (figure.indicator, figure.breakdown, figure.group)
            finding = Finding(each.questionnaire, each.wave_id, *names)
            of = "" if whole else f", {figure.label}"
            label = f"{each.about.title}, {each.about.wave}: {indicator.name}{of}"
            yield written(finding), label if len(label) < 2 * LONGEST else f"{label[:170]}…"


def _finding(session: Session, finding: Finding) -> ShownFinding | None:
    found = published_finding(
        session,
        finding.questionnaire,
        finding.wave_id,
        finding.indicator,
        finding.breakdown,
        finding.group,
    )
    if found is None:
        return None
    about = found.publication.about
    whole = (finding.breakdown, finding.group) == (OVERALL, ALL)
    return ShownFinding(
        name=found.indicator.name,
        group="" if whole else found.figure.label,
        figure=figure_in_words(found.indicator, found.figure.estimate),
        survey=f"{about.title}, {about.wave}",
        address=found.address,
    )
