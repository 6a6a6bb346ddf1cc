"""The file with everything: days, wards, words, and what cleaning made of each response."""

import csv
import io
from pathlib import Path

from engage.core.cleaning.log import clean
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.export.codebook import codebook_csv
from engage.core.export.full_responses import full_responses
from engage.core.export.responses import Areas

EVERY_KIND = Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml"
AREAS = Areas({"W1": "Abbey", "W2": "Bridge"}, {"N": "North"}, {"W1": "N"})
ANSWERS = [
    {
        "age_band": "3",
        "ward": "W1",
        "safe_day": "1",
        "safe_dark": "3",
        "avoid": ("park",),
        "years": 12,
        "validate": '=HYPERLINK("https://attacker.example")',
        "meta": "More light, please.\r\nAnd benches.",
        "why": ("dark",),
    },
    {"age_band": "2", "ward": "dk", "safe_day": "9", "safe_dark": "1"},
    {"age_band": "3", "ward": "W2"},
]


def read(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def made():
    survey = load_definition(EVERY_KIND)
    table = table_from_answers(survey, ANSWERS, day="2026-03-02", durations=[240, None, 30])
    words = {
        table["@id"][0]: {name: ANSWERS[0][name] for name in ("validate", "meta")},
    }
    return full_responses(survey, table, clean(survey, table), AREAS, lambda _ids: words)


def test_every_response_is_there_with_what_is_stored_of_it():
    first, second, third = read(made().coded())

    assert first["response_day"] == "2026-03-02"
    assert (first["response_duration"], second["response_duration"]) == ("240", "")
    assert (first["response_ward"], first["response_area_group"]) == ("W1", "N")
    assert (second["response_ward"], second["ward"], third["response_area_group"]) == ("", "dk", "")
    assert (first["years"], second["years"]) == ("12", "")
    assert (first["avoid_park"], first["avoid_bus"], second["avoid_park"]) == ("1", "0", "-8")


def test_words_are_in_full_and_run_nothing():
    first, second, third = read(made().coded())

    assert first["meta"] == "More light, please.\r\nAnd benches."
    assert first["validate"] == '\'=HYPERLINK("https://attacker.example")'
    assert (second["meta"], third["meta"]) == ("-9", "-8"), "not asked, and not answered"


def test_a_response_that_is_not_used_says_why():
    first, _second, third = read(made().coded())

    assert (first["response_used"], first["response_removed"]) == ("yes", "")
    assert (third["response_used"], third["response_removed"]) == ("no", "mostly_empty")


def test_the_codebook_explains_the_columns_about_a_response():
    rows = read(codebook_csv(made().columns))

    meaning = {(row["variable"], row["code"]): row["meaning"] for row in rows}
    assert meaning["response_removed", "mostly_empty"].startswith("They answered fewer than half")
    assert meaning["response_ward", "W1"] == meaning["ward", "W1"] == "Abbey"
    assert meaning["ward", "dk"] == "I don’t know"
    assert next(row for row in rows if row["variable"] == "years")["note"] == (
        "years; empty where absent"
    )
