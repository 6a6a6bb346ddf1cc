"""A version as somebody would answer it: where they are, and what they said so far.

Nothing is stored. What was said travels in a field of the page, signed, and goes with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from itsdangerous import BadData, URLSafeSerializer

from engage.answering.flow import Step, step
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, Answers
from engage.extensions import site_settings
from engage.waves.lengths import default_deletion
from engage.web.questionnaire import Questionnaire

SALT = "preview"


@dataclass(frozen=True, slots=True)
class PretendWave:
    """A wave that there is not, with the days that the pages tell of."""

    id: int
    questionnaire: str
    closes_on: date
    delete_on: date


@dataclass(frozen=True, slots=True)
class PretendSurvey:
    """What the pages of a survey need of one."""

    wave: PretendWave
    questionnaire: Questionnaire
    slug: str


@dataclass(frozen=True, slots=True)
class NoClock:
    """What stands where a page says until when answers are kept: for no moment."""

    says: str = "Nothing is kept: this is a preview."
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class NoSigns:
    """What the start page sends along of a real visitor: nothing."""

    stamp: str = ""
    challenge: str = ""


def pretend(definition: Definition, closes_on: date) -> PretendSurvey:
    """A survey of that version, which ends on that day."""
    wave = PretendWave(0, definition.id, closes_on, default_deletion(closes_on))
    return PretendSurvey(wave, Questionnaire(definition), definition.slug)


def packed(definition: Definition, answers: Answers) -> str:
    """What was said so far, for the page to hold."""
    about = {"of": definition.id, "version": definition.version, "said": dict(answers)}
    return str(_serializer().dumps(about))


def unpacked(definition: Definition, held: str) -> dict[str, Answer]:
    """What a page holds; nothing where it holds nothing of ours, or of another version."""
    try:
        found = _serializer().loads(held)
    except BadData:
        return {}
    if (found["of"], found["version"]) != (definition.id, definition.version):
        return {}
    said: Mapping[str, str | int | list[str]] = found["said"]
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }


def place(definition: Definition, answers: Answers, section_id: str) -> Step | None:
    """Where somebody is on a page; the page with all its questions where they would not come.

    None where there is no such page.
    """
    here = step(definition, answers, section_id)
    section = definition.section(section_id)
    if here or section is None:
        return here
    number = definition.section_ids.index(section_id)
    asked = tuple(each for each in section.questions if each.beside is None)
    onward = definition.section_ids[number + 1 : number + 2]
    return Step(
        section=section,
        questions=asked,
        number=number + 1,
        total=len(definition.sections),
        before=definition.section_ids[number - 1] if number else None,
        after=onward[0] if onward else None,
    )


def onward(definition: Definition, answers: Answers, here: Step) -> str | None:
    """The page after this one for who said this; None at the end."""
    now = step(definition, answers, here.section.id)
    return now.after if now else here.after


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(site_settings().secret_key, salt=SALT)
