"""What an agency said to a package: that it has it, under which reference, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from engage.handover.acts import Acting

ACKNOWLEDGED, OUTCOME = "acknowledgement", "outcome"


def take_answer(
    acting: Acting, entry: Mapping[str, Any], *, reference: str, outcome: str, tell: str
) -> None:
    """Write down what came back; the first answer of any kind acknowledges the package.

    Whoever reported is told that the agency has it, and what is written for them (`tell`), unless
    they may not know of the package. Raises ChangedElsewhereError.
    """
    package, told = entry["package"], entry["told"] is True
    agency = entry["meta"]["to"]["name"]
    if not answered(acting.case.entries, package) or reference:
        acting.add("notes", ACKNOWLEDGED, package=package, reference=reference)
        acting.stop(entry["clock"])
        if told:
            acting.add("talk", ACKNOWLEDGED, agency=agency)
    if outcome:
        acting.add("notes", OUTCOME, package=package, words=outcome)
    if told and tell:
        acting.add("talk", OUTCOME, agency=agency, words=tell)
    acting.log()


def answered(entries: Iterable[Mapping[str, Any]], package: str) -> list[Mapping[str, Any]]:
    """What came back about a package, the oldest first."""
    kinds = {ACKNOWLEDGED, OUTCOME}
    return [each for each in entries if each["kind"] in kinds and each["package"] == package]
