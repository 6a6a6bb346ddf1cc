"""Questionnaires in other languages: what counts as a translation, and what is told."""

import csv
import io
import json
from copy import deepcopy
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition
from engage.core.definition.texts import FOR_STAFF, WORDS, keys_of, may_be_added, texts_of
from engage.core.definition.translation import (
    Text,
    Translation,
    faults_of,
    load_translation,
    mark_of,
    parse_translation,
    translate,
)
from engage.core.definition.translation_csv import COLUMNS, csv_of, read_sheet
from engage.core.definition.translation_merge import merged
from engage.core.definition.translation_yaml import yaml_of
from engage.core.definition.yaml_text import read_yaml

FILE = Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml"
RAW = read_yaml(FILE.read_text("utf-8"), str(FILE))
ENGLISH = texts_of(RAW)
DARK = "sections/safety/questions/safe_dark/text"


def made_of(texts: dict[str, str], raw=RAW, **other) -> Translation:
    """A translation with these texts, made from the English that there is."""
    english = texts_of(raw)
    marked = {key: Text(mark_of(english.get(key, "")), text) for key, text in texts.items()}
    return Translation(**{"questionnaire": "every_kind", "version": 1, "language": "pl",
                          "reviewed": False, "texts": marked} | other)  # fmt: skip


def with_piping() -> dict:
    raw = deepcopy(RAW)
    raw["sections"][3]["questions"][1]["text"] = "How long have you been {age_band|your age}?"
    return raw


PIPED = "sections/more/questions/years/text"


def test_the_key_of_a_text_says_where_it_stands():
    assert ENGLISH["title"] == "One question of every kind"
    assert ENGLISH["help/1/name"] == "Samaritans"
    assert ENGLISH["scales/safety/2/label"] == "Fairly safe"
    assert ENGLISH["sections/safety/intro"] == "Think of the last month."
    assert ENGLISH["sections/more/questions/avoid/options/park/label"] == "Parks"
    assert ENGLISH["sections/more/questions/years/unit"] == "years"


def test_nothing_for_staff_and_no_number_to_call_is_a_text():
    assert not [key for key in ENGLISH if key.startswith(tuple(FOR_STAFF))]
    assert not {"Age", "116 123", "https://www.samaritans.org"} & set(ENGLISH.values())


def test_the_wordings_and_messages_of_a_question_have_keys_too():
    raw = deepcopy(RAW)
    raw["sections"][1]["questions"][0]["texts"] = [{"when": {}, "text": "Where do you live?"}]
    raw["sections"][1]["rules"] = [{"wrong_if": {}, "message": "This does not fit.", "at": "ward"}]
    assert texts_of(raw)["sections/place/questions/ward/texts/1/text"] == "Where do you live?"
    assert texts_of(raw)["sections/place/rules/1/message"] == "This does not fit."


def named(schema: object, inside: str = "") -> set[tuple[str, str]]:
    """Every name of the schema that holds words, with that of the part that it is in."""
    if isinstance(schema, list):
        return set().union(*(named(each, inside) for each in schema), set())
    if not isinstance(schema, dict):
        return set()
    found = set()
    for name, each in schema.items():
        if isinstance(each, dict) and each.get("$ref") == "#/$defs/words":
            found.add((inside, name))
        found |= named(each, name if inside in {"$defs", ""} else inside)
    return found


def test_every_word_that_the_schema_allows_is_a_text_or_known_to_be_none():
    schema = json.loads(files("engage.core.definition").joinpath("schema.json").read_text("utf-8"))
    silent = {("breakdown", "title"), ("breakdown", "label"), ("service", "phone"),
              ("service", "web"), ("option", "group")}  # fmt: skip
    missing = {each for each in named(schema) - silent if each[1] not in WORDS}
    assert {("question", "unit"), ("section", "intro"), ("option", "label")} <= named(schema)
    assert not missing


