"""The forms that open a pile of paper and add a signature from it."""

from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, Length, Optional, StopValidation

from engage.contacts.address import AddressError, checked_address
from engage.legacy.forms import ORIGIN
from engage.pledges.models import Kind, Source
from engage.web.day_field import DayField
from engage.web.forms import Form, choices_of, one_line

WAYS = {Source.PAPER.value: "On paper", Source.EVENT.value: "At a stall or an event"}
KINDS = {Kind.PERSON.value: "A person", Kind.ORGANISATION.value: "An organisation"}


class PileForm(Form):
    """A pile of signatures of one pledge, from one place and day."""

    pledge = SelectField("Pledge", choices=[])
    source = RadioField(
        "How people signed",
        [AnyOf([*WAYS], "Choose how people signed")],
        choices=choices_of(WAYS.items()),
        default=Source.PAPER.value,
        validate_choice=False,
    )
    origin = StringField("Where", ORIGIN)
    day = DayField("Day on which they signed", missing="Enter the day")


class WrittenForm(Form):
    """One signature as it stands on the paper."""

    kind = RadioField("Signed as", choices=choices_of(KINDS.items()), default=Kind.PERSON.value)
    name = StringField(
        "Name (optional)",
        [Optional(), one_line, Length(max=100, message="Use 100 characters or fewer")],
    )
    under_18 = BooleanField("Age")
    ward = SelectField("Ward (optional)", choices=choices_of([("", "Not known")]), default="")
    address = StringField("Email address (optional)", [Optional(), one_line])
    agreed = BooleanField("Messages")
    language = SelectField("Language of messages", choices=[], default="en")

    def validate_address(self, field: Field) -> None:
        """Check that it is an address."""
        try:
            field.data = checked_address(field.data)
        except AddressError as error:
            raise StopValidation(str(error)) from None
