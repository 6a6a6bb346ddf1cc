"""The forms that bring a list in, take it, and put it away."""

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, StopValidation

from engage.web.day_field import DayField
from engage.web.forms import Form, one_line

LARGEST = 25 * 1024 * 1024
"""Bytes of a file and its form; a list of 200,000 has a third of that."""
ORIGIN = [
    DataRequired("Enter where it comes from, such as Sign-up sheets of 2019"),
    one_line,
    Length(max=200, message="Use 200 characters or fewer"),
]


class ListForm(Form):
    """An older list: of which pledge, from where, and the file."""

    pledge = SelectField("Pledge", choices=[], validate_choice=True)
    origin = StringField("Where the list comes from", ORIGIN)
    day = DayField("Day for rows that have none", missing="Enter a day")
    file = FileField("The list")

    def validate_file(self, field: FileField) -> None:
        """Check that a file was chosen; what is in it, the worker finds out."""
        if not field.data or not field.data.filename:
            raise StopValidation("Choose a file, CSV or XLSX")

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        self.file.data.stream.seek(0)
        return bytes(self.file.data.stream.read())


class TakeForm(Form):
    """A list that is taken; with broken rows, only when somebody says to leave them out."""

    leave_out = BooleanField("Rows with faults")
