"""Which answers of the form count for how urgent a report looks, and what is said of each."""

from dataclasses import dataclass

YES = frozenset({"yes"})


@dataclass(frozen=True, slots=True)
class Rule:
    """The points for any of some codes of a question, and the sentence that explains them.

    `at_once` means that somebody was in danger when it was sent; `ask` that not knowing the
    answer is itself worth asking about.
    """

    question: str
    codes: frozenset[str]
    points: int
    sentence: str
    at_once: bool = False
    ask: bool = True


RULES: tuple[Rule, ...] = (
    Rule("danger_now", YES, 6, "Somebody was in danger when it was sent.", at_once=True),
    Rule(
        "injured_now", YES, 4, "Somebody was hurt and needed help when it was sent.", at_once=True
    ),
    Rule(
        "offender_there", YES, 4, "Whoever did it was still there when it was sent.", at_once=True
    ),
    Rule("victim_age", frozenset({"under_18"}), 4, "It concerns somebody under 18.", ask=False),
    Rule("victim_age", frozenset({"65_over"}), 1, "It concerns somebody of 65 or over.", ask=False),
    Rule("injury", YES, 3, "Somebody was injured."),
    Rule("escalating", YES, 3, "It is getting worse."),
    Rule("repeat", YES, 2, "It has happened before."),
    Rule("lives_with", YES, 3, "They live with somebody who does it."),
    Rule("afraid", YES, 2, "They are afraid."),
    Rule("vulnerable", YES, 2, "They need care or support, or find it hard to keep safe."),
    Rule("suspect_known", YES, 1, "They know who does it.", ask=False),
    Rule("damage", YES, 1, "Something was damaged.", ask=False),
    Rule(
        "kind_of_harm",
        frozenset({"trafficking", "honour"}),
        4,
        "This kind of harm can put a life in danger without a warning.",
        ask=False,
    ),
    Rule(
        "kind_of_harm",
        frozenset({"domestic", "sexual", "elder"}),
        2,
        "In this kind of harm, whoever does it is often close by.",
        ask=False,
    ),
)
"""Every rule; one answer can meet several questions' rules, and each is counted once."""
