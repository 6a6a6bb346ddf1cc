"""The forms of who books, and of staff who make events."""

from collections.abc import Iterable
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from engage.clock import end_of
from engage.contacts.address import AddressError, checked_address
from engage.events.programme import EventFault, EventPlan
from engage.events.when import TimeError, moment, read_time
from engage.pledges.names import UnfitNameError, checked_name
from engage.web.day_field import DayField
from engage.web.forms import Form, one_line

MOST_WORDS = 500
MOST_TEXT = 4000


def is_name(_form: Form, field: Field) -> None:
    """Refuse what cannot be a name, and tidy the rest."""
    try:
        field.data = checked_name(str(field.data or ""))
    except UnfitNameError as error:
        raise ValidationError(str(error)) from None


def is_address(_form: Form, field: Field) -> None:
    """Refuse what is no address that can be written to."""
    try:
        field.data = checked_address(str(field.data or ""))
    except AddressError as error:
        raise ValidationError(str(error)) from None


def plain_text(_form: Form, field: Field) -> None:
    """Refuse what cannot be seen or stored, but for line breaks, which become plain ones."""
    field.data = "\n".join(str(field.data or "").replace("\r\n", "\n").split("\r")).strip()
    if not all(each.isprintable() or each == "\n" for each in field.data):
        raise ValidationError(_("Remove characters that cannot be printed."))


class Boxes(Field):
    """Boxes of which any may be ticked; what was not `offered` is left out, not complained of."""

    offered: frozenset[str] = frozenset()

    def process_formdata(self, sent: list[str]) -> None:
        """Keep what was ticked, each once."""
        self.data = list(dict.fromkeys(sent))

    def pre_validate(self, _form: object) -> None:
        """Keep what was offered."""
        self.data = [each for each in self.data or () if each in self.offered]


class BookForm(Form):
    """Somebody wants to come."""

    name = StringField(validators=[is_name])
    email = StringField(
        validators=[
            Length(max=254, message=_("Enter an email address of 254 characters or fewer.")),
            is_address,
        ]
    )
    needs = TextAreaField(
        validators=[
            plain_text,
            Length(max=MOST_WORDS, message=_("Use 500 letters or fewer.")),
        ]
    )


class ConfirmForm(Form):
    """Yes, I am coming; and what else they want to hear of, unticked."""

    topics = Boxes()  # type: ignore[no-untyped-call]  # it has no types


class AttendanceForm(Form):
    """Who came: the numbers of their bookings, and how many came without one."""

    came = Boxes()  # type: ignore[no-untyped-call]  # nor has this
    walk_ins = IntegerField(
        "How many more came, without a booking?",
        [Optional(), NumberRange(0, 10_000, "Enter a number from 0 to 10,000")],
    )


class EventForm(Form):
    """What staff decide about an event."""

    title = StringField(
        "Name of the event",
        [
            DataRequired("Enter a name, such as Safe bystander training"),
            one_line,
            Length(max=120, message="The name has more than 120 characters: use a shorter one"),
        ],
    )
    training = BooleanField("It is a training: who comes gets a certificate")
    text = TextAreaField(
        "What it is about",
        [
            plain_text,
            DataRequired("Say in a few sentences what it is about and for whom"),
            Length(max=MOST_TEXT, message="The text has more than 4,000 characters: shorten it"),
        ],
    )
    place = StringField(
        "Place",
        [
            DataRequired("Enter the place, such as Central Library, 1 High Street"),
            one_line,
            Length(max=200, message="The place has more than 200 characters: shorten it"),
        ],
    )
    access = TextAreaField(
        "Getting in and taking part",
        [
            plain_text,
            Length(max=MOST_TEXT, message="The text has more than 4,000 characters: shorten it"),
        ],
    )
    day = DayField("Day", missing="Enter the day of the event")
    starts = StringField("Starts at", [DataRequired("Enter when it starts, such as 10am")])
    ends = StringField("Ends at", [DataRequired("Enter when it ends, such as 12:30pm")])
    last_day = DayField("Last day, where it is more than one")
    closes = DayField("Last day for booking")
    capacity = IntegerField(
        "Places",
        [
            InputRequired("Enter how many people can come, such as 20"),
            NumberRange(1, 10_000, "Enter a number of places from 1 to 10,000"),
        ],
    )
    published = BooleanField("Show it on the site and take bookings")

    def plan(self) -> EventPlan | None:
        """The event as it was sent, or None with the fault held against its field.

        Ask only when the form is valid. Bookings close when the event starts at the latest.
        """
        starts = self._moment("starts", self.day.data)
        ends = self._moment("ends", self.last_day.data or self.day.data)
        if starts is None or ends is None:
            return None
        if self.closes.data and self.closes.data > self.day.data:
            self.blame("closes", "Bookings must close before the event starts")
            return None
        closes = min(end_of(self.closes.data), starts) if self.closes.data else starts
        return EventPlan(
            title=self.title.data.strip(),
            text=self.text.data,
            training=self.training.data,
            place=self.place.data.strip(),
            access=self.access.data,
            starts_at=starts,
            ends_at=ends,
            closes_at=closes,
            capacity=self.capacity.data,
            published=self.published.data,
        )

    def blame_all(self, faults: Iterable[EventFault]) -> None:
        """Hold each fault against its field."""
        for fault in faults:
            self.blame(fault.field, fault.message)

    def _moment(self, name: str, on: date) -> datetime | None:
        try:
            at: time = read_time(str(self[name].data))
            return moment(on, at)
        except TimeError as error:
            self.blame(name, f"{self[name].label.text}: {error}")
            return None