def test_a_translated_text_takes_the_place_of_the_english():
    told, tally = translate(RAW, made_of({"title": "Po jednym pytaniu", DARK: "Jak po zmroku?"}))
    definition = parse_definition(told, "told")
    assert definition.title == "Po jednym pytaniu"
    assert definition.questions["safe_dark"].text == "Jak po zmroku?"
    assert definition.questions["safe_day"].text == "How safe do you feel by day?"
    assert tally == (len(ENGLISH), 2, len(ENGLISH) - 2, 0)


def test_a_translation_changes_words_and_nothing_else():
    told, tally = translate(RAW, made_of({key: f"„{text}”" for key, text in ENGLISH.items()}))
    assert tally == (len(ENGLISH), len(ENGLISH), 0, 0)
    assert set(texts_of(told).values()).isdisjoint(ENGLISH.values())
    back, _ = translate(told, made_of({key: ENGLISH[key] for key in ENGLISH}, raw=told))
    assert back == RAW


def test_two_places_that_the_file_writes_once_are_translated_apart():
    raw = deepcopy(RAW)
    options = [{"code": "1", "label": "Yes"}, {"code": "2", "label": "No"}]
    for question in raw["sections"][3]["questions"][:2]:
        question["options"] = options
    keys = [f"sections/more/questions/{each}/options/1/label" for each in ("avoid", "years")]
    told, _ = translate(raw, made_of({keys[0]: "Tak"}, raw=raw))
    assert [texts_of(told)[key] for key in keys] == ["Tak", "Yes"]


def test_a_text_made_from_another_english_is_not_shown_and_is_counted():
    old = Translation("every_kind", 1, "pl", reviewed=True, texts={
        "title": Text(mark_of("One question"), "Jedno pytanie"),
    })  # fmt: skip
    told, tally = translate(RAW, old)
    assert told["title"] == "One question of every kind"
    assert (tally.translated, tally.stale) == (0, 1)
    (fault,) = faults_of(RAW, old, "v1.pl.yaml")
    assert fault.path == "texts/title"
    assert mark_of(RAW["title"]) in str(fault)


def test_line_ends_and_quotation_marks_do_not_make_a_translation_old():
    assert mark_of("Don’t\n  know ") == mark_of("Don't know")
    assert mark_of("Don’t know") != mark_of("Do not know")


def test_a_key_that_the_questionnaire_does_not_have_is_a_fault_and_is_left_out():
    wrong = made_of({"sections/safety/questions/gone/text": "Nie ma"})
    told, tally = translate(RAW, wrong)
    assert told == RAW
    assert tally.translated == 0
    assert "no such text" in str(*faults_of(RAW, wrong, "v1.pl.yaml"))


def test_a_translation_may_explain_an_answer_that_the_english_does_not():
    key = "scales/safety/2/help"
    assert key in may_be_added(RAW)
    assert key not in ENGLISH
    told, tally = translate(RAW, made_of({key: "Raczej tak."}))
    assert parse_definition(told, "told").questions["safe_day"].options[1].help == "Raczej tak."
    assert tally == (len(ENGLISH), 0, len(ENGLISH), 0)


@pytest.mark.parametrize("text", ["Jak długo?", "Jak długo masz {ward|tyle}?"])
def test_a_text_that_repeats_other_answers_than_the_english_is_not_shown(text):
    raw = with_piping()
    wrong = made_of({PIPED: text}, raw=raw)
    told, tally = translate(raw, wrong)
    assert texts_of(told)[PIPED] == texts_of(raw)[PIPED]
    assert tally.stale == 1
    assert "age_band" in str(*faults_of(raw, wrong, "v1.pl.yaml"))


def test_the_words_in_the_place_of_an_answer_are_translated():
    raw = with_piping()
    right = made_of({PIPED: "Od kiedy masz {age_band|tyle lat}?"}, raw=raw)
    assert faults_of(raw, right, "v1.pl.yaml") == []
    assert "tyle lat" in texts_of(translate(raw, right)[0])[PIPED]


