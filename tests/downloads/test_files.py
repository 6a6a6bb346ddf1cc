"""Files as the worker makes them: the stored figures and nothing else, or responses made safe."""

import io
import json
import re
import zipfile
from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest
from conftest import NOON
from downloads.opened import content_of, rows_of, table_of
from figures.town import answer, filled, found, people, wave_of
from sqlalchemy import select, update

from engage import worker
from engage.approvals import store as approvals
from engage.core.statistics.estimate import TIDY_COLUMNS
from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat
from engage.downloads import requests
from engage.downloads.made import NothingToMakeError
from engage.downloads.make import make
from engage.downloads.models import FullRequest, MadeFile
from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh
from engage.figures.store import newest_run
from engage.freetext.models import Redaction
from engage.responses.models import Response
from engage.responses.screened import ScreenedText
from engage.responses.screening import queue
from engage.waves.published import definition_of

pytestmark = pytest.mark.either_database

COUNCIL = "Testham Council"
REDACTED = {"spans": "[]", "staff_id": 3}


def made(wave, kind: str, now=NOON, **asked) -> list[MadeFile]:
    """The files of one request, the first of them the one that was asked for."""
    make(db.session(), {"kind": kind, "wave_id": wave.id, **asked}, now, council=COUNCIL)
    db.session.commit()
    newest = select(MadeFile).filter_by(wave_id=wave.id).order_by(MadeFile.id)
    return [file for file in db.session.scalars(newest) if file.kind.startswith(kind[:9])]


def requested(wave, purpose: str = "Read what people wrote") -> int:
    """The number of a request for the responses in full."""
    asked = {"purpose": purpose, "delete_on": date(2026, 5, 1)}
    request = requests.noted(db.session(), wave.id, staff_id=3, now=NOON, **asked)
    told = (requests.subject_of(request), requests.digest_of(request))
    approvals.ask(db.session(), *told, by=3, now=NOON)
    approvals.give(db.session(), *told, by=4, now=NOON)
    db.session.commit()
    return request.id


def unzipped(file: MadeFile) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content_of(file))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture
def wave(app):
    """A town whose people have answered, with figures."""
    found(db.session())
    wave = filled(db.session(), 500)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    return wave


@pytest.fixture
def lite_wave(lite_app):
    found(db.session())
    wave = filled(db.session(), 500)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    return wave


def test_the_csv_holds_the_stored_figures_in_exactly_the_tidy_columns(wave):
    table, described = made(wave, "indicators_csv")
    stored = db.session.scalars(select(Figure).order_by(Figure.position)).all()

    rows = rows_of(content_of(table))

    assert tuple(rows[0]) == TIDY_COLUMNS
    assert len(rows) == len(stored) > 100
    for row, figure in zip(rows, stored, strict=True):
        assert row["wave"] == "2026"
        assert [row["indicator"], row["breakdown"], row["group"], row["flag"]] == [
            figure.indicator,
            figure.breakdown,
            figure.group,
            figure.flag,
        ]
        for name in ("estimate", "standard_error", "lower", "upper", "effective_base"):
            stored_as = getattr(figure, name)
            assert row[name] == "" if stored_as is None else float(row[name]) == stored_as
        assert row["base"] == ("" if figure.base is None else str(figure.base))
    assert table.name == "fear-of-crime_2026_v1_indicators_20260302T1200Z.csv"
    assert described.name == f"{table.name}-metadata.json"
    assert json.loads(content_of(described))["url"] == table.name
    assert table.run_id == described.run_id == stored[0].run_id


def test_a_figure_that_is_hidden_in_the_store_is_in_no_file(lite_wave):
    hidden = db.session.scalars(select(Figure).where(Figure.flag.contains("[c]"))).all()
    assert hidden, "the town is large enough to hide nothing: make it smaller"

    for row in rows_of(content_of(made(lite_wave, "indicators_csv")[0])):
        if "[c]" in row["flag"]:
            assert {row[name] for name in TIDY_COLUMNS[6:13]} == {""}
    book = openpyxl.load_workbook(io.BytesIO(content_of(made(lite_wave, "indicators_xlsx")[-1])))
    seen = 0
    for sheet in book.worksheets[1:]:
        heading, *rows = table_of(sheet)
        for row in rows if "Symbols" in heading else ():
            last = heading.index("Symbols")
            if row[last] == "[c]":
                assert set(row[last - 7 : last]) == {"[c]"}
                seen += 1
    assert seen == len(hidden)


