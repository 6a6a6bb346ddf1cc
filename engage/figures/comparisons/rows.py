"""Changes and verdicts as rows for the database: nothing where there is no number."""

import math
from typing import Any

from engage.core.indicators.changes import Change
from engage.core.indicators.goals import Aim
from engage.core.indicators.reasons import NO_CHANGE, NO_VERDICT
from engage.core.indicators.verdicts import Held

Row = dict[str, Any]


def change_row(change: Change, label: str, before_run: int) -> Row:
    """A change since the run `before_run`, in a group that is called `label`."""
    gap = change.difference
    says = " ".join(each.says for each in change.breaks)
    return {
        "before_run_id": before_run,
        "indicator": change.indicator,
        "breakdown": change.breakdown,
        "group": change.group,
        "label": label,
        "value": _stored(gap.value) if gap else None,
        "standard_error": _stored(gap.standard_error) if gap else None,
        "lower": _stored(gap.lower) if gap else None,
        "upper": _stored(gap.upper) if gap else None,
        "p": _stored(gap.p_t) if gap else None,
        "p_adjusted": _stored(change.p_adjusted),
        "detectable": _stored(change.detectable),
        "tests": change.tests,
        "reason": change.reason or "",
        "break_kind": change.breaks[0].kind if change.breaks else "",
        "says": says or (NO_CHANGE[change.reason] if change.reason else ""),
    }


def verdict_row(aim: Aim, held: Held, label: str) -> Row:
    """What a figure says about a target, in a group that is called `label`."""
    goal, target = aim.goal, aim.goal.target
    return {
        "indicator": goal.indicator,
        "breakdown": goal.breakdown,
        "group": goal.group,
        "label": label,
        "operator": target.operator,
        "target": target.value,
        "year": target.year,
        "source": target.source,
        "ahead": aim.ahead,
        "verdict": held.verdict or "",
        "distance": _stored(held.distance),
        "lower": _stored(held.lower),
        "upper": _stored(held.upper),
        "detectable": _stored(held.detectable),
        "reason": held.reason or "",
        "says": NO_VERDICT[held.reason] if held.reason else "",
    }


def _stored(value: float) -> float | None:
    return None if math.isnan(value) else value
