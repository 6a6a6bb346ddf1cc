"""The forms with which staff look after centres and their workers."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from engage.centres.store import LONGEST_NAME
from engage.web.day_field import DayField
from engage.web.forms import Form, one_line


def _line(label: str, missing: str, longest: int) -> StringField:
    return StringField(
        label,
        [
            DataRequired(missing),
            one_line,
            Length(max=longest, message=f"Use {longest} characters or fewer"),
        ],
    )


class CentreForm(Form):
    """A new centre."""

    name = _line("Name of the centre", "Enter the name of the centre", LONGEST_NAME)
    agreed_on = DayField("Day of the agreement", missing="Enter the day of the agreement")


class ChangeForm(Form):
    """What a centre is called, and when its agreement is looked at again."""

    name = _line("Name of the centre", "Enter the name of the centre", LONGEST_NAME)
    review_on = DayField("Look at the agreement again on", missing="Enter the day of the review")


class WorkerForm(Form):
    """A new worker of a centre."""

    name = _line("Name", "Enter the worker’s name", 100)
    email = _line("Email address", "Enter the worker’s email address", 254)
    trained_on = DayField("Day of the training", missing="Enter the day of the training")


class TrainingForm(Form):
    """A training of a worker, and the last day on which it holds."""

    trained_on = DayField("Day of the training", missing="Enter the day of the training")
    ends_on = DayField("Holds until", missing="Enter the last day on which it holds")