def test_files_come_from_the_store_even_when_the_answers_are_gone(lite_wave):
    before = content_of(made(lite_wave, "indicators_csv")[0])
    db.session.execute(Response.__table__.delete())
    db.session.commit()

    assert content_of(made(lite_wave, "indicators_csv")[0]) == before


def test_the_workbook_opens_in_libreoffice_with_the_stored_values(lite_wave, libreoffice):
    file = made(lite_wave, "indicators_xlsx")[-1]
    stored = db.session.scalars(select(Figure).filter_by(breakdown="overall")).all()

    sheets = libreoffice(content_of(file))

    heading, *rows = sheets["Everybody who lives here"][3:]
    assert heading[0] == "Indicator"
    assert len(rows) == len(stored)
    for row, figure in zip(rows, stored, strict=True):
        shown = dict(zip(heading, row, strict=True))
        assert shown["Symbols"] == (figure.flag or "None")
        if figure.base is not None:
            assert int(shown["People who answered (number)"]) == figure.base
        if figure.estimate is not None:
            assert number(shown["Estimate (percent or mean score)"]) == pytest.approx(
                figure.estimate, abs=1e-4
            )
            said = shown["In words"]
            assert said.startswith(f"{shown['Indicator']}: ")
            assert f"{figure.base:,} people answered." in said
    cover = [row[0] for row in sheets["Cover"]]
    assert "Wave: 2026" in cover
    assert caveat(SampleType.OPEN_LINK) in cover
    assert any(line.startswith("[c] Hidden") for line in cover)
    assert "Interim: the wave was still open, so these figures will change." in cover
    assert ["Received", "500", "500", "500", "Everything that was sent"] in sheets["Responses"]


def number(cell: str) -> float:
    """A number as LibreOffice writes it; a percentage is a proportion."""
    return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)


def test_every_sheet_has_one_named_table_and_no_empty_cell(lite_wave):
    file = made(lite_wave, "indicators_xlsx")[-1]

    book = openpyxl.load_workbook(io.BytesIO(content_of(file)))

    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.worksheets) - 1
    assert {"figures_overall", "figures_area_group", "figures_age"} <= set(names)
    for sheet in book.worksheets[1:]:
        (place,) = [reference for _name, reference in sheet.tables.items()]
        for row in sheet[place]:
            assert all(cell.value not in (None, "") for cell in row), (sheet.title, row[0].row)


def test_little_stands_above_a_table_and_no_pane_is_frozen(lite_wave):
    book = openpyxl.load_workbook(io.BytesIO(content_of(made(lite_wave, "indicators_xlsx")[-1])))

    for sheet in book.worksheets[1:]:
        (place,) = [reference for _name, reference in sheet.tables.items()]
        assert int(place.split(":")[0].removeprefix("A")) <= 6, sheet.title
        assert sheet.freeze_panes is None, sheet.title
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(min_row=4, values_only=True)}
    assert "(raking; in the CSV file rake)" in notes["Weights"] or "group of their own" in str(
        notes
    )
    assert "Clopper and Pearson" in notes["95% interval"]


def test_names_in_the_workbook_are_those_of_the_page(lite_wave):
    book = openpyxl.load_workbook(io.BytesIO(content_of(made(lite_wave, "indicators_xlsx")[-1])))

    first = book.sheetnames.index("Everybody who lives here")
    assert book.sheetnames[first : first + 4] == [
        "Everybody who lives here",
        "By living here or not",
        "By area group",
        "By ward",
    ]
    assert book["Everybody who lives here"]["A1"].value == "Figures for everybody who lives here"
    assert book["By ward"]["A3"].value == "These are figures of the people who live here."
    said = {str(cell) for sheet in book for row in sheet.values for cell in row if cell}
    for jargon in ("Weights: rake", "Interval: mean", "consider merging", "Margin"):
        assert not any(jargon in each for each in said)


def test_no_count_of_a_few_people_is_in_the_workbook(lite_app):
    found(db.session())
    wave = filled(db.session(), 90)
    refresh(db.session(), wave.id, NOON)
    db.session.commit()

    book = openpyxl.load_workbook(io.BytesIO(content_of(made(wave, "indicators_xlsx")[-1])))

    _heading, *weighting = table_of(book["Weighting"])
    assert "[c]" in {row[2] for row in weighting}
    assert all(row[2] == "[c]" == row[3] or row[2] >= 10 for row in weighting)
    notes = [str(row[1]) for row in book["Notes"].iter_rows(min_row=4, values_only=True)]
    assert any("fewer than 10 people" in note for note in notes)
    _heading, *mirrored = table_of(book["Who answered"])
    assert "[c]" in {row[2] for row in mirrored}
    assert all(row[2] == "[c]" == row[6] or row[2] % 10 == 0 for row in mirrored)
    assert not any(re.search(r"\b\d (people|person)\b", note) for note in notes)


