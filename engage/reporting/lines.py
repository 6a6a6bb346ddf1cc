"""What was said and done about a report, in words that whoever reported it reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext, lazy_gettext as _
from flask_babel.speaklater import LazyString

from engage.clock import day_of
from engage.reports.models import Status
from engage.reports.opened import Entry
from engage.reports.policy import policy

STATUSES: Mapping[str, LazyString] = {
    Status.NEW: _("We have it. Nobody has read it yet."),
    Status.OPEN: _("Somebody is working on it."),
    Status.HANDED_OVER: _("Others who help have what you agreed to."),
    Status.CLOSED: _("It is closed. You can still write to us."),
}
TITLES: Mapping[str, LazyString] = {
    "question": _("We asked"),
    "answer": _("You answered"),
    "message": _("You wrote"),
    "file": _("You sent a file"),
    "wishes": _("You changed who may be told"),
    "name": _("You added a name"),
    "contact_details": _("You changed how we may reach you"),
    "own_code": _("You took a code of your own"),
    "closed": _("We closed it"),
    "handover": _("We handed it over"),
    "acknowledgement": _("They have it"),
    "acknowledged": _("They have it"),
    "outcome": _("They told us what they did"),
    "told": _("We told somebody"),
    "override": _("We had to tell somebody"),
}
"""What each kind of entry is called; other kinds are not the reporter's to read."""
OURS = _("We wrote")
CENTRES = _("The centre wrote")


@dataclass(frozen=True, slots=True)
class Said:
    """Something in the conversation. `code` and `survey` are those of a survey about us."""

    day: date | None
    title: str
    words: str = ""
    code: str = ""
    survey: str = ""


def status_in_words(status: str) -> str:
    """How far a report is."""
    return str(STATUSES.get(status, ""))


def what_was_said(entries: Iterable[Entry]) -> list[Said]:
    """The entries that are for whoever reported, the oldest first."""
    return [said for each in entries if each.ring != "notes" and (said := _said(each.value))]


def _said(value: Mapping[str, object]) -> Said | None:
    kind = str(value.get("kind", ""))
    if kind == "status":
        words = status_in_words(str(value.get("status", "")))
        return Said(_day(value), words) if words else None
    if kind not in TITLES:
        return None
    agency = policy().agency(str(value.get("agency", "")))
    title = _title(kind, value)
    return Said(
        day=_day(value),
        title=f"{title}: {agency.name}" if agency else title,
        words=str(value.get("words") or value.get("name") or ""),
        code=str(value.get("code", "")),
        survey=str(value.get("survey", "")),
    )


def _title(kind: str, value: Mapping[str, object]) -> str:
    if kind == "message" and value.get("by") != "reporter":
        return str(CENTRES if value.get("by") == "centre" else OURS)
    return gettext("We added a name") if kind == "name" and _ours(value) else str(TITLES[kind])


def _ours(value: Mapping[str, object]) -> bool:
    return isinstance(value.get("by"), int)


def _day(value: Mapping[str, object]) -> date | None:
    try:
        return day_of(datetime.fromisoformat(str(value.get("at", ""))))
    except ValueError:
        return None
