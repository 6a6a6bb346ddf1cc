"""The responses of a bundle: safe to share in the council, with weights that tell of nobody."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.core.cleaning.by_hand import by_hand
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.definition.codebook import MISSING
from engage.core.export.disguise import telling_columns
from engage.core.export.responses import WEIGHT, Areas, ResponsesFile
from engage.core.export.safe_responses import safe_responses
from engage.core.export.shared_weights import Leading, adjusted
from engage.downloads.content import Content
from engage.downloads.made import NothingToMakeError, OldFiguresError, Wanted
from engage.figures.breakdowns import visitors
from engage.figures.inputs import Inputs
from engage.figures.read import read
from engage.figures.used import digest_of
from engage.figures.weighed import each_weight
from engage.figures.words import OVERALL
from engage.responses.taking_up import last_use


@dataclass(frozen=True, slots=True)
class Coded:
    """Responses with weights, and the leading figures that come out of them as published."""

    file: ResponsesFile
    leading: tuple[Leading, ...]


def coded(session: Session, wanted: Wanted, content: Content) -> Coded:
    """The used responses, made safe, with weights.

    Raises OldFiguresError where the figures were made from other responses, and
    NothingToMakeError where the answers are due to be deleted.
    """
    wave, definition = wanted.wave, wanted.definition
    if wave.delete_on <= day_of(wanted.now):
        raise NothingToMakeError(
            f"The answers of wave {wave.id} were due to be deleted on {wave.delete_on}."
        )
    given = read(session, wave)
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(definition, given.table, limits)
    used = last_use(session, wave.id)
    older = used is not None and used > content.run.made_at
    people = digest_of(cleaned.table.loc[~visitors(definition, cleaned.table)])
    if older or cleaned.flow != content.run.flow or content.run.flow.people not in {"", people}:
        raise OldFiguresError(f"The figures of wave {wave.id} are older than its answers.")
    borough = Areas(given.areas.wards, given.areas.groups, given.areas.group_of)
    weights = each_weight(given, cleaned.table)
    made = safe_responses(definition, cleaned.table, borough, weights=weights)
    tilted, leading = adjusted(made.table, _leading(content, given, made))
    table, log = made.table.assign(**{WEIGHT: tilted}), (*made.log, *by_hand(cleaned.flow))
    return Coded(replace(made, table=table, log=log), leading)


def _leading(content: Content, given: Inputs, made: ResponsesFile) -> list[Leading]:
    """The leading figures of everybody that are published and can be had from these columns."""
    who = set(telling_columns(given.definition, area_group=bool(given.areas.groups)))
    plain = {column.name for column in made.columns} - who
    found = []
    for headline in given.headlines:
        indicator, figure = content.by_id.get(headline.indicator), content.estimate(headline.key)
        if headline.breakdown != OVERALL or indicator is None or figure is None:
            continue
        seen = plain.issuperset(indicator.variables) and not set(MISSING) & set(indicator.codes)
        if seen and not (figure.hidden or figure.empty):
            found.append(Leading(indicator, figure.value))
    return found
