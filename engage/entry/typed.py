"""What is typed for a question, as the web form of that question would have sent it, and back.

Codes are those that are printed beside the boxes; everything else is typed as it was written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from engage.areas.named import BETWEEN, find_named, named, no_longer
from engage.areas.store import ward_names
from engage.areas.text import fold
from engage.core.definition.days import iso
from engage.core.definition.kinds import DATE_KINDS, NAMED_KINDS, PLACE_KINDS, SOUGHT_KINDS, Kind
from engage.core.definition.paper import keys_of
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer
from engage.web.date_field import PARTS

BETWEEN_CODES = re.compile(r"[\s,.;/]+")
BETWEEN_PLACES = re.compile(r"\s*;\s*")
EMPTY = frozenset({"-", "0"})
"""What is typed for a box of a ranking in which nothing stands."""


class TypingError(ValueError):
    """Something typed that no box on the paper stands for; the message says what there is."""


@dataclass
class Paper:
    """The boxes on the paper of one survey, and the names of the borough's places."""

    connection: Connection
    wards: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the wards as they were printed."""
        self.wards = ward_names(self.connection)

    def keys(self, question: Question) -> Mapping[str, str]:
        """What is typed for each box of a question, and the code that it stands for."""
        wards = tuple(self.wards.items()) if question.kind in PLACE_KINDS else ()
        return keys_of(question, wards)

    def labels(self, question: Question) -> dict[str, str]:
        """What stands beside each box."""
        return {option.code: option.label for option in question.options} | (
            dict(self.wards) if question.kind in PLACE_KINDS else {}
        )

    def sent(self, question: Question, typed: str) -> dict[str, list[str]]:
        """The parts of a question's field and what they hold; raises TypingError."""
        typed = typed.strip()
        return READ[question.kind](self, question, typed) if typed else {}

    def code(self, question: Question, typed: str) -> str:
        """The code that one thing typed stands for; raises TypingError."""
        keys = self.keys(question)
        found = keys.get(typed) or next(
            (code for code in keys.values() if code.casefold() == typed.casefold()), None
        )
        if found is None and question.kind in SOUGHT_KINDS:
            found = self._by_name(question, typed)
        if found is None:
            raise TypingError(f"“{typed}” stands beside no box. Type {_choice(list(keys))}.")
        return found

    def _by_name(self, question: Question, typed: str) -> str | None:
        """The ward, place or option that a name means, if it means one alone."""
        wanted = fold(typed)
        offered = {code: fold(label) for code, label in self.labels(question).items()}
        if question.kind in NAMED_KINDS:
            offered |= {each.code: fold(each.name) for each in find_named(self.connection, typed)}
        exact = [code for code, name in offered.items() if name == wanted]
        begins = [code for code, name in offered.items() if wanted and name.startswith(wanted)]
        found = exact or begins
        if len(found) > 1:
            raise TypingError(f"“{typed}” could mean {len(found)} of them. Type more of its name.")
        return found[0] if found else None

    def typed(self, question: Question, answer: Answer | None) -> str:
        """What would have been typed for an answer."""
        if answer is None:
            return ""
        if isinstance(answer, int):
            dated = question.kind in DATE_KINDS
            return " ".join(reversed(iso(answer).split("-"))) if dated else str(answer)
        keys = {code: key for key, code in self.keys(question).items()}
        if question.kind is Kind.RANKING:
            places = [answer.index(code) + 1 if code in answer else "-" for code in keys]
            return " ".join(map(str, places))
        if question.kind in NAMED_KINDS:
            codes = answer if isinstance(answer, tuple) else (answer,)
            known = named(self.connection, codes)
            return "; ".join(
                (known.get(code) or no_longer(code)).name if BETWEEN in code else keys[code]
                for code in codes
            )
        if isinstance(answer, tuple):
            return " ".join(keys[code] for code in answer)
        return keys.get(answer, answer)


Sent = dict[str, list[str]]
"""By the suffix of a field's name (nothing for the field itself): the values that are sent."""


def _one(paper: Paper, question: Question, typed: str) -> Sent:
    if question.kind not in SOUGHT_KINDS and len(BETWEEN_CODES.split(typed)) > 1:
        raise TypingError("Only one box can be ticked here. If more are, leave it empty.")
    return {"": [paper.code(question, typed)]}


def _several(paper: Paper, question: Question, typed: str) -> Sent:
    pattern = BETWEEN_PLACES if question.kind is Kind.PLACES else BETWEEN_CODES
    return {"": [paper.code(question, each) for each in pattern.split(typed) if each]}


def _ranking(_paper: Paper, question: Question, typed: str) -> Sent:
    places = BETWEEN_CODES.split(typed)
    if len(places) > len(question.options):
        raise TypingError(
            f"There are {len(question.options)} boxes: type what stands in each, from the top, "
            "and - for an empty one."
        )
    pairs = zip(question.options, places, strict=False)
    return {f"-{option.code}": [place] for option, place in pairs if place not in EMPTY}


def _date(_paper: Paper, question: Question, typed: str) -> Sent:
    names = PARTS[question.kind]
    parts = re.split(r"[\s,./-]+", typed)
    if len(parts) != len(names):
        raise TypingError(f"Type the {', '.join(names)}, such as {'27 ' * (len(names) - 2)}3 2026.")
    return {f"-{name}": [part] for name, part in zip(names, parts, strict=True)}


def _as_it_is(_paper: Paper, _question: Question, typed: str) -> Sent:
    return {"": [typed]}


READ: dict[Kind, Callable[[Paper, Question, str], Sent]] = {
    Kind.SINGLE: _one,
    Kind.SCALE: _one,
    Kind.CONSENT: _one,
    Kind.AREA: _one,
    Kind.POSTCODE: _one,
    Kind.PLACE: _one,
    Kind.PLACES: _several,
    Kind.MULTIPLE: _several,
    Kind.RANKING: _ranking,
    Kind.DATE: _date,
    Kind.MONTH: _date,
    Kind.NUMBER: _as_it_is,
    Kind.TEXT: _as_it_is,
    Kind.LONG_TEXT: _as_it_is,
}
"""Kind of question to how what is typed for it is read."""


def _choice(keys: Sequence[str]) -> str:
    """What may be typed: 1 to 5, 8 or 9."""
    runs: list[list[str]] = []
    for key in keys:
        if runs and key.isdigit() and runs[-1][-1].isdigit() and int(key) == int(runs[-1][-1]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    told = [f"{run[0]} to {run[-1]}" if len(run) > 2 else " or ".join(run) for run in runs]
    return " or ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
