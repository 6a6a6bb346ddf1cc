"""What figures are called in another language: whole, put together, or left in English."""

import pytest

from engage.core.definition.faults import DefinitionError
from engage.core.definition.names import Names, answers_in, load_names
from engage.core.definition.translation import Text, Translation, mark_of

RAW = {
    "title": "How safe do you feel?",
    "sections": [
        {"id": "one", "questions": [{"id": "avoid", "text": "Where?", "options": [
            {"code": "park", "label": "Parks"},
            {"code": "bus", "label": "Buses"},
        ]}]}
    ],
}  # fmt: skip
PARK, BUS = (f"sections/one/questions/avoid/options/{code}/label" for code in ("park", "bus"))
POLISH = Translation(
    "town",
    1,
    "pl",
    reviewed=False,
    texts={
        "title": Text(mark_of("How safe do you feel?"), "Jak się czujesz?"),
        PARK: Text(mark_of("Parks"), "Parki"),
        BUS: Text(mark_of("Coaches"), "Autobusy"),
    },
)


def test_a_name_is_whole_or_of_two_parts_or_left_and_said_to_be_english():
    names = Names("pl", {"Age": "Wiek", "Keeps away from": "Omija"}, answers_in(RAW, POLISH))
    assert names.of("How safe do you feel?") == "Jak się czujesz?"
    assert names.of("Keeps away from: parks") == "Omija: Parki"
    assert names.of("Keeps away from: buses") == "Keeps away from: buses", "its English changed"
    assert names.of("Worried: parks") == "Worried: parks", "half of it is no name"
    assert names.tongue("Omija: Parki") == names.tongue("Wiek") == "pl"
    assert names.tongue("Keeps away from: buses") == "en"
    assert names.tongue("Worried: parks: Wiek") == "pl", "nobody was told such a name"
    assert names.mark != Names("pl", {"Age": "Lata"}, {}).mark


def test_a_file_of_names_says_what_is_wrong_with_it(tmp_path):
    file = tmp_path / "pl.yaml"
    file.write_text('language: ur\nreviewed: false\nnames: {"Age": "Wiek"}\n', "utf-8")
    with pytest.raises(DefinitionError, match=r"Call it ur\.yaml"):
        load_names(file)
    file.write_text("language: pl\nreviewed: perhaps\nnames: {Age: 3}\n", "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_names(file)
    assert {fault.path for fault in caught.value.faults} == {"names/Age", "reviewed"}
