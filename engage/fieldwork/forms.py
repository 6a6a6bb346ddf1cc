"""The forms that create and change a wave, and the one that confirms a step."""

from collections.abc import Iterable

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange

from engage.core.statistics.sampling import SampleType
from engage.waves.faults import WaveFault, WavePlan
from engage.waves.lengths import default_deletion
from engage.web.day_field import DayField
from engage.web.forms import Form, one_line


class WaveForm(Form):
    """What a survey manager decides about a wave."""

    questionnaire = RadioField(
        "Survey",
        [InputRequired("Choose a survey"), one_line],
        choices=[],
        validate_choice=False,  # creating the wave does, and says which there are
    )
    name = StringField(
        "Name of the wave",
        [
            DataRequired("Enter a name, such as Spring 2026"),
            one_line,
            Length(max=60, message="The name has more than 60 characters: use a shorter one"),
        ],
    )
    sample = RadioField(
        "How people are asked",
        [AnyOf(list(SampleType), "Choose one of the ways listed")],
        choices=[],  # the page has them, with what each means
        default=SampleType.OPEN_LINK,
        validate_choice=False,
    )
    opens_on = DayField("First day", missing="Enter the first day")
    closes_on = DayField("Last day", missing="Enter the last day")
    delete_on = DayField("Day of deletion")

    def plan(self, questionnaire: str, *, made_up: bool) -> WavePlan:
        """The wave as it was sent; ask only when the form is valid."""
        return WavePlan(
            questionnaire=questionnaire,
            name=self.name.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            delete_on=self.delete_on.data or default_deletion(self.closes_on.data),
            made_up=made_up,
            sample=SampleType(self.sample.data),
        )

    def blame_all(self, faults: Iterable[WaveFault]) -> None:
        """Hold each fault against its field; those of the wave as a whole are not the form's."""
        for fault in faults:
            if fault.field in self:
                self.blame(fault.field, fault.message)


class ChangeForm(WaveForm):
    """The same for a wave that is there: its survey stays."""

    questionnaire = None  # type: ignore[assignment]  # how WTForms leaves a field out


class CodesForm(Form):
    """How many one-time codes to make; a sheet is filled by twenty."""

    number = IntegerField(
        "How many codes",
        [
            InputRequired("Enter how many codes you need, such as 20"),
            NumberRange(1, 200, "Make 1 to 200 codes at a time"),
        ],
    )
