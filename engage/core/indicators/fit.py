"""Whether a file of indicators fits its questionnaire: columns, answers, breakdowns, groups."""

from collections.abc import Iterator, Sequence

from engage.core.definition.check_tables import OWN_BREAKDOWNS
from engage.core.definition.codebook import Variable, variables
from engage.core.definition.faults import Fault
from engage.core.definition.model import Definition
from engage.core.indicators.model import Headline, Indicator, IndicatorFile, United, at_version

Problem = tuple[str, str]


def faults_of_fit(read: IndicatorFile, definitions: Sequence[Definition], file: str) -> list[Fault]:
    """Everything that a file names and its questionnaire lacks.

    `definitions` are the versions at hand, at least one, in any order. An indicator is held
    against the newest, and with revisions also against the newest before each revision.
    """
    versions = sorted(definitions, key=lambda each: each.version)
    found = [
        Fault(file, f"indicators/{each.id}", *problem)
        for each in read.indicators
        for problem in (*_ahead(each, versions[-1]), *_strangers(each, versions))
    ]
    newest = versions[-1]
    found += [Fault(file, "united", *each) for one in read.united for each in _united(one, newest)]
    found += [
        Fault(file, "headlines", *problem)
        for each in read.headlines
        for problem in _headline(each, newest, read.united)
    ]
    return found


def _ahead(indicator: Indicator, newest: Definition) -> Iterator[Problem]:
    """Breaks and revisions since a version that is not there yet."""
    for what, changes in (("break", indicator.breaks), ("revision", indicator.revisions)):
        for change in changes:
            if change.version > newest.version:
                named = f"it has a {what} since version {change.version}"
                problem = f"{named}, but the newest is version {newest.version}."
                yield problem, "Correct the number, or add that version of the questionnaire."


def _strangers(indicator: Indicator, versions: Sequence[Definition]) -> Iterator[Problem]:
    """What an indicator counts that its questionnaire does not ask."""
    limits = [each.version for each in indicator.revisions]
    last = [[each for each in versions if each.version < limit][-1:] for limit in limits]
    told: set[Problem] = set()
    for definition in [*(each for found in last for each in found), versions[-1]]:
        known = {variable.name: variable for variable in variables(definition)}
        for problem in _of_one(at_version(indicator, definition.version), known):
            if problem not in told:
                yield problem
            told.add(problem)


def _of_one(indicator: Indicator, known: dict[str, Variable]) -> Iterator[Problem]:
    for name in indicator.variables:
        variable = known.get(name)
        if variable is None:
            yield f"the questionnaire has no variable {name!r}.", "Correct its spelling."
            continue
        for code in indicator.codes:
            if code not in variable.categories:
                yield (
                    f"{name!r} has no answer {code!r}.",
                    f"Use some of: {', '.join(variable.categories[2:])}.",
                )


def _united(united: United, definition: Definition) -> Iterator[Problem]:
    groups = _groups(definition)
    if united.id in groups:
        problem = f"the id {united.id!r} is that of a breakdown of the questionnaire."
        yield problem, "Give it an id of its own."
    if united.of not in groups:
        problem = f"{united.id!r} is made of {united.of!r}, which is no breakdown."
        yield problem, f"Use one of: {', '.join(groups)}."
        return
    for part in (part for group in united.groups for part in group.parts):
        if part not in groups[united.of]:
            yield (
                f"{united.id!r} puts {part!r} in a group, which {united.of!r} does not have.",
                f"Use some of: {', '.join(groups[united.of])}.",
            )


def _headline(
    headline: Headline, definition: Definition, united: Sequence[United]
) -> Iterator[Problem]:
    breakdown, groups = headline.breakdown, _groups(definition)
    groups |= {each.id: tuple(group.code for group in each.groups) for each in united}
    if breakdown in OWN_BREAKDOWNS and breakdown not in groups:
        return  # overall, and areas, whose groups no questionnaire knows
    if breakdown not in groups:
        problem = f"{headline.indicator!r} is asked for by {breakdown!r}, which is no breakdown."
        yield problem, f"Use one of: {', '.join(groups)}."
    elif headline.group not in groups[breakdown]:
        asked = f"{headline.indicator!r} is asked for of {headline.group!r}"
        problem = f"{asked}, which {breakdown!r} does not have."
        yield problem, f"Use one of: {', '.join(groups[breakdown])}."


def _groups(definition: Definition) -> dict[str, tuple[str, ...]]:
    """The codes of the groups of every breakdown that a definition names."""
    return {each.id: tuple(group.code for group in each.groups) for each in definition.breakdowns}
