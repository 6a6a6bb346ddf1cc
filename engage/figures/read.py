"""Reading all that a wave's figures are made from, in the worker."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.areas import store as areas
from engage.core.cleaning.by_hand import with_decisions
from engage.core.cleaning.rule_sets import NEWEST, Action
from engage.core.cleaning.rules import GIBBERISH
from engage.core.definition.codebook import variables
from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.indicators.model import Indicator, at_version
from engage.core.words.tens import TEN
from engage.extensions import site_settings
from engage.figures.breakdowns import Areas
from engage.figures.indicators import indicator_file_of
from engage.figures.inputs import Inputs
from engage.responses.coded import coded_responses
from engage.responses.taking_up import decided
from engage.responses.wording import without_words
from engage.waves.models import PublishedDefinition, Wave
from engage.waves.published import definition_of


def read(session: Session, wave: Wave, *, flags: bool = True) -> Inputs:
    """What a wave's figures are made from: its answers as they were sent, and what is on record.

    The definition of the wave says how it was asked; the file of indicators is the one of today.
    Without `flags` what people wrote is looked at only where that decides who is used: enough for
    a table cleaned without flags.
    """
    definition = definition_of(wave.definition)
    table = coded_responses(session, wave.id, wave.definition_id, definition)
    if _judged(definition, flags=flags):
        marked = without_words(session, wave.id, definition)
        table = table.assign(**{GIBBERISH: table["@id"].isin(marked).to_numpy()})
    table = with_decisions(table, decided(session, wave.id))
    file = indicator_file_of(wave.questionnaire)
    newest = select(func.max(PublishedDefinition.version))
    last = session.scalar(newest.filter_by(questionnaire=wave.questionnaire))
    return Inputs(
        wave=wave.name,
        definition=definition,
        table=table,
        indicators=[*_asked(file.indicators, definition, newest=definition.version == last)],
        population=areas.population_rows(session),
        areas=Areas(areas.ward_names(session), areas.groups(session), areas.ward_groups(session)),
        headlines=file.headlines,
        united=file.united,
        opens_on=wave.opens_on,
        counts_rounded_to=_rounded_to(definition),
    )


def _rounded_to(definition: Definition) -> int:
    """To what numbers of people are rounded: of those with a code in hand, to ten at least.

    With exact numbers somebody could see whether one whom they know has answered since yesterday.
    """
    usual: int = site_settings().counts_rounded_to
    return max(usual, TEN) if definition.invited else usual


def _judged(definition: Definition, *, flags: bool) -> bool:
    """Whether what people wrote is looked at: nobody's words are read for nothing."""
    wrote = any(question.kind in TEXT_KINDS for question in definition.questions.values())
    acts = {Action.REMOVE, Action.CLEAR} | ({Action.FLAG} if flags else set())
    return wrote and NEWEST.action("gibberish", definition) in acts


def _asked(
    indicators: Sequence[Indicator], definition: Definition, *, newest: bool
) -> Iterator[Indicator]:
    """The indicators as this version asks them; in the newest all are.

    In an earlier one those that it does not ask yet are left out. In the newest that would be a
    fault of the file, which must not go unseen.
    """
    known = {variable.name for variable in variables(definition)}
    for each in indicators:
        made = at_version(each, definition.version)
        if newest or known.issuperset(made.variables):
            yield made
