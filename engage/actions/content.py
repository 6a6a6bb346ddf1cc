"""What of an action the public sees: written the one way, so that its digest stands for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from engage.actions.models import Action


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A published figure: one indicator of a wave, for one group of one breakdown."""

    questionnaire: str
    wave_id: int
    indicator: str
    breakdown: str
    group: str


@dataclass(frozen=True, slots=True)
class Update:
    """What happened, and on which day."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Content:
    """An action without who keeps it. No wards: it is for the whole borough."""

    title: str
    theme: str
    said: str
    did: str
    owner: str
    due_on: date
    done_on: date | None
    state: str
    why: str
    wards: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    quotes: tuple[int, ...] = ()
    updates: tuple[Update, ...] = ()


def content_of(action: Action) -> Content:
    """The content of an action as it is now, its newest update first."""
    return Content(
        title=action.title,
        theme=action.theme,
        said=action.said,
        did=action.did,
        owner=action.owner,
        due_on=action.due_on,
        done_on=action.done_on,
        state=action.state,
        why=action.why,
        wards=tuple(sorted(each.ward for each in action.wards)),
        findings=tuple(
            sorted(
                Finding(e.questionnaire, e.wave_id, e.indicator, e.breakdown, e.group)
                for e in action.findings
            )
        ),
        quotes=tuple(sorted(each.quote_id for each in action.quotes)),
        updates=tuple(
            Update(each.day, each.words)
            for each in sorted(action.updates, key=lambda e: (e.day, e.id or 0), reverse=True)
        ),
    )


def written(content: Content) -> str:
    """The canonical JSON of a content."""
    return json.dumps(
        asdict(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_day
    )


def read(text: str) -> Content:
    """The content that was written so."""
    data: dict[str, Any] = json.loads(text)
    return Content(
        **{name: data[name] for name in ("title", "theme", "said", "did", "owner", "state", "why")},
        due_on=date.fromisoformat(data["due_on"]),
        done_on=date.fromisoformat(data["done_on"]) if data["done_on"] else None,
        wards=tuple(data["wards"]),
        findings=tuple(Finding(**each) for each in data["findings"]),
        quotes=tuple(data["quotes"]),
        updates=tuple(_update(each) for each in data["updates"]),
    )


def digest_of(action: Action) -> str:
    """SHA-256 of what a second person agrees to, in hexadecimal."""
    return hashlib.sha256(written(content_of(action)).encode()).hexdigest()


def _update(data: Mapping[str, str]) -> Update:
    return Update(date.fromisoformat(data["day"]), data["words"])


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no part of an action.")
