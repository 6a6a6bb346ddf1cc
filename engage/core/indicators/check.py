"""What a schema cannot say about a file of indicators, with a remedy for each fault."""

from collections.abc import Iterator
from typing import Any

from engage.core.definition.faults import Fault
from engage.core.indicators.model import Better, Kind

# Which parts each kind of indicator is made of; it may have no others of these.
PARTS = {
    Kind.PROPORTION: {"variable", "numerator", "base"},
    Kind.ANY: {"variables", "numerator", "base"},
    Kind.MEAN: {"variable", "scores"},
    Kind.SUM_MEAN: {"variables", "scores"},
    Kind.SUM_THRESHOLD: {"variables", "scores", "threshold"},
    Kind.MEAN_OF_PROPORTIONS: {"variables", "numerator", "base"},
}
_ALL_PARTS = set().union(*PARTS.values())


def check(data: dict[str, Any], file: str) -> list[Fault]:
    """Every fault in a file of indicators that fits the schema."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for position, each in enumerate(data["indicators"]):
        path = f"indicators/{position}"
        if each["id"] in seen:
            problem = f"the id {each['id']!r} is used twice."
            faults.append(Fault(file, f"{path}/id", problem, "Give each indicator its own id."))
        seen.add(each["id"])
        faults += [Fault(file, path, *fault) for fault in (*_faults(each), *_target(each))]
    areas = data.get("comparisons", {}).get("areas", {})
    if both := sorted(set(areas.get("treated", ())) & set(areas.get("control", ()))):
        problem = f"{', '.join(both)} are both treated and control."
        faults.append(Fault(file, "comparisons/areas", problem, "Keep each in one of them."))
    return faults


def _target(each: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A target in another unit than its figure, or one that runs against what is better."""
    target = each.get("target")
    if not target:
        return
    named = f"{each['id']!r} has a target of {target['operator']} {target['value']:g}"
    if Kind(each["kind"]).is_percentage and not 0 <= target["value"] <= 1:
        yield f"{named}, but it is a share from 0 to 1.", "Write 0.72 for 72%."
    if each["better"] == Better.NEITHER:
        yield f"{named}, but no way is better.", "Set better to higher or lower."
    elif (target["operator"], each["better"]) in {(">=", "lower"), ("<=", "higher")}:
        yield f"{named}, but {each['better']} is better.", "Turn the operator round."


def _faults(each: dict[str, Any]) -> Iterator[tuple[str, str]]:
    named = f"{each['id']!r} is a {each['kind']}"
    parts = PARTS[Kind(each["kind"])]
    for part in sorted(parts - each.keys()):
        yield f"{named} but has no {part}.", f"Add {part}."
    for part in sorted((_ALL_PARTS & each.keys()) - parts):
        yield f"{named}, which has no use for {part}.", f"Remove {part}, or change the kind."
    base = each.get("base", [])
    for code in each.get("numerator", []):
        if base and code not in base:
            yield (
                f"{each['id']!r} counts the code {code!r}, which is not in its base.",
                "Add the code to the base, or take it out of the numerator.",
            )
    for code in each.get("outside", []):
        if code in base or code in each.get("scores", {}):
            yield (
                f"{each['id']!r} has the code {code!r} both in its base and outside.",
                "Keep it in one of them.",
            )
