"""The forms that make a pledge, change its days, and word it."""

from datetime import date

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from engage.pledges.expiry import YEARS
from engage.pledges.words import NewWords
from engage.pledges.years import years_before
from engage.web.day_field import DayField
from engage.web.forms import Form, one_line

LONGEST_TITLE = 120
LONGEST_SLUG = 60
LONGEST_WORDS = 5000


class WordsForm(Form):
    """What a pledge says in one language."""

    title = StringField(
        "Title",
        [
            DataRequired("Enter a title"),
            one_line,
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer"),
        ],
    )
    short = TextAreaField(
        "In one or two sentences",
        [
            DataRequired("Enter one or two sentences"),
            Length(max=500, message="Use 500 characters or fewer"),
        ],
    )
    words = TextAreaField(
        "The words that people sign",
        [
            DataRequired("Enter the words that people sign"),
            Length(max=LONGEST_WORDS, message=f"Use {LONGEST_WORDS:,} characters or fewer"),
        ],
    )
    reviewed = BooleanField("Checked")

    @property
    def new(self) -> NewWords:
        """The words as they were sent; ask only when the form is valid."""
        return NewWords(
            title=" ".join(str(self.title.data).split()),
            summary=_plain(self.short.data),
            words=_plain(self.words.data),
            reviewed=bool(self.reviewed.data),
        )


class DaysForm(Form):
    """When a pledge can be signed, and whether it is shown."""

    opens_on = DayField("First day", missing="Enter the first day")
    closes_on = DayField("Last day (optional)")
    questionnaire = SelectField(
        "Questions before signing", choices=[], filters=[lambda chosen: chosen or ""]
    )
    published = BooleanField("On the site")
    unchecked = BooleanField("Words that nobody has checked")

    def checked(self, tongues: list[str]) -> bool:
        """Whether words in these languages, which nobody has checked, may be on the site."""
        if self.published.data and tongues and not self.unchecked.data:
            self.blame(
                "unchecked",
                f"Nobody has checked the words in {', '.join(tongues)}. Have them checked first, "
                "or tick the box to show them as they are.",
            )
            return False
        return True

    def may_reopen(self, was: date | None, today: date) -> bool:
        """Whether the last day can be this, where it was `was`; notes it if it cannot.

        Two years after it who signed is forgotten, by whom nobody could sign twice.
        """
        kept_since = years_before(today, YEARS)
        later = self.closes_on.data is None or self.closes_on.data > kept_since
        if was is not None and was <= kept_since and later:
            self.blame(
                "closes_on",
                "It closed two years ago or more, and who signed it is forgotten: everybody could "
                "sign again and be counted twice. Make a new pledge.",
            )
            return False
        return True

    def in_order(self) -> bool:
        """Whether the last day is not before the first; notes it if it is."""
        if self.closes_on.data and self.closes_on.data < self.opens_on.data:
            self.blame("closes_on", "The last day is before the first. Enter a later day.")
            return False
        return True


class PledgeForm(WordsForm):
    """A pledge that is new: its address, and its words in English."""

    slug = StringField(
        "Name in its address",
        [
            DataRequired("Enter a name for the address, such as stand-against-hate"),
            Regexp(
                r"[a-z0-9]+(-[a-z0-9]+)*\Z",
                message="Use small letters, figures and single hyphens, such as stand-against-hate",
            ),
            Length(max=LONGEST_SLUG, message=f"Use {LONGEST_SLUG} characters or fewer"),
        ],
    )
    opens_on = DayField("First day", missing="Enter the first day")


def _plain(written: str | None) -> str:
    return (written or "").replace("\r\n", "\n").strip()
