"""How responses went through cleaning, step by step, under one or more versions of the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.words import FLAGS, RULES, Told


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how many responses it concerned under each version, and why.

    A count is None where that version does not have the rule, or it had nothing to go by.
    """

    name: str
    reason: str
    counts: tuple[int | None, ...]


def versions(used: Flow, past: Mapping[int, Flow]) -> list[Flow]:
    """The flow that the figures use, then those of the other versions, the newest first."""
    return [used, *(flow for _version, flow in sorted(past.items(), reverse=True))]


def steps(flows: Sequence[Flow]) -> list[Step]:
    """Received, removed by each rule, used, and what each rule marked or left out of the used."""
    return [
        Step("Received", "Everything that was sent", tuple(flow.received for flow in flows)),
        *_by_rule(flows, "Removed", RULES, lambda flow: flow.removed),
        Step("Used", "Received less removed", tuple(flow.used for flow in flows)),
        *_by_rule(flows, "Marked, and used", FLAGS, lambda flow: flow.flagged),
        *_by_rule(flows, "Without some answers, and used", RULES, lambda flow: flow.cleared),
    ]


def _by_rule(
    flows: Sequence[Flow],
    done: str,
    told: Mapping[str, Told],
    counts: Callable[[Flow], Mapping[str, int]],
) -> list[Step]:
    """The rules that any of the versions ran, in the order in which they are tried."""
    return [
        Step(
            f"{done}: {rule.label[0].lower()}{rule.label[1:]}",
            rule.reason,
            tuple(counts(flow).get(name) for flow in flows),
        )
        for name, rule in told.items()
        if any(name in counts(flow) for flow in flows)
    ]
