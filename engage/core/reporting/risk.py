"""How urgent a report looks, in points that each say where they come from.

The points are ours, not a clinical or a police instrument: they put an inbox in an order and say
why. They never decide anything. A person reads the reasons and gives a judgement of their own,
which stands above the points wherever both are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engage.core.reporting.fields import codes_of
from engage.core.reporting.risk_rules import RULES


class Urgency(StrEnum):
    """How soon somebody should look; what the points suggest, and what a person judges."""

    STANDARD = "standard"
    RAISED = "raised"
    HIGH = "high"


RAISED_FROM, HIGH_FROM = 4, 9
"""Points from which a report looks raised, and high."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was answered, the points for it, and a sentence that says so."""

    question: str
    points: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Risk:
    """The points of a report with their reasons, the weightiest first.

    `at_once` are the questions whose answers mean that somebody was in danger as it was sent.
    `unanswered` are questions about risk to which nobody gave an answer: it is not known that all
    is well there.
    """

    points: int
    reasons: tuple[Reason, ...]
    at_once: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def score(self) -> int:
        """The points by which an inbox is put in order: in danger now is never below high."""
        return max(self.points, HIGH_FROM) if self.at_once else self.points

    @property
    def suggests(self) -> Urgency:
        """What the points suggest; an answer that means danger now is high whatever they say."""
        return urgency_of(self.score)


def urgency_of(score: int) -> Urgency:
    """What so many points suggest."""
    if score >= HIGH_FROM:
        return Urgency.HIGH
    return Urgency.RAISED if score >= RAISED_FROM else Urgency.STANDARD


def weigh(answers: Mapping[str, object]) -> Risk:
    """The risk that answers tell of: question id to its code, or to several."""
    met = [rule for rule in RULES if rule.codes & {*codes_of(answers.get(rule.question))}]
    reasons = sorted(
        (Reason(rule.question, rule.points, rule.sentence) for rule in met),
        key=lambda reason: -reason.points,
    )
    return Risk(
        points=sum(reason.points for reason in reasons),
        reasons=tuple(reasons),
        at_once=tuple(rule.question for rule in met if rule.at_once),
        unanswered=_unanswered(answers),
    )


def _unanswered(answers: Mapping[str, object]) -> tuple[str, ...]:
    """The questions of the rules without an answer that says something, each once, in order."""
    asked = dict.fromkeys(rule.question for rule in RULES if rule.ask)
    return tuple(each for each in asked if not {*codes_of(answers.get(each))} - NOTHING_SAID)


NOTHING_SAID = frozenset({"", "dont_know", "prefer_not", "prefer_not_to_say"})
"""Codes by which somebody answers without saying."""
