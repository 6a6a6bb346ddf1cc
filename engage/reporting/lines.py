"""What was said and done about a report, in words that whoever reported it reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext, lazy_gettext as _
from flask_babel.speaklater import LazyString

from engage.clock import day_of
from engage.core.reporting.policy import Asked
from engage.core.reporting.wishes import Level
from engage.reports.models import Status
from engage.reports.opened import Entry
from engage.reports.policy import policy
from engage.web.language import language

STATUSES: Mapping[str, LazyString] = {
    Status.NEW: _("We have it. Nobody has read it yet."),
    Status.OPEN: _("Somebody is working on it."),
    Status.HANDED_OVER: _("We passed it on. You can read here to whom, and why."),
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
BEYOND = _("We told somebody more than you wished")
"""What a handover is called that no wish allowed."""
BEYOND_WORDS = _(
    "You had not agreed to this. We had to do it to keep somebody safe, or because the law demands "
    "it. You can ask us about it here."
)
GOT: Mapping[str, LazyString] = {
    Level.FULL: _("They have what happened and any name you gave, and may get in touch."),
    Level.NO_CONTACT: _(
        "They have what happened and any name you gave. They must not contact you."
    ),
    Level.ANONYMOUS: _("They have what happened, but no name and nothing that points to you."),
}
"""What an agency got, by the level."""
NEXT: Mapping[str, str] = {Asked.POLICE: "police_next", Asked.SUPPORT: "support_next"}
"""The partnership's text on what an agency does next, by the wish that it is about."""
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
        status = str(value.get("status", ""))
        # That it was passed on says the handover itself, with to whom.
        words = "" if status == Status.HANDED_OVER else status_in_words(status)
        return Said(_day(value), words) if words else None
    if kind not in TITLES:
        return None
    agency = _agency(str(value.get("agency", "")))
    title = _title(kind, value)
    return Said(
        day=_day(value),
        title=f"{title}: {agency}" if agency else title,
        words=_given(value)
        if kind == "handover"
        else str(value.get("words") or value.get("name") or ""),
        code=str(value.get("code", "")),
        survey=str(value.get("survey", "")),
    )


def _agency(name: str) -> str:
    """What an agency is called; entries hold its name, as it was called then, or its id."""
    known = policy().agency(name)
    return known.name if known else name


def _given(value: Mapping[str, object]) -> str:
    """What left, in words: how far it went, and what the agency does with it."""
    said = [str(GOT.get(str(value.get("level")), ""))]
    if value.get("beyond"):
        said = [str(BEYOND_WORDS), *said]
    elif value.get("asked") in NEXT:
        day = _day(value)
        name = NEXT[str(value["asked"])]
        said += [policy().text(name, day, language().tag)] if day else []
    return "\n\n".join(filter(None, said))


def _title(kind: str, value: Mapping[str, object]) -> str:
    if kind == "handover" and value.get("beyond"):
        return str(BEYOND)
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
