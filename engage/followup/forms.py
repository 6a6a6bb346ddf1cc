"""The forms of actions: what was said and done, what happened since, whether all may see it."""

from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    StopValidation,
)

from engage.actions.content import Content, Finding, Update
from engage.actions.models import ActionState
from engage.actions.words import STATES, THEMES
from engage.web.day_field import DayField
from engage.web.forms import Form, choices_of, one_line

LONG = 1500
DECISIONS = ("ask", "give", "refuse", "waive", "withdraw")
NO_FINDING = ("", "None")


def _text(label: str, most: int, missing: str) -> TextAreaField:
    return TextAreaField(
        label,
        [DataRequired(missing), Length(max=most, message=f"Use {most:,} characters or fewer")],
    )


def _line(label: str, most: int, missing: str) -> StringField:
    return StringField(
        label,
        [
            DataRequired(missing),
            one_line,
            Length(max=most, message=f"Use {most} characters or fewer"),
        ],
    )


class ActionForm(Form):
    """An action without its updates. `version` is the one that was shown."""

    title = _line("Title", 120, "Enter a title")
    theme = SelectField("What it is about", choices=choices_of(THEMES.items()))
    said = _text("You said", LONG, "Say what people said")
    did = _text("We did", LONG, "Say what was or will be done")
    owner = _line("Who does it", 120, "Enter a body or a post")
    due_on = DayField("Due on", missing="Enter the day on which it is to be done")
    state = RadioField(
        "How far it is", choices=choices_of(STATES.items()), default=ActionState.PLANNED
    )
    done_on = DayField("Done on")
    why = StringField(
        "Why it was stopped", [one_line, Length(max=300, message="Use 300 characters or fewer")]
    )
    wards = SelectMultipleField("Wards", choices=[], validate_choice=True)
    first = SelectField("First finding", choices=choices_of([NO_FINDING]), default="")
    second = SelectField("Second finding", choices=choices_of([NO_FINDING]), default="")
    third = SelectField("Third finding", choices=choices_of([NO_FINDING]), default="")
    quotes = SelectMultipleField("Quotes", coerce=int, choices=[], validate_choice=True)
    version = IntegerField(validators=[InputRequired(), NumberRange(0, 2**31 - 1)])

    def offer(
        self, wards: dict[str, str], findings: dict[str, str], quotes: dict[int, str]
    ) -> None:
        """Let these wards, published findings and released quotes be chosen."""
        self.wards.choices = choices_of(wards.items())
        for field in (self.first, self.second, self.third):
            field.choices = choices_of([NO_FINDING, *findings.items()])
        self.quotes.choices = choices_of((str(number), words) for number, words in quotes.items())

    def validate_done_on(self, field: Field) -> None:
        """Check that what is done has a day, and nothing else has."""
        done = self.state.data == ActionState.DONE
        if done and field.data is None and not field.process_errors:
            raise StopValidation("Enter the day on which it was done")
        if not done and field.data is not None:
            raise StopValidation("Only what is done has such a day: empty it, or choose Done")

    def validate_why(self, field: Field) -> None:
        """Check that people are told why something was stopped."""
        if self.state.data == ActionState.STOPPED and not (field.data or "").strip():
            raise StopValidation("Say why it was stopped")

    def content(self, updates: tuple[Update, ...] = ()) -> Content:
        """What was sent; ask only when the form is valid."""
        stopped = self.state.data == ActionState.STOPPED
        chosen = {field.data for field in (self.first, self.second, self.third) if field.data}
        return Content(
            title=self.title.data.strip(),
            theme=self.theme.data,
            said=_plain(self.said.data),
            did=_plain(self.did.data),
            owner=self.owner.data.strip(),
            due_on=self.due_on.data,
            done_on=self.done_on.data,
            state=self.state.data,
            why=(self.why.data or "").strip() if stopped else "",
            wards=tuple(sorted(self.wards.data or ())),
            findings=tuple(sorted(finding_of(each) for each in chosen)),
            quotes=tuple(sorted(self.quotes.data or ())),
            updates=updates,
        )


class UpdateForm(Form):
    """What happened since."""

    words = _text("What happened", 600, "Say what happened")
    version = IntegerField(validators=[InputRequired(), NumberRange(0, 2**31 - 1)])


class DecisionForm(Form):
    """A step towards showing an action, or away from it; `digest` is of what was read."""

    decision = StringField(validators=[AnyOf(DECISIONS, "Press one of the buttons")])
    digest = HiddenField(default="")
    reason = StringField("Why", [Length(max=500, message="Use 500 characters or fewer"), one_line])


BETWEEN = "/"


def written(finding: Finding) -> str:
    """A finding as the value of a choice."""
    parts = (finding.questionnaire, str(finding.wave_id), finding.indicator)
    return BETWEEN.join((*parts, finding.breakdown, finding.group))


def finding_of(value: str) -> Finding:
    """The finding that is written so."""
    questionnaire, wave_id, indicator, breakdown, group = value.split(BETWEEN, 4)
    return Finding(questionnaire, int(wave_id), indicator, breakdown, group)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
