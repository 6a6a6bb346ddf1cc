"""What the invented reports of the demonstration say. None of it happened to anybody."""

import random
from datetime import date, timedelta
from typing import Any

from engage.core.reporting.periods import over
from engage.core.reporting.wishes import UNDER_18

REPORTS = 160
"""So many that their figures can be shown: what is made of fewer than five is hidden."""
LATE = 20
"""The reports of the last weeks; all others came in the half-year that is over."""
CODE = "4821773019566402"
"""The receipt code of the first report, printed with the logins."""
AGES = ("18_to_64",) * 7 + ("65_over",) * 2 + (UNDER_18,)
POLICE = ("full",) * 4 + ("no_contact",) * 2 + ("anonymous",) * 2 + ("nothing", "later")
NAMES = ("Amina Odell", "Ben Lark", "Ewa Marsh", "Femi Thorne", "Ines Calder")
OPEN = 10
"""The first reports, of which none is closed."""
CHILD = OPEN
"""A report of yesterday about somebody under 18, which no safeguarding lead has read."""
OUTCOMES = ("support", "support", "police", "police", "police", "landlord", "information", "none")

NARRATIVES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("hate", ("race",), ("verbal",), "A man at the bus stop told us to go home and swore at us."),
    ("hate", ("race",), ("damage",), "Somebody sprayed words on our door in the night."),
    ("hate", ("religion",), ("verbal", "threat"), "Two men shouted at my mother for her scarf."),
    ("domestic", (), ("control", "threat"), "He takes her phone and does not let her go out."),
    ("hate", ("race", "religion"), ("physical",), "They threw stones at us after prayers."),
    ("hate", ("disability",), ("harassment",), "Children follow him and copy how he walks."),
    ("hate", ("sexual_orientation",), ("verbal",), "A group called us names when we held hands."),
    ("hate", ("race",), ("online",), "Somebody sends me messages about where I come from."),
    ("elder", (), ("theft", "neglect"), "Her nephew keeps her pension and she has little to eat."),
    ("hate", ("race",), ("refusal",), "The shop did not serve us and said why."),
    ("hate", ("transgender",), ("harassment", "online"), "They post pictures of me and insults."),
    ("honour", (), ("forced", "threat"), "She says she has to marry and does not want to."),
    ("hate", ("race",), ("verbal", "threat"), "A driver got out of his car and threatened us."),
    ("trafficking", (), ("forced", "control"), "They work all day. Somebody holds their papers."),
)  # fmt: skip
"""Kind of harm, strands, what was done, and the words."""

TALKED = (
    ("Is it still going on?", "Yes, last week again.", "Called the housing officer."),
    ("Can you say what time it was?", "About six in the evening.", "The camera may have it."),
    ("Would it help if somebody came to see you?", "Yes please, in the morning.", "Visit agreed."),
)
"""What we asked, what they answered, and a note for colleagues."""


def days_of(drawn: random.Random, today: date) -> list[date]:
    """When the reports came: most in the half-year that is over, the others within four weeks.

    The first few came twelve days ago and before: they are still worked on.
    """
    period = over(f"{today - timedelta(days=366):%Y-%m}", today)[0]
    begins = date.fromisoformat(f"{period.start}-01")
    past = [begins + timedelta(days=drawn.randrange(180)) for _ in range(REPORTS - LATE)]
    first = [today - timedelta(days=12 + number) for number in range(OPEN)]
    since = [today - timedelta(days=drawn.randrange(28)) for _ in range(LATE - OPEN - 1)]
    return [*first, today - timedelta(days=1), *since, *past]


def answers_of(drawn: random.Random, number: int, wards: list[str], day: date) -> dict[str, Any]:
    """What one of them answers."""
    kind, strands, types, words = NARRATIVES[number % len(NARRATIVES)]
    age = UNDER_18 if number == CHILD else drawn.choice(AGES)
    by_phone = drawn.random() < 0.5
    answers: dict[str, Any] = {
        "kind_of_harm": kind,
        "role": "victim" if drawn.random() < 0.6 else "witness",
        "victim_age": age,
        "incident_types": types,
        "what_happened": words,
        "when_day": (day - timedelta(days=drawn.randrange(9))).isoformat(),
        "when_sure": "exact",
        "how_often": drawn.choice(("once", "few", "often")),
        "place_type": drawn.choice(("street", "near_home", "home", "shop", "transport")),
        "ward": wards[int(len(wards) * drawn.random() ** 2)],
        "afraid": drawn.choice(("very", "some", "not")),
        "repeat": drawn.choice(("yes", "no")),
        "suspect_known": drawn.choice(("neighbour", "stranger", "seen")),
        **({"strands": strands} if strands else {}),
        **({"victim_name": drawn.choice(NAMES)} if drawn.random() < 0.5 else {}),
        **({"contact_how": ("phone",), "code_word": "lantern"} if by_phone else {}),
    }
    if by_phone:
        # Numbers that the regulator keeps for invented people.
        answers["contact_phone"] = f"07700 900 {drawn.randrange(1000):03}"
        if answers["role"] != "victim":
            answers["contact_whose"] = drawn.choice(("victim", "reporter", "trusted"))
    under, police = ("_under_18" if age == UNDER_18 else ""), drawn.choice(POLICE)
    answers[f"wish_police{under}"] = "full" if under and police in {"nothing", "later"} else police
    answers[f"wish_support{under}"] = drawn.choice(("full", "full", "no_contact"))
    return answers
