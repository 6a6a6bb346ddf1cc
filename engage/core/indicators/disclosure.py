"""What suppression must know about a set of indicators."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from engage.core.definition.codebook import variables_of
from engage.core.definition.model import Definition
from engage.core.disclosure.policy import Policy, Share
from engage.core.indicators.model import Indicator, Kind

# Kinds that tell of one question's answers more than a share does.
_SCORES = {Kind.MEAN, Kind.SUM_MEAN}


def disclosure(
    indicators: Sequence[Indicator], definition: Definition | None = None, *, counts: int = 1
) -> Policy:
    """The default policy, with what ties these indicators to one another.

    A definition may say how many people a figure needs; with one it is also known which indicators
    are asked of those only who gave some answer before.
    Numbers of people are shown rounded to multiples of `counts`.
    """
    shares = {each.id: _share(each) for each in indicators if each.kind is Kind.PROPORTION}
    made_of = {each.id: _made_of(each, shares) for each in indicators}
    leads = _leads(indicators, definition) if definition else {}
    usual = Policy()
    return Policy(
        smallest_base=(definition and definition.smallest_base) or usual.smallest_base,
        round_counts_to=counts,
        sensitive=frozenset(each.id for each in indicators if each.sensitive),
        complements=tuple(
            (a, b) for a, b in combinations(shares, 2) if _complementary(shares[a], shares[b])
        ),
        shares=shares,
        unions={
            each.id: made_of[each.id]
            for each in indicators
            if each.kind is Kind.ANY
            and {shares[part].variable for part in made_of[each.id]} == set(each.variables)
        },
        goes_with={
            each.id: frozenset(given)
            for each in indicators
            if (given := {*_telling(each, made_of[each.id], shares), *leads.get(each.id, ())})
        },
    )


def _share(indicator: Indicator) -> Share:
    return Share(indicator.variables[0], frozenset(indicator.numerator), frozenset(indicator.base))


def _complementary(a: Share, b: Share) -> bool:
    """Whether everybody in the base is in exactly one of the two numerators."""
    return (
        (a.variable, a.base) == (b.variable, b.base)
        and bool(a.base)
        and a.numerator.isdisjoint(b.numerator)
        and a.numerator | b.numerator == a.base
    )


def _made_of(indicator: Indicator, shares: Mapping[str, Share]) -> tuple[str, ...]:
    """The shares, by themselves in the set, of which an indicator of several is made."""
    parts = {
        (variable, frozenset(indicator.numerator), frozenset(indicator.base))
        for variable in indicator.variables
    }
    return tuple(
        name
        for name, share in shares.items()
        if name != indicator.id and (share.variable, share.numerator, share.base) in parts
    )


def _telling(
    indicator: Indicator, made_of: Sequence[str], shares: Mapping[str, Share]
) -> Iterator[str]:
    """The shares that an indicator would give away: those it is the mean of, or a score of one."""
    if indicator.kind is Kind.MEAN_OF_PROPORTIONS:
        yield from made_of
    if indicator.kind in _SCORES and len(indicator.variables) == 1:
        for name, share in shares.items():
            if share.variable == indicator.variables[0]:
                yield name


def _leads(indicators: Sequence[Indicator], definition: Definition) -> dict[str, frozenset[str]]:
    """For each indicator those of the questions by whose answers it is asked.

    Its base tells how many gave that answer.
    """
    asked = {
        variable.name: question
        for question in definition.questions.values()
        for variable in variables_of(question)
    }
    about: dict[str, set[str]] = {}
    for each in indicators:
        for variable in each.variables:
            if variable in asked:
                about.setdefault(asked[variable].id, set()).add(each.id)
    leads: dict[str, frozenset[str]] = {}
    for each in indicators:
        conditions = [asked[name].show_if for name in each.variables if name in asked]
        before = {name for rule in conditions if rule for name in rule.questions()}
        leads[each.id] = frozenset().union(*(about.get(name, set()) for name in before)) - {each.id}
    return leads
