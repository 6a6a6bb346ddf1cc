"""Targets from a CSV file, with everything that is wrong with it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from engage.core.files.csv_rows import Row, csv_rows
from engage.core.files.faults import Faults
from engage.core.files.text import storable
from engage.core.indicators.goals import ALL, OVERALL, Goal, plain_year
from engage.core.indicators.model import Better, Indicator
from engage.core.statistics.target import Operator, Target
from engage.targets.known import Known
from engage.targets.values import value_of

NEEDED = {name: name for name in ("indicator", "operator", "value", "year", "source")}
OPTIONAL = {name: name for name in ("questionnaire", "breakdown", "group")}
LONGEST_SOURCE = 200

Finder = Callable[[str], Known]
"""What a questionnaire has, by its id; raises LookupError naming the questionnaires there are."""


def read_targets(
    file: Path, known: Finder, questionnaire: str | None = None
) -> dict[str, list[Goal]]:
    """The targets in a CSV file, by questionnaire.

    It has the columns indicator, operator (>=, <= or =), value (72% or 0.72, points of a score),
    year (2026 or 2025/26) and source, and may have questionnaire, breakdown and group; without
    these it is about everybody. `questionnaire` stands for the column where that is empty.
    Raises RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    reader = _Reader(known, questionnaire or "", faults)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv_rows(lines, faults, NEEDED, OPTIONAL):
            reader.take(row)
    if not reader.lines:
        faults.add("It has no targets.")
    reader.tell()
    faults.refuse()
    return reader.goals


class _Reader:
    """Reads one row after the other, and remembers what it has to tell of all of them."""

    def __init__(self, known: Finder, questionnaire: str, faults: Faults) -> None:
        self.known, self.questionnaire, self.faults = known, questionnaire, faults
        self.goals: dict[str, list[Goal]] = {}
        self.lines: dict[tuple[str, ...], int] = {}
        self.there_are: dict[str, str] = {}

    def take(self, row: Row) -> None:
        """Keep the target of a row, or note why it is none."""
        where, values = f"Line {row.line}", row.values
        survey = self._survey(values["questionnaire"], where)
        target = self._year_and_source(values, where)
        breakdown, group = values["breakdown"] or OVERALL, values["group"]
        group = group or (ALL if breakdown == OVERALL else "")
        key = (survey, values["indicator"], breakdown, group, target[0])
        if (first := self.lines.setdefault(key, row.line)) != row.line:
            self.faults.add(f"{where} is for the same figure and year as line {first}.")
        known = self._find(survey, where)
        if known is None:
            return
        self._check_group(survey, known, breakdown, group, where)
        indicator = known.indicators.get(values["indicator"])
        if indicator is None:
            self._unknown(where, values["indicator"], f"indicators of {survey}", known.indicators)
            return
        operator = self._operator(values["operator"], indicator, where)
        value = value_of(values["value"], indicator, where, self.faults)
        if operator is not None and value is not None:
            set_to = Target(operator, value, *target)
            self.goals.setdefault(survey, []).append(Goal(indicator.id, set_to, breakdown, group))

    def tell(self) -> None:
        """Say once what there is, where something was asked for that is not."""
        for what, names in self.there_are.items():
            self.faults.add(f"The {what} are: {names}.")

    def _survey(self, given: str, where: str) -> str:
        if given and self.questionnaire and given != self.questionnaire:
            self.faults.add(
                f"{where} is for {given[:60]!r}, but the file was to be for {self.questionnaire!r}."
            )
        survey = given or self.questionnaire
        if not survey:
            self.faults.add(f"{where} has no questionnaire. Fill in the column, or name it.")
        return survey

    def _find(self, survey: str, where: str) -> Known | None:
        if not survey:
            return None
        try:
            return self.known(survey)
        except LookupError as problem:
            self.faults.add(f"{where}: {problem.args[0]}")
            return None

    def _year_and_source(self, values: dict[str, str], where: str) -> tuple[str, str]:
        source, year = values["source"], values["year"]
        storable(source, longest=LONGEST_SOURCE, what="source", where=where, faults=self.faults)
        try:
            year = plain_year(year)
        except ValueError as problem:
            self.faults.add(f"{where}: {problem}")
        return year, source

    def _check_group(
        self, survey: str, known: Known, breakdown: str, group: str, where: str
    ) -> None:
        groups = known.groups.get(breakdown)
        if groups is None:
            self._unknown(where, breakdown, f"breakdowns of {survey}", known.groups)
        elif group not in groups:
            named = [f"{code} ({label})" for code, label in groups.items()]
            self._unknown(where, group, f"groups of {breakdown} in {survey}", named)

    def _operator(self, given: str, indicator: Indicator, where: str) -> Operator | None:
        try:
            operator = Operator(given)
        except ValueError:
            self.faults.add(f"{where}: the operator {given[:20]!r} is none of >=, <= and =.")
            return None
        against = {Operator.AT_LEAST: Better.LOWER, Operator.AT_MOST: Better.HIGHER}.get(operator)
        if indicator.better is Better.NEITHER:
            self.faults.add(f"{where}: of {indicator.id} no way is better, so it has no target.")
        elif indicator.better is against:
            self.faults.add(
                f"{where}: {operator} does not fit {indicator.id}, of which {indicator.better} is "
                "better."
            )
        return operator

    def _unknown(self, where: str, given: str, what: str, names: Iterable[str]) -> None:
        told = f"{where}: {given[:60]!r} is" if given else f"{where} names"
        self.faults.add(f"{told} none of the {what}.")
        self.there_are[what] = ", ".join(names) or "none"
