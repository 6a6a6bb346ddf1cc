"""What was found besides the figures: changes, targets, cleaning and who answered, in files."""

import json
import shutil
from dataclasses import dataclass
from datetime import date

import openpyxl
import pytest
from conftest import NOON, running
from downloads.opened import book_of, files_of, notes_of, rows_of, table_of, told_in
from figures.town import answer, filled, found, people, wave_of
from sqlalchemy import delete, select

from engage.core.export.metadata import CHANGES, TARGETS
from engage.core.indicators.rounding import counts_told
from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat
from engage.extensions import db
from engage.figures.comparisons.models import FigureChange, FigureVerdict
from engage.figures.models import FigureRun
from engage.figures.refresh import refresh
from engage.figures.store import StoredRun, newest_run
from engage.responses.models import Response
from engage.targets.models import IndicatorTarget
from engage.waves.models import WaveState
from engage.waves.published import definition_of

pytestmark = pytest.mark.either_database

EARLIER = {
    "name": "2025",
    "state": WaveState.CLOSED,
    "opens_on": date(2025, 2, 1),
    "closes_on": date(2025, 4, 1),
}


def refreshed(wave):
    refresh(db.session(), wave.id, NOON)
    db.session.commit()
    return wave


def safer(wave, share: float, count: int, empty: int = 0):
    """A wave in which so many of the residents feel safe after dark, and some said nothing."""
    everyone = [
        each | {"connection": "resident", "safe_dark": "1" if place < share * count else "4"}
        for place, each in enumerate(people(definition_of(wave.definition), count))
    ]
    answer(
        db.session(), wave, [*everyone, *[{"age_band": "16_24", "connection": "resident"}] * empty]
    )
    return refreshed(wave)


def target(operator: str, value: float, year: str, group=("overall", "all")) -> IndicatorTarget:
    return IndicatorTarget(
        questionnaire="fear_of_crime", indicator="safe_dark", breakdown=group[0], group=group[1],
        operator=operator, value=value, year=year, source="=Safety plan", set_on=date(2026, 1, 1),
    )  # fmt: skip


def two_waves():
    """A wave in which people feel safer than in the one before, with two targets."""
    found(db.session())
    safer(wave_of(db.session(), **EARLIER), 0.4, 200)
    db.session.add_all([target(">=", 0.6, "2026"), target("=", 0.9, "2030", ("area_group", "N"))])
    db.session.commit()
    return safer(wave_of(db.session()), 0.8, 300, empty=40)


@dataclass(frozen=True)
class Made:
    """What is stored of the later of two waves, and the files that were made of it."""

    changes: list
    verdicts: list
    run: StoredRun
    csv: dict[str, bytes]
    book: openpyxl.Workbook


def opened() -> Made:
    wave = two_waves()
    files, book = files_of(wave, "indicators_csv"), book_of(wave)
    return Made(
        db.session.scalars(select(FigureChange).order_by(FigureChange.position)).all(),
        db.session.scalars(select(FigureVerdict).order_by(FigureVerdict.position)).all(),
        newest_run(db.session(), wave.id),
        files,
        book,
    )


@pytest.fixture(scope="module")
def made(sqlite_template, tmp_path_factory):
    """Two waves on SQLite, once for all that only looks."""
    folder = tmp_path_factory.mktemp("found")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    with running(folder, f"sqlite:///{folder / 'engage.sqlite'}"):
        found = opened()
        db.session.expunge_all()
    return found


def same(cell: str, stored: float | None) -> bool:
    return cell == "" if stored is None else float(cell) == stored


