"""Plain data to the rules of a definition, and to the numbers that are worked out."""

from collections.abc import Iterator
from typing import Any

from engage.core.definition.condition import Calculated, Case, Condition, Sign, Than
from engage.core.definition.days import number_of


def with_calculated(data: dict[str, Any]) -> dict[str, Any]:
    """A definition's data with how it is worked out wherever a rule looks at such a number.

    A number may look at those before it in the list, so none can wait for itself.
    """
    known: dict[str, Any] = {}
    made = []
    for each in data.get("calculated", []):
        made.append(_filled_in(each, known))
        known.setdefault(each["id"], made[-1])
    if not made:
        return data
    rest = {name: part for name, part in data.items() if name != "calculated"}
    return {**{name: _filled_in(part, known) for name, part in rest.items()}, "calculated": made}


def _filled_in(part: Any, known: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_filled_in(each, known) for each in part]
    if not isinstance(part, dict):
        return part
    filled = {name: _filled_in(each, known) for name, each in part.items()}
    if "id" not in part and part.get("question") in known:  # a rule, or what it compares with
        filled["calculated"] = known[filled.pop("question")]
    return filled


def calculated_of(data: dict[str, Any]) -> Calculated:
    """A number that is worked out, in plain data that passed the schema."""
    count = data.get("count", {})
    return Calculated(
        id=data["id"],
        title=data["title"],
        sum=tuple(data.get("sum", [])),
        count=tuple(count.get("questions", [])),
        of=frozenset(count.get("of", [])),
        cases=tuple(Case(condition_of(each["if"]), each["value"]) for each in data.get("when", [])),
        otherwise=data.get("otherwise"),
    )


def condition_of(data: dict[str, Any]) -> Condition:
    """The rule in plain data that passed the schema."""
    if "question" in data or "calculated" in data:
        exactly = _bound(data, "equals")
        return Condition(
            question=data.get("question"),
            calculated=calculated_of(data["calculated"]) if "calculated" in data else None,
            codes=frozenset(data.get("in", [])),
            none_of=frozenset(data.get("none_of", [])),
            answered=bool(data.get("answered", False)),
            at_least=_bound(data, "at_least", exactly),
            at_most=_bound(data, "at_most", exactly),
            than=tuple(_than(data)),
        )
    return Condition(
        all_of=tuple(condition_of(part) for part in data.get("all", [])),
        any_of=tuple(condition_of(part) for part in data.get("any", [])),
        negated=condition_of(data["not"]) if "not" in data else None,
    )


def _bound(data: dict[str, Any], name: str, otherwise: int | None = None) -> int | None:
    """What a number is compared with; a date as its number."""
    bound = data.get(name, otherwise)
    if isinstance(bound, dict):
        return None
    return number_of(bound) if isinstance(bound, str) else bound


def _than(data: dict[str, Any]) -> Iterator[Than]:
    """The other numbers that one is compared with."""
    signs = {sign.value: (sign,) for sign in Sign} | {"equals": (Sign.AT_LEAST, Sign.AT_MOST)}
    for name, meant in signs.items():
        other = data.get(name)
        if isinstance(other, dict):
            worked_out = other.get("calculated")
            number = calculated_of(worked_out) if worked_out else other["question"]
            yield from (Than(sign, number) for sign in meant)


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The rule that is true when both are; a rule that is not there is always true."""
    if first is None or second is None:
        return first or second
    return Condition(all_of=(first, second))
