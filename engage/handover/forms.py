"""The forms of handing over, of overrides and of what comes back."""

from collections.abc import Iterable

from flask import request
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from engage.core.reporting.policy import Policy
from engage.core.reporting.wishes import GIVES, Level
from engage.handover.words import LEVELS
from engage.web.forms import SeenForm, choices_of, one_line

LONGEST = 4000
"""Characters of a reason, an outcome, or a text that somebody looked through."""
OPEN_AGAIN = "Open the report again"
TOO_LONG = f"Write at most {LONGEST:,} characters"
EDITED = "edited-"
YES, NO = "yes", "no"


class HandOverForm(SeenForm):
    """To whom, by which override if by one, and the wishes that the person was shown."""

    agency = HiddenField("Agency", [InputRequired(OPEN_AGAIN)])
    override = HiddenField("Override")
    wishes = HiddenField("Wishes")


class AskForm(SeenForm):
    """Why a wish is to be overridden."""

    agency = HiddenField("Agency", [InputRequired(OPEN_AGAIN)])
    level = RadioField("What do they need?", [InputRequired("Say what they need")])
    reason = RadioField("Why is it necessary?", [InputRequired("Say why it is necessary")])
    basis = RadioField("On which lawful basis?", [InputRequired("Choose a lawful basis")])
    words = TextAreaField(
        "What makes you think so?",
        [InputRequired("Say what makes you think so"), Length(max=LONGEST, message=TOO_LONG)],
    )
    told = RadioField(
        "Was the victim told?",
        [InputRequired("Say whether the victim was told")],
        choices=choices_of([(YES, "Yes"), (NO, "No")]),
    )
    not_told = RadioField("If not, why?", validate_choice=False)
    when = RadioField(
        "When does it leave?",
        [InputRequired("Say when it leaves")],
        choices=choices_of(
            [
                ("after", "When a second person has approved it"),
                ("now", "Now: somebody is in danger, and a second person looks at it afterwards"),
            ]
        ),
    )

    def offer(self, policy: Policy) -> None:
        """Offer what the partnership's policy names."""
        self.level.choices = choices_of((each, LEVELS[each]) for each in Level if each in GIVES)
        self.reason.choices = choices_of(
            (each.code, f"{each.words} (may leave at once)" if each.immediate else each.words)
            for each in policy.reasons
        )
        self.basis.choices = choices_of((each.code, each.words) for each in policy.bases)
        self.not_told.choices = choices_of((each.code, each.words) for each in policy.not_told)

    def fits(self, policy: Policy) -> bool:
        """Whether the answers go together; what does not is held against its field."""
        known = {each.code for each in policy.not_told}
        if self.told.data == NO and self.not_told.data not in known:
            self.blame("not_told", "Say why the victim was not told")
        reason = policy.reason(self.reason.data)
        if self.when.data == "now" and not (reason and reason.immediate):
            self.blame("when", "Only a reason of immediate danger lets it leave at once")
        return not self.errors


class DecideForm(SeenForm):
    """What the second person says of an override."""

    answer = RadioField(
        "What do you say?",
        [InputRequired("Choose an answer")],
        choices=choices_of([(YES, "Yes"), (NO, "No")]),
    )
    words = TextAreaField("Why?", [InputRequired("Say why"), Length(max=LONGEST, message=TOO_LONG)])


class AnswerForm(SeenForm):
    """What an agency said to a package."""

    reference = StringField(
        "Their reference", [Length(max=80, message="Write at most 80 characters"), one_line]
    )
    outcome = TextAreaField("What came of it", [Length(max=LONGEST, message=TOO_LONG)])
    tell = TextAreaField(
        "What we tell whoever reported it", [Length(max=LONGEST, message=TOO_LONG)]
    )


def edited_texts(names: Iterable[str]) -> dict[str, str]:
    """The texts that were sent for these questions, as somebody left them."""
    sent = {name: request.form.get(f"{EDITED}{name}") for name in names}
    return {name: text.replace("\r\n", "\n")[:LONGEST] for name, text in sent.items() if text}
