"""What a schema cannot say about a file of indicators, with a remedy for each fault."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from engage.core.definition.check_tables import OWN_BREAKDOWNS
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

Problem = tuple[str, str]


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
        found = (*_faults(each), *_target(each), *_breaks(each), *_revisions(each))
        faults += [Fault(file, path, *fault) for fault in found]
    areas = data.get("comparisons", {}).get("areas", {})
    if both := sorted(set(areas.get("treated", ())) & set(areas.get("control", ()))):
        problem = f"{', '.join(both)} are both treated and control."
        faults.append(Fault(file, "comparisons/areas", problem, "Keep each in one of them."))
    faults += [Fault(file, "headlines", *fault) for fault in _headlines(data, seen)]
    faults += [Fault(file, "united", *fault) for fault in _united(data)]
    return faults


def _headlines(data: dict[str, Any], known: set[str]) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    united = {each["id"]: each["groups"] for each in data.get("united", ())}
    for each in data.get("headlines", ()):
        name, breakdown, group = each["indicator"], each.get("breakdown"), each.get("group")
        if name not in known:
            yield f"there is no indicator {name!r}.", "Correct the id, or add the indicator."
        if (breakdown in {None, "overall"}) is not (group in {None, "all"}):
            yield (
                f"{name!r} is asked for of {group!r} by {breakdown!r}.",
                "Name both a breakdown and one of its groups, or neither.",
            )
        codes = [part["code"] for part in united.get(breakdown, ())]
        if codes and group not in codes:
            yield (
                f"{name!r} is asked for of {group!r}, which {breakdown!r} does not have.",
                f"Use one of: {', '.join(codes)}.",
            )
        this = (name, breakdown or "overall", group or "all")
        if this in seen:
            yield f"{' '.join(this)} is there twice.", "Take one of them out."
        seen.add(this)


def _united(data: dict[str, Any]) -> Iterator[Problem]:
    united = data.get("united", ())
    counts = Counter(each["id"] for each in united)
    for name, count in counts.items():
        if count > 1 or name in OWN_BREAKDOWNS:
            yield f"the id {name!r} is taken by another breakdown.", "Give it an id of its own."
    for each in united:
        if each["of"] in counts:
            problem = f"{each['id']!r} is made of {each['of']!r}, which is put together itself."
            yield problem, "Make it of a breakdown of the questionnaire."
        codes = Counter(group["code"] for group in each["groups"])
        for code in (code for code, count in codes.items() if count > 1):
            yield f"{each['id']!r} has two groups {code!r}.", "Give each group its own code."
        parts = Counter(part for group in each["groups"] for part in group["parts"])
        for part in (part for part, count in parts.items() if count > 1):
            problem = f"{each['id']!r} has {part!r} in two of its groups."
            yield problem, "Keep it in one: nobody may be counted twice."


def _breaks(each: dict[str, Any]) -> Iterator[Problem]:
    for broken in each.get("breaks", ()):
        if broken["from_version"] <= 1:
            yield _no_earlier(each["id"], "a break", broken["from_version"])


def _revisions(each: dict[str, Any]) -> Iterator[Problem]:
    """Revisions that come too early, in disorder, or that do not suit the kind of indicator."""
    parts = PARTS[Kind(each["kind"])]
    before, made = 1, each
    for revision in each.get("revisions", ()):
        version = revision["from_version"]
        named = f"the revision of {each['id']!r} since version {version}"
        if version <= 1:
            yield _no_earlier(each["id"], "a revision", version)
        elif version <= before:
            problem = f"{named} comes after the one since version {before}."
            yield problem, "Write each version once, the oldest first."
        before = max(before, version)
        for part in sorted((_ALL_PARTS & revision.keys()) - parts):
            problem = f"{named} has no use for {part}: the indicator is a {each['kind']}."
            yield problem, f"Remove {part}, or make it an indicator of its own."
        made = made | revision
        for problem, remedy in _codes(made):
            yield f"since version {version}, {problem}", remedy


def _no_earlier(name: str, what: str, version: int) -> Problem:
    problem = f"{name!r} has {what} since version {version}, and no version is before it."
    return problem, "Name the version that it came with, 2 or later."


def _target(each: dict[str, Any]) -> Iterator[Problem]:
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


def _faults(each: dict[str, Any]) -> Iterator[Problem]:
    named = f"{each['id']!r} is a {each['kind']}"
    parts = PARTS[Kind(each["kind"])]
    for part in sorted(parts - each.keys()):
        yield f"{named} but has no {part}.", f"Add {part}."
    for part in sorted((_ALL_PARTS & each.keys()) - parts):
        yield f"{named}, which has no use for {part}.", f"Remove {part}, or change the kind."
    yield from _codes(each)


def _codes(each: dict[str, Any]) -> Iterator[Problem]:
    """Codes that are counted without being in the base, and codes both in it and outside."""
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