@pytest.mark.parametrize(
    ("old", "new", "place", "remedy"),
    [
        ("version: 1", "version: one", "version", "docs/definitions.md"),
        ("reviewed: false", "reviewed: maybe", "reviewed", "docs/definitions.md"),
        ('of: "', "of: 12345678 #", "texts/title/of", "Put quotes"),
        ("text: Tytuł", 'text: " "', "texts/title/text", "docs/definitions.md"),
        ("language: pl", "language: no", "language", "Put quotes"),
        ("language: pl", "language: polski-język", "language", "docs/definitions.md"),
        ("reviewed:", "checked: true\nreviewed:", "the top of the file", "correct its spelling"),
    ],
)
def test_a_file_that_is_no_translation_is_refused_with_place_and_remedy(
    tmp_path, old, new, place, remedy
):
    file = tmp_path / "v1.pl.yaml"
    text = yaml_of(made_of({"title": "Tytuł"}))
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_translation(file)
    (fault,) = refused.value.faults
    assert (fault.file, fault.path) == (str(file), place)
    assert remedy in fault.remedy


AWKWARD = {
    "title": "='Tytuł' & \"to\"",
    "start": "Pierwszy akapit: #1\n\nDrugi – „ósmy” 🙂\u200f.",
    "thanks": "- lista\n\n- druga",
    "help/1/name": "12345678",
    "scales/safety/1/help": "no",
}


def test_a_translation_goes_through_its_file_and_back(tmp_path):
    made = made_of(AWKWARD)
    file = tmp_path / "v1.pl.yaml"
    file.write_text(yaml_of(made), "utf-8")
    assert load_translation(file) == made


def test_a_translation_goes_through_a_translators_table_and_back():
    made = made_of(AWKWARD)
    sheet = read_sheet(csv_of(RAW, made), "pl.csv")
    assert (sheet.questionnaire, sheet.version, sheet.language) == ("every_kind", 1, "pl")
    assert merged(sheet, RAW, made, "pl.csv", reviewed=False) == made
    nothing = made_of({})
    assert dict(merged(sheet, RAW, nothing, "pl.csv", reviewed=False).texts) == dict(made.texts)


WORDS_OF_ANYBODY = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="{}\ufffd\u2028\u2029\ufeff"),
    min_size=1,
).filter(lambda text: text == " ".join(text.split()) and "???" not in text)


@settings(max_examples=60, deadline=None)
@given(text=WORDS_OF_ANYBODY.filter(lambda text: not text.startswith("'")))
def test_any_words_go_through_table_and_file_and_back(text):
    made = made_of({"title": text})
    back = merged(read_sheet(csv_of(RAW, made), "x"), RAW, made_of({}), "x", reviewed=False)
    assert back.texts["title"].text == text
    assert parse_translation(read_yaml(yaml_of(back), "x"), "x") == back


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def written(rows: list[list[str]], separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing():
    data = csv_of(RAW, made_of({"title": '=HYPERLINK("https://evil.example")', "start": "@a"}))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = table(data)
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[2:]] == list(ENGLISH)
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_an_old_text_is_left_empty_in_the_table_with_a_note():
    old = Translation("every_kind", 1, "pl", reviewed=True,
                      texts={"title": Text("00000000", "Jedno pytanie")})  # fmt: skip
    (row,) = [row for row in table(csv_of(RAW, old)) if row[0] == "title"]
    assert row[2] == ""
    assert "The English has changed. It was translated: Jedno pytanie" in row[3]


def changed(key: str, at: int, cell: str) -> bytes:
    rows = table(csv_of(RAW, made_of({"title": "Tytuł"})))
    (row,) = [row for row in rows if row[0] == key]
    row[at] = cell
    return written(rows)


