"""A proof of work: a sum that costs a browser half a second, asked for only in an attack.

The sum and its check are those of Altcha (https://altcha.org), which needs no other site, no
cookie and nothing about the person. `static/proof.js` does it in the browser.
"""

import json
import secrets
from datetime import timedelta
from hashlib import blake2b

from altcha import Payload, create_challenge, verify_solution
from flask import current_app
from limits import parse

from engage import clock
from engage.web.limits import tally

ALGORITHM = "PBKDF2/SHA-256"
COST = 1000
"""Rounds for each try: more would cost the server more, fewer would favour fast programs."""
FEWEST, MOST = 400, 800
"""Tries until the answer: never a second of luck, never ten of bad luck."""
LIFE = timedelta(minutes=30)
"""Long enough to read the start page twice."""
ONCE = parse("1 per 40 minutes")
"""Over a longer time than it lives: nothing is taken twice."""
LONGEST = 2000
"""Characters of an answer; ours have about 800."""


def challenge() -> str:
    """A new sum, as JSON for the browser."""
    made = create_challenge(
        ALGORITHM,
        COST,
        counter=FEWEST + secrets.randbelow(MOST - FEWEST),
        expires_at=clock.now() + LIFE,
        hmac_secret=_secret("sum"),
        hmac_key_secret=_secret("answer"),
    )
    return json.dumps(made.to_dict())


def proven(payload: str) -> bool:
    """Whether this is the answer to a sum of ours, in time and for the first time."""
    if not payload or len(payload) > LONGEST or not payload.isascii():
        return False
    found = verify_solution(payload, _secret("sum"), hmac_key_secret=_secret("answer"))
    if not found.verified:
        return False
    return tally().hit(ONCE, "proof", str(Payload.from_base64(payload).challenge.signature))


def _secret(name: str) -> bytes:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return blake2b(f"engage/proof/{name}".encode(), key=blake2b(key).digest()).digest()
