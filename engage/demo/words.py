"""What people wrote in the demonstration: coded, redacted, with quotes and a table of themes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.approvals import store as approvals
from engage.clock import day_of
from engage.figures.themes import make_themes
from engage.freetext import about, codings, frames, listing, quotes, redacting, texts
from engage.freetext.models import Turn
from engage.waves.models import Wave
from engage.waves.published import definition_of

SURVEY, QUESTION = "fear_of_crime", "one_thing"
CODES = {
    "Lighting": ("Street lamps, dark paths, lamps that are broken.", ("light", "lamp")),
    "People about": (
        "Patrols, staff, and others who are there.",
        ("patrol", "staff", "people about", "somebody answers"),
    ),
    "Getting home": ("Buses, trams, stations and waiting for them.", ("bus", "platform", "tram")),
    "Things to do": ("Places and things for the young, or for all.", ("teenagers", "things to do")),
    "Upkeep": ("Hedges, parks and litter.", ("hedges", "park ")),
    "Hearing back": ("Being told what was done.", ("let us know",)),
}
LISTED = 10_000
LEFT = 8
"""So many texts are left to code."""
READ = 6
"""So many texts are read for what could tell who wrote them."""
RELEASED = 3


def staff_in(session: Session, role: Role) -> int:
    """The number of the demonstration's first member of staff in a role."""
    wanted = select(StaffMember.id).filter_by(role=role).order_by(StaffMember.id).limit(1)
    return session.scalars(wanted).one()


def load_words(session: Session, now: datetime) -> None:
    """Code last year's texts, release some quotes, let one wait. Commits, for the table."""
    last_year = select(Wave).filter_by(questionnaire=SURVEY, state="closed")
    wave = session.scalars(last_year.order_by(Wave.opens_on.desc()).limit(1)).one()
    analyst, manager = staff_in(session, Role.ANALYST), staff_in(session, Role.SURVEY_MANAGER)
    frame = frames.make_frame(session, SURVEY, QUESTION)
    codes = {
        label: frames.add(
            session,
            frame,
            label=label,
            belongs=belongs,
            version=version,
            by=analyst,
            today=day_of(now),
        ).id
        for version, (label, (belongs, _words)) in enumerate(CODES.items())
    }
    found = texts.shown(session, listing.listed(session, wave.id, QUESTION, at_once=LISTED).ids)
    for place, text in enumerate(found[:-LEFT]):
        given = _codes(text.words, codes)
        codings.code(session, frame, text.id, given, turn=Turn.FIRST, version=0, by=analyst)
        if text.id < listing.TWICE:
            other = given[:1] if place % 4 else given[1:]
            codings.code(session, frame, text.id, other, turn=Turn.SECOND, version=0, by=manager)
    definition = definition_of(wave.definition)
    unlike = {text.words: text for text in found}
    bright = sorted(unlike, key=lambda words: "light" not in words)  # the actions quote the first
    for place, text in enumerate([unlike[words] for words in bright[:READ]]):
        redacting.redact(session, text, text.words, version=0, by=analyst)
        said_of = list(about.offered(session, definition, text.response_id))
        of = said_of[min(place, len(said_of) - 1)] if place < RELEASED else ""
        if place > RELEASED:
            continue
        quote = quotes.propose(session, text, text.words, of, by=analyst, now=now)
        asked = approvals.waiting_for(session, quotes.subject_of(quote.id))
        if asked and place < RELEASED:
            quotes.release(session, quote, asked.digest, by=manager, now=now)
    session.commit()
    make_themes(session, wave.id, QUESTION, now)
    session.commit()


def _codes(words: str, codes: dict[str, int]) -> list[int]:
    folded = words.casefold()
    return [
        codes[label]
        for label, (_belongs, signs) in CODES.items()
        if any(sign in folded for sign in signs)
    ]
