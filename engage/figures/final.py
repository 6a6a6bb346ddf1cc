"""Who sees final figures alone."""

from datetime import datetime

from engage.accounts.models import Role
from engage.clock import day_of
from engage.waves.models import Wave, WaveState


def final_only(role: str) -> bool:
    """Whether somebody in this role sees no figures of a wave that still takes answers.

    Two runs with one answer between them tell what that person said. Who may read responses learns
    nothing by it; partners would (docs/decisions/0010).
    """
    return role == Role.PARTNER_VIEWER


def made_of_all(wave: Wave, made_at: datetime) -> bool:
    """Whether something was made of a wave once no answers could come any more."""
    return wave.state == WaveState.CLOSED and day_of(made_at) > wave.closes_on
