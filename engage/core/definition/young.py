"""Whether people under 18 may answer a questionnaire."""

from engage.core.definition.model import Definition

GROWN_UP = 18


def may_be_young(definition: Definition) -> bool:
    """Whether somebody under 18 can get to its end.

    Nobody is asked to prove an age. Who asks for none, or turns no young age away, may be answered
    by a child.
    """
    age = definition.role("age")
    if age is None:
        return True
    told = [each for each in age.options if each.age]
    return not told or any(each.eligible and each.age[0] < GROWN_UP for each in told if each.age)
