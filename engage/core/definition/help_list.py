"""Where to get help: the services that a site knows, and which of them a survey shows.

What ships is laid under the council's own list: that can correct a service, hide one that has
closed, and add its own. Questionnaires name services too; one of them is the same as one on the
list if its name, phone number or site is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from engage.core.definition.checked import read_checked
from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.kinds import NUMBER_KINDS, TEXT_KINDS, Kind
from engage.core.definition.question import Question, Service
from engage.core.definition.wording import plain

_SCHEMA = Draft202012Validator(
    json.loads(files("engage.core.definition").joinpath("help_schema.json").read_text("utf-8"))
)
SEE = "See docs/safeguarding.md."
TOLD = ("name", "detail", "phone", "text", "web")
SHOWING = NUMBER_KINDS | {Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE, Kind.RANKING, Kind.CONSENT}
"""Kinds beside which help can be shown."""
URGENT = "emergency"
"""The service that no list may hide or leave without a number to call."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A service on the list.

    It is shown on every survey if `everywhere`, else where a questionnaire names it; before all
    others if `first`. `own` are the fields that the council's list gave: they count more than
    what a questionnaire says. `languages` are its name and detail in other languages, by code.
    """

    id: str
    service: Service
    everywhere: bool = False
    first: bool = False
    hidden: bool = False
    own: frozenset[str] = frozenset()
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def is_(self, other: Service) -> bool:
        """Whether a service that a questionnaire names is this one."""
        return bool(_marks(self.service) & _marks(other))

    def shown(self, named: Service | None, language: str) -> Service:
        """The service as a survey shows it; `named` is what the questionnaire says of it, if so.

        A questionnaire speaks its reader's language, so its words are kept where the council says
        nothing else.
        """
        said = {name: getattr(self.service, name) for name in TOLD} | dict(
            self.languages.get(language, {})
        )
        if named:
            said |= {
                name: value
                for name in TOLD
                if name not in self.own and (value := getattr(named, name))
            }
        return Service(**said)


@dataclass(frozen=True, slots=True)
class HelpList:
    """Every service that the site knows, in the order in which they are shown."""

    listed: tuple[Listed, ...] = ()

    def services(self, named: Iterable[Service] = (), language: str = "en") -> tuple[Service, ...]:
        """What a survey shows that names these itself: the urgent first, then its own, the rest."""
        found = [(self._listed(each), each) for each in named]
        said = {listed.id: each for listed, each in found if listed}
        order = [
            *((each, said.get(each.id)) for each in self.listed if each.first and each.everywhere),
            *found,
            *((each, None) for each in self.listed if each.everywhere),
        ]
        shown: dict[str, Service] = {}
        for listed, each in order:
            if listed is None and each is not None:
                shown.setdefault(each.name, each)
            elif listed is not None and not listed.hidden:
                shown.setdefault(f"@{listed.id}", listed.shown(each, language))
        return tuple(shown.values())

    def _listed(self, service: Service) -> Listed | None:
        return next((each for each in self.listed if each.is_(service)), None)


def at_foot(
    questions: Iterable[Question],
    *,
    told: bool = False,
    hurts: bool = False,
    sealed: bool = False,
) -> bool:
    """Whether a page has to show help at its foot: it asks what is personal, and shows none yet.

    `told` says that the page itself, and not a question on it, is about something personal;
    `hurts`, that something in its survey may hurt: then every page shows help, whatever was said
    on the pages before. In a `sealed` form every page shows it there, once, and no question does.
    """
    if sealed:
        return True
    asked = tuple(questions)
    personal = told or hurts or any(each.themes or each.help_here for each in asked)
    return personal and not any(_beside(each, hurts=hurts) for each in asked)


def _beside(question: Question, *, hurts: bool) -> bool:
    """Whether the question itself shows where help is."""
    if question.kind in TEXT_KINDS:
        return question.beside is None and (hurts or question.may_hurt)
    return question.may_hurt and question.kind in SHOWING


def load_help(shipped: Path, own: Path | None = None) -> HelpList:
    """The list that ships under a council's own; raises DefinitionError with every fault in them.

    A council's entry with the id of one that ships says only what differs.
    """
    listed = {each["id"]: _listed(each) for each in read_checked(shipped, _SCHEMA, SEE)["services"]}
    if own is None:
        return HelpList(tuple(listed.values()))
    given = read_checked(own, _SCHEMA, SEE)
    for each in given.get("services", []):
        before = listed.get(each["id"])
        listed[each["id"]] = _over(before, each) if before else _listed({"everywhere": True} | each)
    hide = {plain(name).casefold() for name in given.get("hide", [])}
    for key, one in listed.items():
        if hide & {key, plain(one.service.name).casefold()}:
            listed[key] = replace(one, hidden=True)
    faults = [Fault(str(own), *problem) for problem in _problems(given, listed)]
    if faults:
        raise DefinitionError(faults)
    return HelpList(tuple(listed.values()))


def _listed(data: Mapping[str, Any]) -> Listed:
    return Listed(
        id=data["id"],
        service=Service(**{"name": ""} | {name: data[name] for name in TOLD if name in data}),
        everywhere=data.get("everywhere", False),
        first=data.get("first", False),
        languages=data.get("languages", {}),
    )


def _over(before: Listed, data: Mapping[str, Any]) -> Listed:
    said = {name: data[name] for name in TOLD if name in data}
    flags = {name: data[name] for name in ("everywhere", "first", "languages") if name in data}
    # Words that the council corrected are not covered up by the older ones of a translation.
    if "languages" not in data and said.keys() & {"name", "detail"}:
        flags["languages"] = {}
    service = replace(before.service, **said)
    return replace(before, service=service, own=frozenset(said), **flags)


def _problems(
    given: Mapping[str, Any], listed: Mapping[str, Listed]
) -> Iterator[tuple[str, str, str]]:
    ids = [each["id"] for each in given.get("services", [])]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield "services", f"the id {twice!r} is there twice.", "Keep one of them."
    for number, key in enumerate(ids):
        service = listed[key].service
        if not service.name:
            yield f"services/{number}", f"{key!r} has no name.", "Give it one."
        if not (service.phone or service.text or service.web):
            yield (
                f"services/{number}",
                f"{key!r} has no way to reach it.",
                "Give phone, text or web.",
            )
    known = {*listed, *(plain(each.service.name).casefold() for each in listed.values())}
    for number, name in enumerate(given.get("hide", [])):
        if plain(name).casefold() not in known:
            yield (
                f"hide/{number}",
                f"there is no service {name!r} on the list.",
                f"Name one of: {', '.join(listed)}.",
            )
    urgent = listed[URGENT]
    if urgent.hidden or not (urgent.everywhere and urgent.first):
        yield URGENT, "it would not come first everywhere.", "Leave it where it is."


def _marks(service: Service) -> frozenset[str]:
    """What a service can be known by: its name, its phone number, its site."""
    site = service.web.removeprefix("https://").removeprefix("www.").rstrip("/").lower()
    number = "".join(letter for letter in service.phone if letter.isdigit())
    return frozenset({plain(service.name).casefold(), number, site} - {""})