def test_the_csv_files_of_changes_and_targets_hold_what_is_stored(app):
    made = opened()

    changes, targets = rows_of(made.csv["changes_csv"]), rows_of(made.csv["targets_csv"])
    stored = made.changes
    assert tuple(changes[0]) == tuple(CHANGES)
    assert len(changes) == len(stored) > 100
    for row, kept in zip(changes, stored, strict=True):
        place = [kept.indicator, kept.breakdown, kept.group]
        assert [row["indicator"], row["breakdown"], row["group"]] == place
        assert (row["wave"], row["before_wave"]) == ("2026", "2025")
        assert same(row["change"], kept.value)
        for name in ("standard_error", "lower", "upper", "p", "p_adjusted", "detectable"):
            assert same(row[name], getattr(kept, name)), name
        assert [row["tests"], row["reason"], row["note"]] == [
            str(kept.tests),
            kept.reason,
            kept.says,
        ]
    assert any(row["p"] != row["p_adjusted"] for row in changes)
    assert any(row["reason"] == "hidden" for row in changes)
    assert tuple(targets[0]) == tuple(TARGETS)
    for row, kept in zip(targets, made.verdicts, strict=True):
        assert [row["operator"], row["verdict"], row["reason"]] == [
            kept.operator, kept.verdict, kept.reason
        ]  # fmt: skip
        for name in ("target", "distance", "lower", "upper", "detectable"):
            assert same(row[name], getattr(kept, name)), name
    assert [(row["year"], row["ahead"]) for row in targets] == [("2026", "false"), ("2030", "true")]
    assert {row["source"] for row in targets} == {"'=Safety plan"}, "a formula runs in no program"


def test_each_table_is_described_beside_it(made):
    files = made.csv
    for name, columns in (("changes", CHANGES), ("targets", TARGETS)):
        described = json.loads(files[f"{name}_metadata"])
        labels = described["notes"][0]["labels"]
        assert f"_{name}_" in described["url"]
        assert [each["name"] for each in described["tableSchema"]["columns"]] == [*columns]
        assert caveat(SampleType.OPEN_LINK) in described["dc:description"]
        for row in rows_of(files[f"{name}_csv"]):
            assert row["indicator"] in labels["indicator"]
            assert row["group"] in labels["group"][row["breakdown"]]
            assert row["reason"] in {"", *labels["reason"]}
    assert "chose for themselves whether to" in files["changes_metadata"].decode()


def test_a_first_wave_has_tables_without_rows_and_says_so(lite_app):
    found(db.session())
    wave = refreshed(filled(db.session(), 60))

    files, book = files_of(wave, "indicators_csv"), book_of(wave)

    assert rows_of(files["changes_csv"]) == rows_of(files["targets_csv"]) == []
    assert files["changes_csv"].decode("utf-8-sig").startswith("indicator,")
    assert "There is no earlier wave" in files["changes_metadata"].decode()
    assert not {"Changes", "Targets"} & set(book.sheetnames)
    assert "There is no earlier wave of this survey with figures to compare with." in notes_of(book)
    assert "No target is on record for this wave." in notes_of(book)
    assert not any("rounded to the nearest" in note for note in notes_of(book))
    shown = [
        row for row in told_in(book["Everybody who lives here"]) if "[c]" not in row["Symbols"]
    ]
    few = {row["Did not answer (percent of those asked)"] for row in shown}
    assert shown
    assert few == {"[c]"}, "one step of the shares would be fewer than five people"
    db.session.scalars(select(FigureRun)).one().counts_rounded_to = 5
    db.session.commit()
    assert counts_told(5) in notes_of(book_of(wave))
    files = files_of(wave, "indicators_csv")
    assert counts_told(5) in json.loads(files["indicators_metadata"])["dc:description"]


def test_the_workbook_tells_changes_in_points_with_both_p_values(made):
    rows = told_in(made.book["Changes"])
    assert len(rows) == len(made.changes)
    points = "Change (percentage points, or points of a score)"
    for row, kept in zip(rows, made.changes, strict=True):
        if kept.value is None:
            assert row[points] == {"hidden": "[c]", "nobody": "[x]"}.get(kept.reason, "[z]")
            assert row["What that says"] == "Not compared"
            assert row["Why there is no change"] == kept.says
            continue
        size = 1 if row["Unit"] == "Mean score" else 100
        assert row[points] == pytest.approx(kept.value * size, abs=1e-12)
        assert row["p-value by itself"] == pytest.approx(kept.p, abs=1e-15)
        assert row["p-value, adjusted"] == pytest.approx(kept.p_adjusted, abs=1e-15)
        assert row["Tests in its family (number)"] == kept.tests
    told = {(row["Indicator"], row["Group"]): row for row in rows}
    after_dark = told["Feels safe outside after dark", "Everybody who lives here"]
    assert after_dark["What that says"] == "Up, which is better"
    assert told["Feels unsafe outside after dark", "North"]["What that says"] == (
        "Down, which is better"
    )
    assert {row["What that says"] for row in rows} >= {"No clear change", "Not compared"}


