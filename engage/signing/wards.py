"""The ward of somebody: chosen from the list, or of a postcode that is looked up and forgotten."""

from collections.abc import Mapping

from flask_babel import gettext
from sqlalchemy import Connection

from engage.areas.postcodes import plain_postcode
from engage.areas.search import find
from engage.areas.store import is_ward, ward_names
from engage.signing.forms import WardForm

ELSEWHERE = "elsewhere"
"""What is chosen by who lives outside the borough; it is kept as no ward."""
LONGEST = 20
"""Characters of a postcode that are looked at, spaces included."""


def ward_of(connection: Connection, form: WardForm) -> str:
    """The code of the ward that a form means; empty for none.

    Holds it against the form where the postcode is not known or the ward was not offered. The
    postcode is on the page that answers, and nowhere else.
    """
    written = (form.postcode.data or "").strip()[:LONGEST]
    if written:
        found = find(connection, written) if plain_postcode(written) else []
        code = next((match.ward_code for match in found if match.kind == "postcode"), "")
        if not code:
            form.blame(
                "postcode",
                gettext("We do not know this postcode. Check it, or choose your ward instead."),
            )
        return code
    chosen = form.ward.data or ""
    if chosen == ELSEWHERE:
        return ""
    if chosen and not is_ward(connection, chosen):
        form.blame("ward", gettext("Choose a ward from the list."))
        return ""
    return chosen


def offered(connection: Connection) -> Mapping[str, str]:
    """The wards to choose from, by code."""
    return ward_names(connection)
