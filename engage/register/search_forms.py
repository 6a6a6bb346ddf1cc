"""The forms that find signatures, open one, and take some out of the count."""

import re

from wtforms import Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, StopValidation

from engage.contacts.address import AddressError, address_key, checked_address
from engage.pledges.models import Kind, NameState, Source, State
from engage.register.conditions import Conditions
from engage.web.day_field import DayField
from engage.web.forms import Form, choices_of, one_line

ANY = ("", "Any")
STATES = {
    State.CONFIRMED: "Counts",
    State.PENDING: "Waits for its mail",
    State.WITHDRAWN: "Taken back",
    State.INVALIDATED: "Taken out by staff",
}
SOURCES = {
    Source.WEB: "This site",
    Source.PAPER: "Paper",
    Source.EVENT: "A stall or event",
    Source.LEGACY: "An older list",
}
NAME_STATES = {
    NameState.SHOWN: "Yes",
    NameState.WAITS: "Not yet: it waits to be looked at",
    NameState.HIDDEN: "No: hidden by staff",
}
"""Whether a name is shown that somebody asked to be shown."""
KINDS = {Kind.PERSON: "A person", Kind.ORGANISATION: "An organisation"}


def _short(length: int) -> list[object]:
    return [Optional(), one_line, Length(max=length, message=f"Use {length} characters or fewer")]


class ConditionsForm(Form):
    """Which signatures are meant."""

    number = IntegerField(
        "Number of the signature",
        [Optional(), NumberRange(1, 2**31 - 1, "Enter a number such as 1204")],
    )
    name = StringField("Part of the name", _short(100))
    domain = StringField("Domain of the address", _short(253))
    network = StringField("Network", _short(32))
    ward = SelectField("Ward", choices=choices_of([ANY]), default="")
    kind = SelectField("Signed as", choices=choices_of([ANY, *KINDS.items()]), default="")
    source = SelectField("Came by", choices=choices_of([ANY, *SOURCES.items()]), default="")
    first = DayField("Signed from")
    last = DayField("Signed until")

    def offer(self, wards: dict[str, str]) -> None:
        """Let these wards be chosen."""
        self.ward.choices = choices_of([ANY, *wards.items()])

    def validate_network(self, field: Field) -> None:
        """Check that a network is written as the signs of abuse show it."""
        if not re.fullmatch(r"([0-9a-f]{2}){1,16}", field.data):
            raise StopValidation("Copy the network from the page of signs of abuse")

    @property
    def conditions(self) -> Conditions:
        """The conditions as they were sent; ask only when the form is valid."""
        return Conditions(
            number=self.number.data,
            name=(self.name.data or "").strip(),
            domain=(self.domain.data or "").strip(),
            network=self.network.data or "",
            ward=self.ward.data,
            kind=self.kind.data,
            source=self.source.data,
            first=self.first.data,
            last=self.last.data,
        )


class SearchForm(ConditionsForm):
    """Which signatures are looked for; a whole address finds those of its mailbox."""

    state = SelectField("Standing", choices=choices_of([ANY, *STATES.items()]), default="")
    address = StringField("Whole email address", _short(254))
    page = IntegerField("Page", [Optional(), NumberRange(1, 10_000, "There is no such page")])

    def validate_address(self, field: Field) -> None:
        """Check that it is an address."""
        try:
            checked_address(field.data)
        except AddressError as error:
            raise StopValidation(str(error)) from None

    def wanted(self, key: str) -> Conditions:
        """What is looked for; `key` is the site's for addresses."""
        mailbox = address_key(self.address.data, key) if self.address.data else None
        found = self.conditions
        values = {name: getattr(found, name) for name in found.__slots__}
        return Conditions(**values | {"state": self.state.data, "mailbox": mailbox})


class TakeOutForm(ConditionsForm):
    """Conditions, and once they have been tried, why what they mean is taken out.

    `expected` stands for the signatures that the sender has seen.
    """

    expected = HiddenField(default="")
    reason = TextAreaField("Why", [Length(max=1000, message="Use 1,000 characters or fewer")])

    @property
    def tried(self) -> bool:
        """Whether the sender has seen how many there are."""
        return bool(self.expected.data)


class ReasonForm(Form):
    """Why a step is taken."""

    reason = TextAreaField(
        "Why",
        [
            DataRequired("Enter the reason"),
            Length(max=1000, message="Use 1,000 characters or fewer"),
        ],
    )
