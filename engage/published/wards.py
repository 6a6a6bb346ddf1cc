"""One published figure on the map of the wards, from the published rows and nothing else."""

from collections.abc import Sequence

from flask_babel import gettext as _

from engage.areas.outlines import WardOutline
from engage.core.charts import table as tables
from engage.core.charts.units import Unit
from engage.core.charts.ward_map import Shape, bands, printed, ward_map
from engage.core.statistics.estimate import EMPTY
from engage.published import words
from engage.published.about import Named
from engage.published.blocks import Block, bar
from engage.published.figure import Figure
from engage.published.store import WARD

ANCHOR = "map"


def map_of(
    indicator: Named, figures: Sequence[Figure], outlines: Sequence[WardOutline]
) -> Block | None:
    """The wards by one figure; none where it has no row by ward, or no ward was ever drawn."""
    mine = {
        each.group: each
        for each in figures
        if (each.indicator, each.breakdown) == (indicator.id, WARD)
    }
    if not mine or not outlines:
        return None
    shapes = [_shape(each, indicator, mine.get(each.code)) for each in outlines]
    unit: Unit = "percent" if indicator.unit == "percent" else "score"
    title = _("%(name)s: map of the wards", name=indicator.name)
    return Block(
        anchor=ANCHOR,
        title=_("Map of the wards"),
        said=_said(shapes, unit),
        svg=ward_map(
            shapes,
            title=title,
            unit=unit,
            bands=bands([each.value for each in shapes if each.value is not None]),
            words=words.of_charts(),
        ),
        table=tables.of_wards(
            shapes,
            caption=title,
            unit=unit,
            columns=(_("Ward"), _("Number on the map"), _("Figure")),
        ),
    )


def _shape(drawn: WardOutline, indicator: Named, figure: Figure | None) -> Shape:
    if figure is None:
        return Shape(drawn.code, drawn.name, drawn.path, None, mark=EMPTY, at=drawn.label)
    row = bar(indicator, figure, drawn.name)
    return Shape(drawn.code, drawn.name, drawn.path, row.value, row.mark, row.shown, at=drawn.label)


def _said(shapes: Sequence[Shape], unit: Unit) -> list[str]:
    """From which ward to which, and that their order may be chance."""
    shown = [(each.value, each) for each in shapes if each.value is not None]
    if len(shown) < 2:
        return []
    (_least, low), (_most, high) = min(shown, key=_value), max(shown, key=_value)
    told = _(
        "From %(low)s in %(first)s to %(high)s in %(last)s.",
        low=printed(low, unit),
        first=low.name,
        high=printed(high, unit),
        last=high.name,
    )
    return [told, _("Which ward is higher may be chance. The chart below shows how far.")]


def _value(pair: tuple[float, Shape]) -> float:
    return pair[0]