def test_the_description_of_the_csv_names_its_indicators_breakdowns_and_groups(lite_wave):
    table, described = made(lite_wave, "indicators_csv")

    (note,) = json.loads(content_of(described))["notes"]

    labels = note["labels"]
    assert labels["indicator"]["safe_dark"] == "Feels safe outside after dark"
    assert labels["breakdown"]["area_group"] == "Area group"
    assert labels["group"]["area_group"] == {"N": "North", "S": "South"}
    for row in rows_of(content_of(table)):
        for column in ("indicator", "breakdown", "estimator", "method"):
            assert row[column] in labels[column] or row[column] == ""
        assert row["group"] in labels["group"][row["breakdown"]]


def test_responses_are_safe_by_default_and_the_bundle_explains_itself(wave):
    (file,) = made(wave, "responses")

    files = unzipped(file)

    assert list(files) == [
        "responses_coded.csv",
        "responses_labelled.csv",
        "codebook.csv",
        "README.txt",
    ]
    rows = rows_of(files["responses_coded.csv"])
    who = ["age_band", "sex", "connection", "response_area_group", "ethnicity", "religion"]
    assert min(Counter(tuple(row[name] for name in who) for row in rows).values()) >= 5
    assert not {"ward", "one_thing", "response_day", "response_duration"} & set(rows[0])
    assert b"words" not in files["responses_labelled.csv"], "that is what everyone wrote"
    text = files["README.txt"].decode("utf-8-sig")
    assert "Wave: 2026" in text
    assert "fear_of_crime, version 1" in text
    assert file.name == "fear-of-crime_2026_v1_responses_20260302T1200Z.zip"
    assert file.delete_on == NOON.date() + timedelta(days=30)


def test_the_full_file_has_everything_and_the_purpose(wave):
    again = {"age_band": "16_24", "connection": "resident"}
    answer(db.session(), wave, [again])  # under the mark of the first form, which is there
    first = db.session.scalar(select(Response.id).order_by(Response.id).limit(1))
    number = requested(wave)

    file = made(wave, "responses_full", request=number)[-1]

    files = unzipped(file)
    rows = rows_of(files["responses_full.csv"])
    assert len(rows) == 501
    assert rows[0]["response_id"] == first
    assert {row["one_thing"] for row in rows} == {"-8", "-9", "'@text"}, "nothing was released"
    assert {row["response_used"] for row in rows if row["response_removed"]} == {"no"}
    assert Counter(row["response_removed"] for row in rows)["same_submission"] == 1
    assert "Needed for: Read what people wrote" in files["README.txt"].decode("utf-8-sig")
    assert (file.request_id, file.delete_on) == (number, date(2026, 5, 1))


def test_of_what_people_wrote_only_the_released_words_are_in_the_full_file(lite_wave):
    wrote = Response.answers.like("%words%")
    stored = select(Response).filter_by(wave_id=lite_wave.id).where(wrote).order_by(Response.id)
    rows = [vars(each) for each in db.session.scalars(stored.limit(2))]
    queue(db.session.connection(), definition_of(lite_wave.definition), rows, state="passed")
    text = db.session.scalars(select(ScreenedText).limit(1)).one()
    db.session.add(Redaction(text_id=text.id, words="=A lamp by […]", **REDACTED))
    db.session.commit()

    full = unzipped(made(lite_wave, "responses_full", request=requested(lite_wave))[-1])

    words = Counter(row[text.question] for row in rows_of(full["responses_full.csv"]))
    assert words.pop("'=A lamp by […]") == 1
    assert words.keys() <= {"-8", "-9", "'@text"}
    assert "only the words that" in full["README.txt"].decode("utf-8-sig")


def test_nothing_is_made_that_nobody_else_agreed_to(lite_wave):
    asked = {"purpose": "Read it all", "delete_on": date(2026, 5, 1)}
    request = requests.noted(db.session(), lite_wave.id, staff_id=3, now=NOON, **asked)
    db.session.commit()
    with pytest.raises(NothingToMakeError, match="Nobody else has agreed to request 1"):
        made(lite_wave, "responses_full", request=request.id)
    agreed = requested(lite_wave)
    db.session.get(FullRequest, agreed).purpose = "Something else"
    db.session.commit()
    with pytest.raises(NothingToMakeError, match="Nobody else has agreed"):
        made(lite_wave, "responses_full", request=agreed)


