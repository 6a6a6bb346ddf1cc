"""What a respondent's cookie holds: the token of a draft for each wave, and which were sent."""

from typing import Any

from flask import session

DRAFTS = "drafts"
SENT = "sent"


def token_for(wave_id: int) -> str | None:
    """The token of this browser's draft of a wave, if it has one."""
    tokens: dict[str, str] = session.get(DRAFTS, {})
    return tokens.get(str(wave_id))


def keep_token(wave_id: int, token: str) -> None:
    """Remember a fresh draft; whoever answers now has not sent anything yet."""
    session[DRAFTS] = {**session.get(DRAFTS, {}), str(wave_id): token}
    session[SENT] = [each for each in session.get(SENT, []) if each != wave_id]


def drop_token(wave_id: int, *, sent: bool = False) -> None:
    """Forget a draft; with `sent`, remember that this browser has sent one."""
    tokens = dict(session.get(DRAFTS, {}))
    tokens.pop(str(wave_id), None)
    session[DRAFTS] = tokens
    if sent:
        session[SENT] = [*session.get(SENT, []), wave_id]


def has_sent(wave_id: int) -> bool:
    """Whether this browser has sent answers to the wave since it last began."""
    return wave_id in session.get(SENT, [])


def every_token() -> list[str]:
    """The tokens of all drafts of this browser."""
    tokens: dict[str, Any] = session.get(DRAFTS, {})
    return [str(token) for token in tokens.values()]
