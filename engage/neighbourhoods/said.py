"""What people said, by the newest published figures: of a ward beside the borough, or of all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from engage.areas.store import groups, ward_groups, ward_names
from engage.core.definition.names import Names
from engage.published import store
from engage.published.about import Named
from engage.published.edition import Published
from engage.published.figure import Figure
from engage.published.named import named, names_for
from engage.published.page import MOST_CHARTS
from engage.published.store import ALL, OVERALL, WARD

AREA_GROUP = "area_group"
Figures = dict[str, Figure]
"""Figures of one group, by indicator."""


@dataclass(frozen=True, slots=True)
class Place:
    """A ward with the area group that it lies in; without a code the whole borough."""

    code: str = ""
    name: str = ""
    group: str = ""
    group_name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: its figure here, of the area group where that is not shown, of the borough.

    `here` may be hidden, and says so then. `group` and `borough` are there only where their
    figures are shown.
    """

    indicator: Named
    here: Figure | None
    group: Figure | None
    borough: Figure | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What one survey found: the figures that lead, and the rest, as `names` call them."""

    published: Published
    names: Names = field(repr=False)
    leading: Sequence[Row]
    others: Sequence[Row]

    @property
    def address(self) -> str:
        """The page of its results."""
        return f"/results/{self.published.slug}/{self.published.wave_id}"

    @property
    def rows(self) -> Sequence[Row]:
        """All of them, those that lead first."""
        return (*self.leading, *self.others)


def place_of(session: Session, ward: str) -> Place | None:
    """The ward of a code with its area group; none where no such ward is on record."""
    name = ward_names(session).get(ward)
    if name is None:
        return None
    group = ward_groups(session).get(ward, "")
    return Place(ward, name, group, groups(session).get(group, ""))


def surveys(session: Session, place: Place, today: date) -> list[Survey]:
    """The newest results of every survey, in the order they came out; never what was withdrawn."""
    names = [each.questionnaire for each in store.publications(session, today)]
    found = (store.newest(session, each) for each in dict.fromkeys(names))
    return [_survey(session, each, place) for each in found if each is not None]


def told(figure: Figure | None) -> bool:
    """Whether there is a figure that may be shown, of at least somebody."""
    return figure is not None and not figure.estimate.hidden and not figure.estimate.empty


def _survey(session: Session, published: Published, place: Place) -> Survey:
    whole = _figures(session, published, OVERALL, ALL)
    ward = _figures(session, published, WARD, place.code) if place.code else {}
    grouped = _figures(session, published, AREA_GROUP, place.group) if place.group else {}
    names = names_for(session, published)
    published = named(published, names)
    led = {key[0] for key in published.about.headlines}
    indicators = published.about.indicators
    if len(indicators) <= MOST_CHARTS or not led:
        led = {each.id for each in indicators[:MOST_CHARTS]}
    made = [_row(each, place, ward, grouped, whole) for each in indicators]
    kept = [each for each in made if each.here or each.group or each.borough]
    return Survey(
        published,
        names,
        leading=[each for each in kept if each.indicator.id in led],
        others=[each for each in kept if each.indicator.id not in led],
    )


def _row(indicator: Named, place: Place, ward: Figures, grouped: Figures, whole: Figures) -> Row:
    borough = whole.get(indicator.id)
    here = ward.get(indicator.id) if place.code else borough
    group = None if told(here) else grouped.get(indicator.id)
    return Row(
        indicator,
        here,
        group if told(group) else None,
        borough if told(borough) else None,
    )


def _figures(session: Session, published: Published, breakdown: str, group: str) -> Figures:
    found = store.published_figures(session, published.id, breakdown, group=group)
    return {each.indicator: each for each in found}
