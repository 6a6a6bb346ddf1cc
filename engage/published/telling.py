"""What a publication says besides its figures, gathered from what is stored of a run."""

from collections.abc import Collection

from engage.clock import day_of
from engage.core.indicators.model import Headline, Indicator, at_version
from engage.core.words.figure import scale_ends
from engage.extensions import site_settings
from engage.figures.told import Told
from engage.figures.words import breakdown_titles, weighting_in_words
from engage.published.about import About, Named
from engage.published.removed import people, received, removed


def about(
    told: Told,
    indicators: Collection[Indicator],
    breakdowns: Collection[str],
    headlines: Collection[Headline],
) -> About:
    """All that the page of a publication says besides figures; `indicators` are those chosen."""
    settings = site_settings()
    wave, run, definition = told.wave, told.run, told.definition
    chosen = [at_version(each, definition.version) for each in indicators]
    ids = {each.id for each in chosen}
    led = [each for each in headlines if each.indicator in ids and each.breakdown in breakdowns]
    return About(
        title=definition.title,
        wave=wave.name,
        definition_version=definition.version,
        opens_on=wave.opens_on.isoformat(),
        closes_on=wave.closes_on.isoformat(),
        run_made_at=day_of(run.made_at).isoformat(),
        sample=wave.sample,
        invited=definition.invited,
        population=definition.population,
        made_up=wave.made_up,
        counts_rounded_to=run.counts_rounded_to,
        received=received(run.flow, run.counts_rounded_to, invited=definition.invited),
        used=people(run.flow.used, run.counts_rounded_to, invited=definition.invited),
        removed=removed(run.flow, run.counts_rounded_to, invited=definition.invited),
        weighted=run.weighting.weighted,
        weighting=tuple(filter(None, weighting_in_words(run.weighting))),
        caveat=told.caveat,
        indicators=tuple(map(_named, chosen)),
        breakdowns=breakdown_titles(definition, breakdowns),
        headlines=tuple(each.key for each in led),
        titles=tuple(each.title for each in led),
        licence=settings.figures_licence,
        people=run.flow.people,
    )


def _named(indicator: Indicator) -> Named:
    percentage = indicator.kind.is_percentage
    low, high = (0.0, 1.0) if percentage else scale_ends(indicator)
    return Named(
        id=indicator.id,
        name=indicator.name,
        unit="percent" if percentage else "score",
        question=indicator.question,
        better=indicator.better.value,
        note=indicator.note,
        low=low,
        high=high,
        share=indicator.kind.is_share,
        sensitive=indicator.sensitive,
        several=len(indicator.variables),
    )
