"""Plain data to the rules between questions."""

from typing import Any

from engage.core.definition.condition import Condition
from engage.core.definition.condition_data import calculated_of, condition_of
from engage.core.definition.phrase import phrase_of, pipes, readable
from engage.core.definition.rule import Rule, Total


def rule_of(data: dict[str, Any]) -> Rule:
    """The rule in plain data that passed the schema."""
    says = phrase_of(data["message"])
    total = _total(data["wrong_unless"]) if "wrong_unless" in data else None
    return Rule(
        wrong_if=_missed(total) if total else condition_of(data["wrong_if"]),
        message=readable(says),
        at=data["at"],
        says=says if pipes(says) else (),
        total=total,
    )


def _total(data: dict[str, Any]) -> Total:
    number = {"id": "total", "title": "The total", "sum": data["total"]}
    bounds = {"equals" if name == "is" else name: data[name] for name in data if name != "total"}
    return Total(calculated_of(number), condition_of({"calculated": number, **bounds}))


def _missed(total: Total) -> Condition:
    """The rule that is true of a sum that is not as wanted, where all that it needs is there."""
    needed = (total.number, *(each.number for each in total.wanted.than))
    there = tuple(
        Condition(question=each, answered=True)
        if isinstance(each, str)
        else Condition(calculated=each, answered=True)
        for each in dict.fromkeys(needed)
    )
    return Condition(all_of=(*there, Condition(negated=total.wanted)))
