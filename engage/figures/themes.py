"""Making the table of themes of a question, in the worker: cleaned, weighted, suppressed."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.themes import Themes, themes
from engage.figures.read import read
from engage.figures.weighed import each_weight
from engage.freetext.codings import given
from engage.freetext.frames import codes_in, frame_of
from engage.freetext.models import CodeState, ThemeTable, Turn
from engage.jobs.progress import tell
from engage.waves.models import Wave

STEPS = 4


def make_themes(session: Session, wave_id: int, question: str, now: datetime) -> None:
    """Make the table anew and store it, in the caller's transaction; LookupError for no wave.

    Reads on a connection of its own, so that nobody who answers waits meanwhile.
    """
    with (
        session.get_bind().engine.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        wave = reading.get_one(Wave, wave_id)
        inputs = read(reading, wave)
        tell(1, STEPS)
        coded = given(reading, wave_id, question, Turn.FIRST)
        frame = frame_of(reading, wave.questionnaire, question)
        codes = {
            each.id: each.label
            for each in codes_in(reading, frame)
            if each.state != CodeState.MERGED
        }
    limits = Thresholds(wards=frozenset(inputs.areas.wards), opens_on=inputs.opens_on)
    cleaned = clean(inputs.definition, inputs.table, limits).table
    tell(2, STEPS)
    weights = dict(zip(cleaned["@id"], each_weight(inputs, cleaned).tolist(), strict=True))
    tell(3, STEPS)
    usual = Policy()
    base = max(usual.smallest_base, inputs.definition.smallest_base or 0)
    made = themes(coded, weights, list(codes), Policy(smallest_base=base))
    _store(session, wave_id, question, _content(made, codes), now)


def _content(made: Themes, codes: dict[int, str]) -> str:
    rows = [
        {
            "code": each.code,
            "label": codes[each.code] if each.code is not None else "",
            "people": each.people,
            "share": each.share,
        }
        for each in made.rows
    ]
    return json.dumps({"people": made.people, "rows": rows}, ensure_ascii=False)


def _store(session: Session, wave_id: int, question: str, content: str, now: datetime) -> None:
    wanted = select(ThemeTable).filter_by(wave_id=wave_id, question=question)
    stored = session.scalars(wanted).one_or_none()
    if stored is None:
        stored = ThemeTable(wave_id=wave_id, question=question)
        session.add(stored)
    stored.made_at, stored.content = now, content
    session.flush()
