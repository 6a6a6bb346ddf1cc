"""What an organisation says of its promises, and what staff decide about organisations."""

from datetime import date

from flask_babel import gettext, lazy_gettext as _
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, StopValidation

from engage.organisations.commitments import Change
from engage.organisations.domains import DomainError, domain_of
from engage.organisations.models import Commitment, Progress
from engage.organisations.words import SECTORS, SIZES, STEPS
from engage.organisations.years import ends_on
from engage.web.day_field import DayField
from engage.web.days import day
from engage.web.forms import Form, one_line

LONGEST_OWNER, LONGEST_EVIDENCE, LONGEST_REASON = 100, 2000, 1000


def several_lines(_form: Form, field: Field) -> None:
    """Check a longer text: nothing but letters and line breaks; these are made one kind."""
    field.data = (field.data or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not all(line.replace("\t", " ").isprintable() for line in field.data.split("\n")):
        raise StopValidation(gettext("Remove characters that cannot be printed"))


def short(most: int) -> Length:
    """A text of so many characters at most."""
    return Length(max=most, message=_("Use %(max)d characters or fewer"))


class PublicDayField(DayField):
    """A day, with its faults in the reader's language."""

    def _read(self) -> None:
        super()._read()
        if self.process_errors:
            self.process_errors = (gettext("Enter the day in numbers, for example 27 3 2027"),)


class PromiseForm(Form):
    """How a promise stands, as its organisation says."""

    progress = RadioField(
        _("How far are you?"),
        [AnyOf(list(STEPS), _("Choose how far you are"))],
        choices=[],  # the page has them
        validate_choice=False,
    )
    due_on = PublicDayField("", missing="-")  # the page asks, in the reader's language
    owner = StringField(_("Who looks after this?"), [one_line, short(LONGEST_OWNER)])
    evidence = TextAreaField(
        _("What have you done so far?"), [several_lines, short(LONGEST_EVIDENCE)]
    )

    def sent_and_fits(self, commitment: Commitment) -> bool:
        """Whether it was sent and all of it can be; every fault is told, not the first alone."""
        valid = self.sent_and_valid()
        sent = bool(self.is_submitted())  # type: ignore[no-untyped-call]  # it has no types
        there = sent and isinstance(self.due_on.data, date)
        return (self._within(commitment) if there else False) and valid

    def _within(self, commitment: Commitment) -> bool:
        """Whether the day is in the year of the promise; holds the fault against its box if not."""
        first, last = commitment.renewed_on, ends_on(commitment.renewed_on)
        if first <= self.due_on.data <= last:
            return True
        said = {"first": day(first), "last": day(last)}
        self.blame("due_on", gettext("Choose a day from %(first)s to %(last)s", **said))
        return False

    def change(self) -> Change:
        """What was said; ask only when the form is valid."""
        due: date = self.due_on.data
        return Change(
            Progress(self.progress.data),
            (self.owner.data or "").strip(),
            self.evidence.data or "",
            due,
        )


class ReasonForm(Form):
    """Why an organisation is refused; it is told so."""

    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Enter the reason: the organisation is told"),
            several_lines,
            Length(max=LONGEST_REASON, message=f"Use {LONGEST_REASON} characters or fewer"),
        ],
    )


def _website(_form: Form, field: Field) -> None:
    try:
        domain_of(field.data or "")
    except DomainError as error:
        raise StopValidation(str(error)) from error


class OrganisationForm(Form):
    """What an organisation said of itself, as staff correct it."""

    name = StringField(
        "Name",
        [DataRequired("Enter the name of the organisation"), one_line,
         Length(max=120, message="The name has more than 120 characters: use a shorter one")],
    )  # fmt: skip
    sector = SelectField(
        "Sector", [AnyOf(list(SECTORS), "Choose a sector")], choices=[], validate_choice=False
    )
    size = SelectField(
        "Size", [AnyOf(list(SIZES), "Choose a size")], choices=[], validate_choice=False
    )
    website = StringField("Website", [_website])
