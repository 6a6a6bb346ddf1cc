"""Which rules run and what each does: versions, so that a past one can be applied again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from engage.core.cleaning import rules
from engage.core.cleaning.batteries import batteries
from engage.core.cleaning.rules import GIBBERISH, HONEYPOT, Rule, Thresholds
from engage.core.cleaning.signs import FLAGS
from engage.core.definition.model import Definition

RULES: Mapping[str, Rule] = {
    "trial": rules.trial,
    "before_opening": rules.before_opening,
    "out_of_scope": rules.out_of_scope,
    "same_submission": rules.same_submission,
    "identical_answers": rules.identical_answers,
    "mostly_empty": rules.mostly_empty,
    "speeding": rules.speeding,
    "straight_lining": rules.straight_lining,
    "inconsistent": rules.inconsistent,
    "honeypot": rules.honeypot,
    "odd_start": rules.odd_start,
    "busy_network": rules.busy_network,
    "no_proof": rules.no_proof,
    "gibberish": rules.gibberish,
    "out_of_range": rules.out_of_range,
}
"""Every rule in the order in which they are tried."""


class Action(StrEnum):
    """What is done where a rule fires.

    `remove`: the response is not used. `flag`: it is, with a mark for a person. `clear`: the
    answers in question are set to missing. Contradictions and codes out of range are cleared
    from whatever is used, unless their rule is told to `ignore` them.
    """

    REMOVE = "remove"
    FLAG = "flag"
    CLEAR = "clear"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the rules: what each does, in the order of `RULES`, and what they go by.

    A rule that is not named does nothing. A set never changes once figures were made with it:
    a change is the next version.
    """

    version: int
    actions: Mapping[str, Action]
    limits: Thresholds = field(default_factory=Thresholds)

    def action(self, rule: str, definition: Definition) -> Action:
        """What the rule does in a survey: the survey's own choice, if it made one."""
        own = self.actions.get(rule, Action.IGNORE)
        chosen = definition.cleaning.actions.get(rule)
        return Action(chosen) if chosen and rule in self.actions else own

    def limits_for(self, definition: Definition, given: Thresholds | None = None) -> Thresholds:
        """What the rules go by in a survey: `given` or the set's own, then the survey's own."""
        own: dict[str, Any] = dict(definition.cleaning.limits)
        return replace(given or self.limits, **own)


RULE_SETS: Mapping[int, RuleSet] = {
    1: RuleSet(
        1,
        {
            "out_of_scope": Action.REMOVE,
            "same_submission": Action.REMOVE,
            "identical_answers": Action.FLAG,
            "mostly_empty": Action.REMOVE,
            "speeding": Action.FLAG,
        },
    ),
    2: RuleSet(
        2,
        {
            "trial": Action.REMOVE,
            "before_opening": Action.REMOVE,
            "out_of_scope": Action.REMOVE,
            "same_submission": Action.REMOVE,
            "identical_answers": Action.FLAG,
            "mostly_empty": Action.REMOVE,
            "speeding": Action.FLAG,
            "straight_lining": Action.FLAG,
            "inconsistent": Action.REMOVE,
            "honeypot": Action.FLAG,
            "gibberish": Action.FLAG,
            "out_of_range": Action.CLEAR,
        },
    ),
    3: RuleSet(
        3,
        {
            "trial": Action.REMOVE,
            "before_opening": Action.REMOVE,
            "out_of_scope": Action.REMOVE,
            "same_submission": Action.REMOVE,
            "identical_answers": Action.FLAG,
            "mostly_empty": Action.REMOVE,
            "speeding": Action.FLAG,
            "straight_lining": Action.FLAG,
            "inconsistent": Action.REMOVE,
            "honeypot": Action.FLAG,
            "odd_start": Action.FLAG,
            "busy_network": Action.FLAG,
            "no_proof": Action.FLAG,
            "gibberish": Action.FLAG,
            "out_of_range": Action.CLEAR,
        },
    ),
}
NOTED_ON_SENDING = ("honeypot", "odd_start", "busy_network", "no_proof")
"""Rules that go by what was noted as a response was begun and sent."""
NEWEST = RULE_SETS[max(RULE_SETS)]


def can_fire(rule: str, definition: Definition, table: pd.DataFrame, limits: Thresholds) -> bool:
    """Whether the rule has anything to go by here.

    One that has not is left out of the flow, where a 0 would say that somebody had looked.
    """
    if rule == "before_opening":
        return limits.opens_on is not None
    if rule == "straight_lining":
        return len(batteries(definition, limits.least_items)) >= limits.least_batteries
    if rule == "inconsistent":
        return bool(definition.cleaning.conflicts)
    if rule in NOTED_ON_SENDING:
        # Paper and older responses have no flags at all: that says nothing.
        return HONEYPOT in table or _any_flags(table)
    return rule != "gibberish" or GIBBERISH in table


def _any_flags(table: pd.DataFrame) -> bool:
    return FLAGS in table and any(table[FLAGS].cat.categories)
