"""The form on which staff write to signatories, and those that send and stop."""

import unicodedata
from collections.abc import Mapping

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation

from engage.campaigns.models import Campaign
from engage.campaigns.segment import Segment, stored_segment
from engage.contacts.consent import subjects
from engage.pledges.models import Kind
from engage.web.forms import Form, one_line

KINDS = {
    "": "Everybody",
    Kind.PERSON.value: "People who signed for themselves",
    Kind.ORGANISATION.value: "People who signed for an organisation",
}
LONGEST = 10_000


def _readable(_form: object, field: TextAreaField) -> None:
    """Check a text of several lines: nothing in it that mail cannot carry."""
    if any(unicodedata.category(each) == "Cc" and each not in "\r\n\t" for each in field.data):
        raise StopValidation("Remove characters that cannot be printed")


class MessageForm(Form):
    """What is written, and whom it goes to."""

    topic = RadioField("What is it about?", [InputRequired("Choose what it is about")], choices=[])
    pledge = SelectField("Which pledge did they sign?", choices=[])
    kind = RadioField("Who signed?", choices=[], default="")
    wards = SelectMultipleField("In which wards do they live or work?", choices=[])
    subject = StringField(
        "Subject",
        [
            DataRequired("Enter a subject"),
            one_line,
            Length(max=150, message="The subject has more than 150 characters: use a shorter one"),
        ],
    )
    text = TextAreaField(
        "Message",
        [
            DataRequired("Enter the message"),
            _readable,
            Length(max=LONGEST, message="The message has more than 10,000 characters: shorten it"),
        ],
    )

    def offer(self, pledges: Mapping[int, str], wards: Mapping[str, str]) -> None:
        """Let people choose among these pledges (by number) and wards (by code)."""
        self.topic.choices = [(code, said.capitalize()) for code, said in subjects().items()]
        self.pledge.choices = [("", "Any, or none")]
        self.pledge.choices += [(str(number), title) for number, title in pledges.items()]
        self.kind.choices = list(KINDS.items())
        self.wards.choices = list(wards.items())

    @property
    def segment(self) -> Segment:
        """Whom it goes to; ask only when the form is valid."""
        return Segment(
            topic=self.topic.data,
            pledge_id=int(self.pledge.data) if self.pledge.data else None,
            kind=self.kind.data or "",
            wards=tuple(self.wards.data or ()),
        )

    @property
    def written(self) -> str:
        """The text with plain line ends."""
        return str(self.text.data).replace("\r\n", "\n").strip()


def as_given(campaign: Campaign) -> dict[str, object]:
    """What the form shows of a draft."""
    segment = stored_segment(campaign.topic, campaign.segment)
    return {
        "topic": segment.topic,
        "pledge": str(segment.pledge_id or ""),
        "kind": segment.kind,
        "wards": list(segment.wards),
        "subject": campaign.subject,
        "text": campaign.text,
    }


class SendForm(Form):
    """That somebody has read it and wants it sent."""

    sure = BooleanField("Is it ready?", [InputRequired("Read the message, then tick the box")])