def test_the_workbook_tells_targets_with_the_distance_and_in_words(made):
    met, far = told_in(made.book["Targets"])

    assert [met["Target"], met["Verdict"], met["Set for"]] == ["At least 60%", "Met", "2026"]
    assert [far["Target"], far["Verdict"]] == ["At least 90%", "Not met so far"]
    distance = "Estimate less target (percentage points, or points of a score)"
    assert met[distance] == pytest.approx(
        100 * (met["Estimate (percent or mean score)"] - 0.6), abs=1e-9
    )
    assert far["In words"] == (
        "The target of at least 90% for 2030 (=Safety plan) is not met so far among those in the "
        "group “North” who answered."
    )


def test_the_workbook_tells_the_flow_by_rules_and_what_cleaning_moved(made):
    book, run = made.book, made.run
    flow = {row[0]: row[1:4:2] for row in table_of(book["Responses"])[1:]}
    assert flow["Received"] == (340, 340)
    assert flow["Removed: mostly empty"] == (40, 40)
    assert flow["Removed: a test"] == (0, "[z]")
    assert flow["Used"] == (run.flow.used, run.past_flows[1].used)
    rows = told_in(book["Cleaning"])
    assert [row["Figure"] for row in rows] == [moved.title for moved in run.sensitivity]
    for row, moved in zip(rows, run.sensitivity, strict=True):
        for heading, number in (
            ("From the answers used (percent or mean score)", moved.used),
            ("From all that came (percent or mean score)", moved.received),
        ):
            kept = "[c]" if number is None else pytest.approx(number, abs=1e-12)
            assert row[heading] == kept
        if moved.reason:
            assert row["Note"] != "None"


def test_the_workbook_tells_who_answered_and_the_r_indicator(made):
    book, run = made.book, made.run
    rows = told_in(book["Who answered"])
    assert [row["Group"] for row in rows] == [group.name for group in run.representation.groups]
    women = next(row for row in rows if row["Group"] == "Women")
    assert women["People who answered (to the nearest ten)"] % 10 == 0
    assert 0 < women["Share of answers (percent)"] < 1
    assert any(note.startswith("R-indicator 0.") for note in notes_of(book))
    assert notes_of(book)[0] == caveat(SampleType.OPEN_LINK)


def test_everybody_has_the_shares_without_an_answer_and_a_sentence(made):
    book, run = made.book, made.run
    names = {row["Indicator"]: row["Code"] for row in told_in(book["Indicators"])}
    seen = 0
    for row in told_in(book["Everybody who lives here"]):
        without = run.unanswered.get(names[row["Indicator"]])
        shown = (
            row["People who were asked (to the nearest ten)"],
            row["Did not know (percent of those asked)"],
            row["Did not answer (percent of those asked)"],
        )
        if without is None:
            assert set(shown) == {"[c]"}
        if "[c]" in row["Symbols"]:
            assert row["In words"].endswith("not shown, to keep the people who answered private.")
            assert without is None
        if without is not None:
            assert shown == (without.asked, without.dont_know, without.missing)
            seen += 1
    assert seen > 20
    assert (
        "of those who answered (their answers weighted to match the borough by age, sex and ward). "
        "300 people answered."
    ) in next(
        row["In words"]
        for row in told_in(book["Everybody who lives here"])
        if row["Indicator"] == "Feels safe outside after dark"
    )
    assert "In words" not in table_of(book["By ward"])[0]


@pytest.mark.parametrize("sample", SampleType)
def test_the_cover_says_what_the_way_of_asking_cannot_rule_out(lite_app, sample):
    found(db.session())
    book = book_of(refreshed(filled(db.session(), 60, sample=sample)))

    said = {str(row[0]) for row in book["Cover"].iter_rows(values_only=True)}
    assert caveat(sample) in said
    assert not {caveat(other) for other in SampleType if other is not sample} & said


def test_all_of_it_is_made_when_the_answers_are_gone_and_takes_the_place_of_the_old(lite_app):
    wave = two_waves()
    before = files_of(wave, "indicators_csv")
    db.session.execute(delete(Response))
    db.session.commit()
    assert files_of(wave, "indicators_csv") == before

    for table in (FigureChange, FigureVerdict):
        db.session.execute(delete(table))
    db.session.commit()
    after = files_of(wave, "indicators_csv")
    assert rows_of(before["changes_csv"])
    assert rows_of(after["changes_csv"]) == rows_of(after["targets_csv"]) == []
