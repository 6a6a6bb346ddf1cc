"""A survey of two long scales, a number, and what can contradict itself."""

from engage.core.definition.load import parse_definition

SIX = ("light", "litter", "noise", "dogs", "cars", "paint")
WORRIES = ("mug", "burgle", "harass", "knife", "fraud")


def rows(scale_name: str, names: tuple[str, ...]) -> list[dict]:
    return [
        {"id": name, "kind": "scale", "scale": scale_name, "text": f"And {name}?"} for name in names
    ]


def long_survey(cleaning: dict | None = None, **more):
    """Two long scales, a number, and what can contradict itself."""
    points = [{"code": str(n), "label": f"Point {n}"} for n in range(1, 6)]
    words = dict.fromkeys(("title", "audience", "start", "thanks", "ineligible"), "Words.")
    age = [
        {"code": "young", "label": "16 to 30", "age": [16, 30]},
        {"code": "old", "label": "31 or over", "age": [31, None]},
    ]
    about = [
        {"id": "born", "kind": "number", "text": "Which year?", "minimum": 1900, "maximum": 2010},
        {
            "id": "victim",
            "kind": "single",
            "text": "Ever a victim?",
            "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}],
        },
        {
            "id": "crime",
            "kind": "multiple",
            "text": "Of what?",
            "options": [{"code": "theft", "label": "Theft"}, {"code": "hate", "label": "Hate"}],
        },
    ]
    data = words | {
        "id": "long",
        "version": 1,
        "minutes": 2,
        "scales": {
            "problem": points,
            "worry": [*points, {"code": "9", "label": "Not sure", "means": "dont_know"}],
        },
        "roles": {"age": "age", "area": "ward"},
        "sections": [
            {
                "id": "s0",
                "title": "You",
                "questions": [
                    {"id": "age", "kind": "single", "text": "Age?", "required": True}
                    | {"options": age}
                ],
            },
            {
                "id": "s1",
                "title": "Where",
                "questions": [{"id": "ward", "kind": "area", "text": "Where?"}],
            },
            {"id": "s2", "title": "Here", "questions": rows("problem", SIX[:3])},
            {"id": "s3", "title": "More", "questions": rows("problem", SIX[3:])},
            {"id": "s4", "title": "Worry", "questions": rows("worry", WORRIES)},
            {"id": "s5", "title": "Crime", "questions": about},
        ],
    }
    return parse_definition(data | ({"cleaning": cleaning} if cleaning else {}) | more, "long")


CONFLICTS = [
    {
        "id": "no_victim",
        "first": {"question": "victim", "in": ["no"]},
        "second": {"question": "crime", "answered": True},
    },
    {
        "id": "quiet_noise",
        "first": {"question": "noise", "in": ["1"]},
        "second": {
            "all": [{"question": "mug", "in": ["1"]}, {"not": {"question": "dogs", "in": ["2"]}}]
        },
    },
]
