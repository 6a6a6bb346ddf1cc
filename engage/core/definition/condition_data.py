"""Plain data to the rules of a definition."""

from typing import Any

from engage.core.definition.condition import Condition
from engage.core.definition.days import number_of


def condition_of(data: dict[str, Any]) -> Condition:
    """The rule in plain data that passed the schema."""
    if "question" in data:
        exactly = _bound(data, "equals")
        return Condition(
            question=data["question"],
            codes=frozenset(data.get("in", [])),
            none_of=frozenset(data.get("none_of", [])),
            answered=bool(data.get("answered", False)),
            at_least=_bound(data, "at_least", exactly),
            at_most=_bound(data, "at_most", exactly),
        )
    return Condition(
        all_of=tuple(condition_of(part) for part in data.get("all", [])),
        any_of=tuple(condition_of(part) for part in data.get("any", [])),
        negated=condition_of(data["not"]) if "not" in data else None,
    )


def _bound(data: dict[str, Any], name: str, otherwise: int | None = None) -> int | None:
    """What a number is compared with; a date as its number."""
    bound = data.get(name, otherwise)
    return number_of(bound) if isinstance(bound, str) else bound


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The rule that is true when both are; a rule that is not there is always true."""
    if first is None or second is None:
        return first or second
    return Condition(all_of=(first, second))
