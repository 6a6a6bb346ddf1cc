"""Of whom a quote is, in one broad attribute at most, which at least ten who answered share.

Never two attributes together, and none at all where people answered by a code that was sent to
them: those who know them know that they were asked.
"""

from collections.abc import Iterator

import orjson
from flask_babel import gettext
from sqlalchemy import JSON, cast, select, type_coerce
from sqlalchemy.orm import Session

from engage.areas.models import AreaGroup, Ward
from engage.core.definition.model import Definition
from engage.core.definition.question import Option
from engage.responses.models import Response

NONE = ""
FEWEST = 10
"""So many people of the wave share an attribute that is shown, at least."""
WHOLE_AGES = {"young": (0, 24), "middle": (25, 64), "old": (65, 999)}
BETWEEN = ":"


def phrase(session: Session, about: str) -> str:
    """An attribute in the reader's language, such as "a woman"; empty for none."""
    kind, _between, value = about.partition(BETWEEN)
    fixed = {
        "sex:female": gettext("a woman"),
        "sex:male": gettext("a man"),
        "age:young": gettext("somebody under 25"),
        "age:middle": gettext("somebody aged 25 to 64"),
        "age:old": gettext("somebody aged 65 or over"),
    }
    if kind == "group":
        name = session.scalar(select(AreaGroup.name).where(AreaGroup.code == value))
        return gettext("somebody in %(place)s", place=name) if name else NONE
    return fixed.get(about, NONE)


def offered(session: Session, definition: Definition, response_id: str) -> dict[str, str]:
    """What may be said of who wrote a text: each attribute with its words, "nothing" first."""
    found = {NONE: gettext("nothing")}
    if definition.invited:
        return found
    response = session.get_one(Response, response_id)
    for about in _attributes(session, definition, response):
        if shared_by(session, definition, response.wave_id, about) >= FEWEST:
            found[about] = phrase(session, about)
    return found


def shared_by(session: Session, definition: Definition, wave_id: int, about: str) -> int:
    """How many people of a wave share an attribute, counted as far as FEWEST."""
    kind, _between, value = about.partition(BETWEEN)
    of_wave = select(Response.id).where(Response.wave_id == wave_id).limit(FEWEST)
    if kind == "group":
        wards = select(Ward.code).where(Ward.group_code == value)
        return len(session.scalars(of_wave.where(Response.ward.in_(wards))).all())
    question = definition.role(kind)
    if question is None:
        return 0
    codes = [each.code for each in question.options if value == _value(kind, each)]
    # SQLite keeps JSON as text, and would make a number of it in a cast.
    plain = session.get_bind().dialect.name == "sqlite"
    answers = type_coerce(Response.answers, JSON) if plain else cast(Response.answers, JSON)
    return len(session.scalars(of_wave.where(answers[question.id].as_string().in_(codes))).all())


def _attributes(session: Session, definition: Definition, response: Response) -> Iterator[str]:
    given = orjson.loads(response.answers)
    for kind in ("sex", "age"):
        question = definition.role(kind)
        option = question.option(str(given.get(question.id))) if question else None
        value = _value(kind, option) if option else ""
        if value:
            yield f"{kind}{BETWEEN}{value}"
    if response.ward:
        ward = session.get(Ward, response.ward)
        if ward is not None and ward.group_code:
            yield f"group{BETWEEN}{ward.group_code}"


def _value(kind: str, option: Option) -> str:
    """The broad value of an option: a sex, or the one of three ages that it lies in."""
    if kind == "sex":
        return option.sex or ""
    if option.age is None:
        return ""
    first, last = option.age[0], 999 if option.age[1] is None else option.age[1]
    within = (name for name, (low, high) in WHOLE_AGES.items() if low <= first and last <= high)
    return next(within, "")
