"""What is odd about how a survey is begun or sent. It is noted for the analyst; nobody is refused.

Only a network that begins more surveys than hundreds of people could is asked to wait.
"""

from dataclasses import dataclass

from flask import abort
from limits import RateLimitItemPerMinute, parse

from engage.core.cleaning.signs import Sign
from engage.extensions import site_settings
from engage.network import network_key
from engage.surveys.forms import SendForm, StartForm
from engage.surveys.proof import challenge, proven
from engage.surveys.stamp import Stamp, read_stamp, stamp
from engage.web.limits import tally, too_many

A_DAY = 24 * 60 * 60
JUST_NOW = 600
"""Seconds for which a form that was shown before an attack began is still good."""
USUAL_STARTS = parse("60 per minute")
"""From one network: two school classes. Above that, proof is asked for and a note is made."""
UNPROVEN_STARTS = parse("30 per minute")
"""From one network, without the proof that was asked for."""
ATTACKED = parse("1 per 10 minutes")
"""Used up while a wave is under attack, so that it calms down by itself."""


@dataclass(frozen=True, slots=True)
class StartFields:
    """What the start form carries: when it was shown, and a sum where one is asked for."""

    stamp: str
    challenge: str


def start_fields(wave_id: int) -> StartFields:
    """The fields of a start form that is shown now."""
    asks = _under_attack(wave_id) or not tally().room(USUAL_STARTS, "starts", network_key())
    return StartFields(stamp(wave_id, asked=asks), challenge() if asks else "")


def signs_of_start(wave_id: int, form: StartForm) -> tuple[Sign, ...]:
    """What is odd about a start; answers 429 to a flood without proof."""
    shown = read_stamp(form.shown.data or "", wave_id)
    busy = not tally().hit(USUAL_STARTS, "starts", network_key())
    attacked = _count_start(wave_id)
    signs = [*_signs_of_form(form.detail.data, shown)]
    if busy:
        signs.append(Sign.BUSY_NETWORK)
    if _owes_proof(shown, now=busy or attacked) and not proven(form.proof.data or ""):
        if not tally().hit(UNPROVEN_STARTS, "unproven", network_key()):
            abort(429, too_many())
        signs.append(Sign.NO_PROOF)
    return tuple(signs)


def signs_of_sending(form: SendForm) -> tuple[Sign, ...]:
    """What is odd about a sending; how fast it came is known only to `answering.submit`."""
    return (Sign.HONEYPOT,) if form.detail.data else ()


def _signs_of_form(detail: str | None, shown: Stamp | None) -> list[Sign]:
    signs = [Sign.HONEYPOT] if detail else []
    if shown is None:
        signs.append(Sign.NO_STAMP)
    elif shown.age > A_DAY:
        signs.append(Sign.OLD_FORM)
    elif shown.age < 0:
        signs.append(Sign.AT_ONCE)
    return signs


def _owes_proof(shown: Stamp | None, *, now: bool) -> bool:
    """Whether proof was asked for; who was shown the form just before is not blamed."""
    if shown is None:
        return now
    return shown.asked or (now and shown.age > JUST_NOW)


def _under_attack(wave_id: int) -> bool:
    return _threshold() == 0 or not tally().room(ATTACKED, "attacked", str(wave_id))


def _count_start(wave_id: int) -> bool:
    """Count a start; whether its wave is under attack."""
    most = _threshold()
    if most and not tally().hit(RateLimitItemPerMinute(most), "pace", str(wave_id)):
        tally().hit(ATTACKED, "attacked", str(wave_id))
    return _under_attack(wave_id)


def _threshold() -> int:
    settings = site_settings()
    return settings.attack_starts_per_minute
