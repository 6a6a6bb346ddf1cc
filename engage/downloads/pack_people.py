"""Who answered, how the figures were made, and what is not shown, for a board pack."""

from collections import Counter
from typing import Any

from engage.core.cleaning.words import REMOVES
from engage.core.indicators.rounding import counts_told
from engage.core.representation.representation import Group
from engage.core.statistics.estimate import HIDDEN, LOW
from engage.core.words.mirror import MARGINS, STATES
from engage.core.words.rounding import percent
from engage.core.words.tens import count
from engage.downloads.content import Content
from engage.downloads.figure_words import notes
from engage.downloads.finding_notes import FAMILY, who_answered
from engage.figures.charted import MARKS

COMPLEMENTARY = (
    "Where one group of a table is not shown, a second one is left out as well: else the first "
    "could be worked out from the total."
)
AFRESH = "No other table or picture of these figures shows what is left out here."


def answered(content: Content) -> dict[str, Any]:
    """How many answered and were used, and each group beside the residents."""
    run, invited = content.run, content.told.definition.invited
    flow, found = run.flow, run.representation

    def told_of(number: int) -> str:
        return count(number, invited=invited)

    came, used = told_of(flow.received).capitalize(), told_of(flow.used)
    told = [f"{came} responses came in, and {used} are used."]
    for rule, number in flow.removed.items():
        if number:
            why = REMOVES[rule].label if rule in REMOVES else rule
            told.append(f"Left out: {why.lower()} ({told_of(number)}).")
    for about, said in who_answered(found):
        margin = about.partition(": ")[2].capitalize()
        told.append(f"{margin}: {said}" if margin else said)
    return {"says": told, "rows": [_group(each) for each in found.groups] if found else []}


def methods(content: Content) -> list[list[str]]:
    """How the figures are made: what each note is about, and the note."""
    told = notes(content.run.weighting, {figure.method for figure in content.figures})
    told = [("Who could answer", content.told.caveat), *told]
    if content.told.earlier:
        told.append(("Changes", FAMILY))
    return [[about, said] for about, said in told]


def suppressed(content: Content) -> dict[str, Any]:
    """How many figures are not shown in each breakdown, and why."""
    hidden, every = Counter[str](), Counter[str]()
    for each in content.figures:
        every[each.breakdown] += 1
        hidden[each.breakdown] += each.estimate.hidden
    why = [f"{HIDDEN} {MARKS[HIDDEN]}", COMPLEMENTARY, AFRESH, f"{LOW} {MARKS[LOW]}"]
    rounded = counts_told(content.run.counts_rounded_to)
    return {
        "says": [*why, *([rounded] if rounded else [])],
        "rows": [
            [title, f"{every[name]:,}", f"{hidden[name]:,}"]
            for name, title in content.titles.items()
            if every[name]
        ],
    }


def _group(group: Group) -> list[str]:
    shares = (
        HIDDEN if share is None else percent(share)
        for share in (group.sample_share, group.population_share)
    )
    people = HIDDEN if group.people is None else f"{group.people:,}"
    margin = MARGINS.get(group.margin, group.margin)
    return [f"{margin}: {group.name}", people, *shares, STATES[group.state]]
