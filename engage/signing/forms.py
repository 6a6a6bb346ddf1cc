"""The forms of who signs, and of who looks after what is kept of them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext as _
from wtforms import BooleanField, Field, StringField
from wtforms.validators import Length, ValidationError

from engage.contacts.address import AddressError, checked_address
from engage.contacts.consent import TOPICS
from engage.organisations.domains import DomainError, domain_of
from engage.organisations.models import Promise
from engage.organisations.words import SECTORS, SIZES
from engage.pledges.names import UnfitNameError, checked_name
from engage.web.forms import Form

IN_ADDRESS = Length(max=254, message=_("Enter an email address of 254 characters or fewer."))
IN_WEBSITE = Length(max=253, message=_("Enter a website address of 253 characters or fewer."))


def is_name(_form: Form, field: Field) -> None:
    """Refuse what cannot be shown as a name, and tidy the rest."""
    try:
        field.data = checked_name(str(field.data or ""))
    except UnfitNameError as error:
        raise ValidationError(str(error)) from None


def is_position(_form: Form, field: Field) -> None:
    """Refuse what cannot be shown as what somebody does."""
    if not str(field.data or "").strip():
        raise ValidationError(gettext("Say what you do there."))
    is_name(_form, field)


def is_address(_form: Form, field: Field) -> None:
    """Refuse what is no address that can be written to."""
    try:
        field.data = checked_address(str(field.data or ""))
    except AddressError as error:
        raise ValidationError(str(error)) from None


def is_website(_form: Form, field: Field) -> None:
    """Refuse what is no website; it may be empty."""
    try:
        domain_of(str(field.data or ""))
    except DomainError as error:
        raise ValidationError(str(error)) from None


def is_sector(_form: Form, field: Field) -> None:
    """Refuse a sector that was not offered."""
    if field.data not in SECTORS:
        raise ValidationError(gettext("Choose what kind of organisation it is."))


def is_size(_form: Form, field: Field) -> None:
    """Refuse a size that was not offered."""
    if field.data not in SIZES:
        raise ValidationError(gettext("Choose how many people work or volunteer there."))


class Ticked(Field):
    """Boxes of which any may be ticked; what was not offered is left out, not complained of."""

    def __init__(self, offered: Iterable[str], **given: Any) -> None:
        """Remember what is offered."""
        super().__init__(**given)  # type: ignore[no-untyped-call]  # it has no types
        self.offered = frozenset(offered)
        self.data: list[str]

    def process_formdata(self, sent: list[str]) -> None:
        """Keep what was offered, each once."""
        self.data = [each for each in dict.fromkeys(sent) if each in self.offered]


class WardForm(Form):
    """Where somebody lives: by a postcode that is forgotten, or the ward from the list."""

    postcode = StringField()
    ward = StringField()


class PersonForm(WardForm):
    """A person signs."""

    name = StringField(validators=[is_name])
    email = StringField(validators=[IN_ADDRESS, is_address])
    show_name = BooleanField()
    under_18 = BooleanField()
    postcode = StringField()  # once more, as faults are listed in the order of the page
    ward = StringField()
    second = BooleanField()


class OrganisationForm(Form):
    """An organisation signs: the rest is asked once the mailbox is known to be theirs."""

    name = StringField(validators=[is_name])
    email = StringField(validators=[IN_ADDRESS, is_address])


class TopicsForm(Form):
    """What somebody agrees to hear of."""

    topics = Ticked(TOPICS)


class ConfirmForm(TopicsForm):
    """Yes, I sign."""


class ConfirmOrganisationForm(TopicsForm):
    """Yes, we sign: and who we are."""

    signatory = StringField(validators=[is_name])
    position = StringField(validators=[is_position])
    sector = StringField(validators=[is_sector])
    size = StringField(validators=[is_size])
    website = StringField(validators=[IN_WEBSITE, is_website])
    promises = Ticked(tuple(promise.value for promise in Promise))


class LinkForm(Form):
    """Send me the link to my own page."""

    email = StringField(validators=[IN_ADDRESS, is_address])


class ChangeForm(WardForm):
    """What can be changed of a signature; a ward that is not touched stays."""

    name = StringField(validators=[is_name])
    show_name = BooleanField()
    postcode = StringField()
    ward = StringField()


class MessagesForm(TopicsForm):
    """In which language to write, and of what."""

    speaks = StringField()
