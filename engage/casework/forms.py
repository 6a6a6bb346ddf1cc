"""The forms of a report: what a caseworker writes, decides and asks."""

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp

from engage.casework.words import CLOSINGS, CONTACTS, URGENCIES
from engage.core.reporting.outcomes import OUTCOMES
from engage.web.forms import Form, SeenForm, choices_of

LONGEST = 4000
"""Characters of a note or message."""
NOBODY = "0"


class LinkForm(SeenForm):
    """Another report, and whether the two are linked or no longer."""

    other = HiddenField("Other", [Regexp(r"[0-9a-f]{32}\Z", message="Open the report again")])
    kind = HiddenField("Kind", [AnyOf(["link", "unlink"])])


class WriteForm(SeenForm):
    """A note, or words to somebody."""

    words = TextAreaField(
        "Words",
        [
            InputRequired("Write something first"),
            Length(max=LONGEST, message=f"Write at most {LONGEST:,} characters"),
        ],
    )


class AssignForm(SeenForm):
    """Who works on it."""

    staff = SelectField("Who works on it?", validate_choice=True)

    def offer(self, colleagues: dict[int, str]) -> None:
        """Offer the colleagues who can open it, and nobody."""
        named = [(str(number), name) for number, name in colleagues.items()]
        self.staff.choices = choices_of([(NOBODY, "Nobody yet"), *named])

    @property
    def chosen(self) -> int | None:
        """The number of whom was chosen; None for nobody."""
        return int(self.staff.data) or None


class JudgeForm(WriteForm):
    """How urgent a person judges it to be, and why."""

    urgency = RadioField(
        "How urgent do you judge it to be?",
        [InputRequired("Say how urgent you judge it to be")],
        choices=choices_of(URGENCIES.items()),
    )


class ContactForm(WriteForm):
    """That somebody was spoken to outside this site, and how."""

    how = RadioField(
        "How did you reach them?",
        [InputRequired("Say how you reached them")],
        choices=choices_of(CONTACTS.items()),
    )


class CloseForm(SeenForm):
    """Why a report is closed, and what came of it; the words to the reporter can be left out."""

    reason = RadioField(
        "Why do you close it?",
        [InputRequired("Say why you close it")],
        choices=choices_of(CLOSINGS.items()),
    )
    outcome = RadioField(
        "What came of it?",
        [InputRequired("Say what came of it")],
        choices=choices_of(OUTCOMES.items()),
    )
    words = TextAreaField(
        "What we tell whoever reported it",
        [Length(max=LONGEST, message=f"Write at most {LONGEST:,} characters")],
    )


class FilterForm(Form):
    """What is looked for in the inbox; sent as a form, so that no address or log says it."""

    status = SelectField("Status", validate_choice=False)
    kind = SelectField("Kind of harm", validate_choice=False)
    strand = SelectField("Strand", validate_choice=False)
    ward = SelectField("Ward", validate_choice=False)
    wish = SelectField("Wish", validate_choice=False)
    page = HiddenField("Page")