def refused(data: bytes, raw=RAW) -> str:
    with pytest.raises(DefinitionError) as refusal:
        merged(read_sheet(data, "pl.csv"), raw, made_of({}), "pl.csv", reviewed=False)
    return str(refusal.value)


def test_a_table_from_a_country_with_semicolons_is_read():
    rows = table(csv_of(RAW, made_of({"title": "Tytuł; a, b"})))
    for separator in ";\t":
        sheet = read_sheet(written(rows, separator), "pl.csv")
        assert sheet.rows[0].translation == "Tytuł; a, b"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "headings"),
        (b"one,two\r\n", "row 1"),
        ("key,english,translation\nabout,x,zażółć\n".encode("cp1250"), "CSV UTF-8"),
        (b"key,english,translation,note\r\ntitle,a,b,\r\n", "about"),
        (b'key,english,translation,note\r\nabout,"x\r\n', "not CSV"),
        (b"\x00\x01\x02", "headings"),
        (changed("title", 2, "Tytu\ufffd"), "row 3: letters of the translation were lost"),
        (changed("title", 2, "????? ???"), "row 3: letters of the translation were lost"),
        (changed("title", 2, "a\x07b"), "row 3: the translation holds signs"),
        (changed("title", 1, "Another title"), "row 3: the English of title is not"),
        (changed("title", 0, "titel"), "row 3: the questionnaire has no text with the key 'titel'"),
        (changed("title", 0, "audience"), "row 4: the key 'audience' stands in row 3 too"),
    ],
)
def test_a_table_that_came_back_spoilt_is_refused_and_says_where(data, told):
    assert told in refused(data)


def test_every_bad_row_of_a_table_is_told_at_once():
    rows = table(changed("title", 1, "Another"))
    rows[4][0] = "nothing"
    told = refused(written(rows))
    assert "row 3" in told
    assert "row 5" in told


def test_a_table_that_loses_the_place_of_an_answer_is_refused():
    raw = with_piping()
    rows = table(csv_of(raw, made_of({}, raw=raw)))
    for row in rows:
        if row[0] == PIPED:
            row[2] = "Jak długo?"
    assert "{age_band|…}" in refused(written(rows), raw)


def test_a_table_of_some_rows_changes_those_and_an_empty_cell_takes_a_text_out():
    before = made_of({"title": "Tytuł", DARK: "Po zmroku?", "audience": "ludzie"})
    rows = [row for row in table(csv_of(RAW, before)) if row[0] in {"key", "about", "title", DARK}]
    rows[2][2], rows[3][2] = "Nowy tytuł", ""
    after = merged(read_sheet(written(rows), "x"), RAW, before, "x", reviewed=True)
    assert {key: made.text for key, made in after.texts.items()} == {
        "title": "Nowy tytuł", "audience": "ludzie",
    }  # fmt: skip
    assert after.reviewed


def test_the_example_in_the_guide_is_sound():
    guide = (Path(__file__).parents[3] / "docs" / "definitions.md").read_text("utf-8")
    raw = read_yaml(guide.partition("```yaml\n")[2].partition("```")[0], "guide")
    example = "questionnaire: market_survey\nversion" + guide.partition(
        "```\nquestionnaire: market_survey\nversion"
    )[2].partition("```")[0]  # fmt: skip
    made = parse_translation(read_yaml(example, "guide"), "guide")
    assert faults_of(raw, made, "guide") == []
    told, tally = translate(raw, made)
    assert (parse_definition(told, "guide").title, tally.translated) == ("Nasz targ", 2)


def test_texts_are_kept_in_the_order_of_the_questionnaire():
    made = made_of({"scales/safety/1/help": "a", DARK: "b", "title": "c"})
    after = merged(read_sheet(csv_of(RAW, made), "x"), RAW, made, "x", reviewed=False)
    order = keys_of(RAW)
    assert list(after.texts) == sorted(after.texts, key=order.index)