def test_responses_are_cleaned_for_files_as_they_are_for_figures(lite_wave):
    again = {"age_band": "16_24", "connection": "resident"}
    answer(db.session(), lite_wave, [again, again])
    refresh(db.session(), lite_wave.id, NOON)
    db.session.commit()
    flow = newest_run(db.session(), lite_wave.id).flow

    safe = unzipped(made(lite_wave, "responses")[-1])["responses_coded.csv"]
    full = unzipped(made(lite_wave, "responses_full", request=requested(lite_wave))[-1])[
        "responses_full.csv"
    ]

    assert len(rows_of(safe)) == flow.used
    removed = Counter(row["response_removed"] for row in rows_of(full) if row["response_removed"])
    assert removed == {rule: count for rule, count in flow.removed.items() if count}
    flagged = Counter(rule for row in rows_of(full) for rule in row["response_flags"].split())
    assert flagged == {rule: count for rule, count in flow.flagged.items() if count}


def test_making_a_file_twice_leaves_one_and_requests_for_two_purposes_two(lite_wave):
    for _ in range(2):
        assert len(made(lite_wave, "indicators_csv")) == 2
        assert len(made(lite_wave, "responses")) == 1
    for purpose in ("Read what people wrote", "Count the streets", "Count the streets"):
        files = made(lite_wave, "responses_full", request=requested(lite_wave, purpose))
    assert sum(file.kind == "responses_full" for file in files) == 2


def test_a_file_of_responses_never_outlives_the_responses(lite_wave):
    lite_wave.closes_on = NOON.date()
    lite_wave.delete_on = NOON.date() + timedelta(days=5)
    db.session.commit()

    made(lite_wave, "responses")
    made(lite_wave, "responses_full", request=requested(lite_wave))

    assert set(db.session.scalars(select(MadeFile.delete_on))) == {lite_wave.delete_on}
    db.session.execute(update(MadeFile).values(delete_on=date(2099, 1, 1)))
    with pytest.raises(NothingToMakeError, match="due to be deleted on 2026-03-07"):
        made(lite_wave, "responses", now=NOON + timedelta(days=5))


def test_without_figures_there_is_no_file_of_them(lite_app):
    wave = wave_of(db.session())

    with pytest.raises(NothingToMakeError, match="has no figures yet"):
        made(wave, "indicators_xlsx")
    for number in (None, 99):
        with pytest.raises(NothingToMakeError, match="what the responses in full are for"):
            made(wave, "responses_full", request=number)
    with pytest.raises(NothingToMakeError, match="no wave 99"):
        make(db.session(), {"kind": "responses", "wave_id": 99}, NOON, council=COUNCIL)


def test_a_wave_that_nobody_answered_still_makes_files(lite_app):
    found(db.session())
    wave = wave_of(db.session(), name="Empty")
    refresh(db.session(), wave.id, NOON)
    db.session.commit()

    assert rows_of(content_of(made(wave, "indicators_csv")[0]))
    assert content_of(made(wave, "indicators_xlsx")[-1])
    assert rows_of(unzipped(made(wave, "responses")[-1])["responses_coded.csv"]) == []


def test_every_survey_that_ships_makes_every_file(lite_app):
    found(db.session())
    for questionnaire in ("young_people", "women_and_girls"):
        wave = wave_of(db.session(), questionnaire)
        answer(db.session(), wave, people(definition_of(wave.definition), 150))
        refresh(db.session(), wave.id, NOON)
        db.session.commit()
        for kind in worker_kinds():
            full = kind == "responses_full"
            assert made(wave, kind, **({"request": requested(wave)} if full else {}))


def worker_kinds() -> list[str]:
    return ["indicators_csv", "indicators_xlsx", "responses", "responses_full"]


def test_a_file_of_figures_is_kept_when_newer_figures_are_made(wave):
    made(wave, "indicators_csv")
    for days in range(1, 4):
        refresh(db.session(), wave.id, NOON + timedelta(days=days))
        db.session.commit()

    assert len(db.session.scalars(select(MadeFile.id)).all()) == 6


def test_files_are_deleted_at_their_date(lite_wave, clock):
    made(lite_wave, "indicators_csv")
    clock.move(days=29)
    while worker.turn(db.session(), clock.at):
        pass
    assert db.session.scalar(select(MadeFile.id).limit(1))
    clock.move(days=1)
    while worker.turn(db.session(), clock.at):
        pass

    assert db.session.scalar(select(MadeFile.id).limit(1)) is None
