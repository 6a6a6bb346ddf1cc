"""A small questionnaire with what the cleaning rules look at."""

import pytest

from engage.core.definition.load import parse_definition


def scale(name: str, **more) -> dict:
    return {"id": name, "kind": "scale", "scale": "safety", "text": f"How safe: {name}?", **more}


@pytest.fixture(scope="session")
def definition():
    data = {
        "id": "small",
        "version": 1,
        "title": "A small survey",
        "audience": "people who test",
        "minutes": 2,
        "start": "Hello.",
        "thanks": "Thanks.",
        "ineligible": "Sorry.",
        "scales": {
            "safety": [
                {"code": "1", "label": "Safe"},
                {"code": "2", "label": "Unsafe"},
                {"code": "9", "label": "Don’t know", "means": "dont_know"},
            ]
        },
        "roles": {"age": "age", "area": "ward"},
        "sections": [
            {
                "id": "you",
                "title": "You",
                "questions": [
                    {
                        "id": "age",
                        "kind": "single",
                        "text": "How old are you?",
                        "required": True,
                        "options": [
                            {"code": "1", "label": "Under 16", "age": [0, 15], "eligible": False},
                            {"code": "2", "label": "16 to 64", "age": [16, 64]},
                            {"code": "3", "label": "65 or over", "age": [65, None]},
                        ],
                    }
                ],
            },
            {
                "id": "place",
                "title": "Place",
                "questions": [
                    {
                        "id": "ward",
                        "kind": "area",
                        "text": "Where do you live?",
                        "options": [{"code": "dk", "label": "Not sure", "means": "dont_know"}],
                    }
                ],
            },
            {
                "id": "safety",
                "title": "Safety",
                "questions": [
                    scale("day", key=True),
                    scale("dark", key=True),
                    scale("park"),
                    scale("bus"),
                    {
                        "id": "avoid",
                        "kind": "multiple",
                        "text": "What do you avoid?",
                        "options": [
                            {"code": "park", "label": "Parks"},
                            {"code": "bus", "label": "Buses"},
                            {"code": "none", "label": "None", "means": "none_of_these"},
                            {"code": "dk", "label": "Don’t know", "means": "dont_know"},
                        ],
                    },
                ],
            },
            {
                "id": "older",
                "title": "Later",
                "questions": [
                    scale("alone", show_if={"question": "age", "in": ["3"]}),
                    scale("visited", show_if={"question": "age", "in": ["3"]}),
                    {"id": "words", "kind": "text", "text": "Anything else?"},
                ],
            },
        ],
    }
    return parse_definition(data, "small")


FULL = {"age": "2", "ward": "W1", "day": "1", "dark": "2", "park": "1", "bus": "9"}
FULL |= {"avoid": ("park",)}


@pytest.fixture
def full() -> dict:
    """The answers of somebody who skipped nothing but the text box."""
    return dict(FULL)
