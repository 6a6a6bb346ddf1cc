"""What an agency gets of a report, answer by answer, at the level that the victim wishes.

Words can tell what their class does not: at the level “anonymous” somebody has to look through
them first, and at every level words that name what is withheld elsewhere wait for that too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.core.reporting.allowed import CODES_ONLY, Treatment, Why, treatment
from engage.core.reporting.fields import FIELDS, FieldClass as Class
from engage.core.reporting.leaks import names_in, places_in, reached_in
from engage.core.reporting.policy import Asked
from engage.core.reporting.wishes import Giver, Level


@dataclass(frozen=True, slots=True)
class Minimised:
    """What becomes of an answer: `value` is None if it is withheld, `why` empty if it is not.

    `editable` says that it leaves as somebody leaves it; `found` what they have to take out.
    """

    id: str
    treatment: Treatment
    value: Any = None
    why: str = ""
    editable: bool = False
    found: tuple[str, ...] = ()


def minimise(
    answers: Mapping[str, Any],
    level: Level,
    asked: Asked,
    *,
    by: Giver,
    edited: Mapping[str, str],
) -> tuple[Minimised, ...]:
    """Each answer as the agency gets it.

    `edited` are the texts that somebody has looked through: they count only for answers that have
    to be, and an empty one leaves the answer out.
    """
    decided = {name: treatment(name, level, asked, by) for name in answers}
    kept = {
        name: answers[name] for name, (what, _) in decided.items() if what is Treatment.WITHHELD
    }
    asker = _Asker(kept, edited)
    return tuple(asker.one(name, answers[name], *decision) for name, decision in decided.items())


def telling(text: Any, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands in a text of the answers that are kept back: names, numbers, places."""
    names = _of(kept, Class.NAME) + [kept[name] for name in ("code_word",) if name in kept]
    return (
        *names_in(text, names),
        *reached_in(text, [*_of(kept, Class.CONTACT), *_of(kept, Class.NAME)]),
        *places_in(text, _of(kept, Class.EXACT_PLACE)),
    )


def _of(kept: Mapping[str, Any], kind: Class) -> list[Any]:
    return [value for name, value in kept.items() if FIELDS.get(name, ("", ""))[1] == kind]


@dataclass(frozen=True, slots=True)
class _Asker:
    """What is kept back from an agency, and what somebody has looked through for it."""

    kept: Mapping[str, Any]
    edited: Mapping[str, str]

    def one(self, name: str, value: Any, what: Treatment, why: str) -> Minimised:
        if what is Treatment.WITHHELD:
            return Minimised(name, what, why=why)
        if what is Treatment.MONTH:
            month = _month(value)
            if month:
                return Minimised(name, what, month)
            return Minimised(name, Treatment.WITHHELD, why=Why.MONTH)
        found = () if FIELDS[name][1] in CODES_ONLY else telling(value, self.kept)
        if what is Treatment.GIVEN and not found:
            return Minimised(name, what, value)
        return self._looked(name, found)

    def _looked(self, name: str, found: tuple[str, ...]) -> Minimised:
        """An answer that leaves only as somebody left it, if nothing is left that is kept back."""
        text = self.edited[name].strip() if name in self.edited else None
        if text is not None:
            found = telling(text, self.kept)
            if text and not found:
                return Minimised(name, Treatment.LOOKED, text, editable=True)
        why = Why.LEAK if found else Why.LOOK
        return Minimised(name, Treatment.WITHHELD, why=why, editable=True, found=found)


def _month(value: Any) -> str:
    """The month of a day written in ISO 8601; empty for anything else."""
    written = str(value)[:7]
    year, dash, month = written[:4], written[4:5], written[5:]
    digits = f"{year}{month}"
    good = dash == "-" and digits.isascii() and digits.isdigit() and len(digits) == 6
    return written if good else ""
