"""A rule about a number that is worked out, told by rules over answers alone."""

from engage.core.definition.condition import Calculated, Condition


def ways_to(condition: Condition, of: Calculated) -> Condition:
    """A rule about a number that is one of several, as rules over what makes it that one."""
    values: list[tuple[Condition | None, int]] = [(each.when, each.value) for each in of.cases]
    if of.otherwise is not None:
        values.append((None, of.otherwise))
    ways: list[Condition] = []
    earlier: tuple[Condition, ...] = ()
    for when, value in values:
        if condition.answered or condition.spans(value):
            ways.append(Condition(all_of=(*earlier, *((when,) if when else ()))))
        if when:
            earlier = (*earlier, Condition(negated=when))
    return Condition(any_of=tuple(ways))
