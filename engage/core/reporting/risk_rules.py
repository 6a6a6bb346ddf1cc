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
    Rule("afraid", frozenset({"very"}), 4, "They are very afraid."),
    Rule("afraid", frozenset({"some"}), 2, "They are somewhat afraid."),
    Rule("escalating", YES, 3, "It is getting worse."),
    Rule("repeat", YES, 2, "The same people have done something like it before."),
    Rule("lives_with", YES, 3, "They live with, or next to, whoever did it."),
    Rule("vulnerable", frozenset({"self_harm"}), 6, "They think of hurting themselves.", ask=False),
    Rule("vulnerable", frozenset({"children"}), 2, "There are children with them."),
    Rule(
        "vulnerable",
        frozenset({"alone", "health", "care", "money", "papers", "home"}),
        2,
        "Something about how they live makes it harder to stay safe.",
    ),
    Rule("victim_age", frozenset({"under_18"}), 4, "It concerns somebody under 18.", ask=False),
    Rule("victim_age", frozenset({"65_over"}), 1, "It concerns somebody of 65 or over.", ask=False),
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
    Rule("incident_types", frozenset({"weapon"}), 3, "There was a weapon.", ask=False),
    Rule("incident_types", frozenset({"fire"}), 3, "Something was set on fire.", ask=False),
    Rule("incident_types", frozenset({"threat"}), 2, "Somebody was threatened.", ask=False),
    Rule("incident_types", frozenset({"forced"}), 3, "Somebody was forced.", ask=False),
    Rule("injury", frozenset({"treated"}), 4, "Somebody was hurt and treated for it."),
    Rule("injury", frozenset({"minor", "mind"}), 2, "Somebody was hurt."),
    Rule("how_often", frozenset({"often", "ongoing"}), 2, "It happens often.", ask=False),
    Rule(
        "suspect_known",
        frozenset({"partner", "family", "carer"}),
        3,
        "They depend on, or are close to, whoever did it.",
        ask=False,
    ),
    Rule(
        "suspect_known",
        frozenset({"neighbour", "known"}),
        1,
        "They know whoever did it, or live near them.",
        ask=False,
    ),
)
"""Every rule. Each is counted once, however many of its codes were given; a question can have
several, for codes that weigh differently."""
