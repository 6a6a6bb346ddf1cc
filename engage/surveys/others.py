"""The drafts that this browser holds besides the one that a request is about."""

from sqlalchemy import Connection

from engage import clock
from engage.answering.draft import live
from engage.surveys.respondent import token_for
from engage.waves.store import open_waves


def others_begun(connection: Connection, wave_id: int) -> list[int]:
    """The other open waves of which this browser has answers that were not sent."""
    tokens = {
        wave.id: token
        for wave in open_waves(connection, clock.today())
        if wave.id != wave_id and (token := token_for(wave.id))
    }
    begun = live(connection, tokens.values(), clock.now())
    return [wave for wave, token in tokens.items() if token in begun]
