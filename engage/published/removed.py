"""How many answers came in and were left out, told so that no few of them can be worked out.

Answers received less those used are those left out. So what is fewer than ten is not told beside
numbers that leave it over: it is told together with other reasons.
"""

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.words import REMOVES, Told
from engage.core.words.marked import marked
from engage.core.words.tens import TEN, count

FEW = "fewer than 10"
NEARLY = "fewer than 10 more than we used"
OTHER = Told(marked("Other reasons"), "")


def people(number: int, to: int, *, invited: bool) -> str:
    """A number of people as everyone may read it, rounded to multiples of `to`."""
    if 0 < number < TEN:
        return FEW
    return count(number if to == 1 else round(number / to) * to, invited=invited)


def received(flow: Flow, to: int, *, invited: bool) -> str:
    """How many answers came in; where all but a few of them are used, only that."""
    if 0 < flow.received - flow.used < TEN:
        return NEARLY
    return people(flow.received, to, invited=invited)


def removed(flow: Flow, to: int, *, invited: bool) -> tuple[tuple[str, str, str], ...]:
    """Why answers are not used: what it is called, how many, and the reason.

    Reasons of fewer than ten people are told as one, with the next larger one where they are too
    few together, so that the rest of the numbers does not tell them.
    """
    rules = {rule: number for rule, number in flow.removed.items() if number}
    named = {rule for rule in rules if rule in REMOVES}
    few = {rule for rule, number in rules.items() if number < TEN or rule not in named}
    for rule in sorted(rules, key=rules.__getitem__):
        if few and (sum(rules[each] for each in few) < TEN or len(few) == 1):
            few.add(rule)
    told = [(REMOVES[rule], number) for rule, number in rules.items() if rule not in few]
    if few:
        told.append(
            (_together([rule for rule in rules if rule in few]), sum(rules[e] for e in few))
        )
    return tuple(
        (each.label, people(number, to, invited=invited), each.reason) for each, number in told
    )


def _together(rules: list[str]) -> Told:
    """Several reasons in the words of one."""
    known = [REMOVES.get(rule, OTHER) for rule in rules]
    labels = [each.label for each in known]
    reasons = [f"{each.label}: {each.reason}" for each in known if each.reason]
    return Told("; ".join(labels), " ".join(reasons if len(known) > 1 else [known[0].reason]))
