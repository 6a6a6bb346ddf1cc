"""The forms that make and retire links."""

from collections.abc import Iterator

from wtforms import TextAreaField
from wtforms.validators import StopValidation

from engage.links.models import LONGEST_PLACE
from engage.web.forms import Form

MOST = 100
"""Places at a time: more than a borough has markets, fewer than a mistake pastes."""


def lines_of(written: str) -> Iterator[str]:
    """The lines of a text that are not empty, with single spaces."""
    lines = (" ".join(line.split()) for line in written.splitlines())
    return (line for line in lines if line)


def _places(_form: object, field: TextAreaField) -> None:
    """Check the places: some, not too many, each short and printable."""
    given = list(lines_of(field.data or ""))
    if not given:
        raise StopValidation("Enter a place, such as Central library")
    if len(given) > MOST:
        raise StopValidation(f"You entered {len(given)} places: enter {MOST} or fewer at a time")
    for place in given:
        if len(place) > LONGEST_PLACE:
            said = f"“{place[:LONGEST_PLACE]}…” has {len(place)} characters"
            raise StopValidation(f"{said}: use {LONGEST_PLACE} or fewer")
        if not place.isprintable():
            raise StopValidation("Remove characters that cannot be printed")


class PlacesForm(Form):
    """Places for which links are wanted, one a line."""

    places = TextAreaField("Places", [_places])

    @property
    def lines(self) -> list[str]:
        """The places that were entered, each once; ask only when the form is valid."""
        return list(dict.fromkeys(lines_of(self.places.data or "")))
