"""Places that people named: one, or several that are ticked."""

from typing import Any

from flask_babel import gettext, ngettext
from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from engage.core.definition.question import Question


class SeveralPlaces(SelectMultipleField):
    """Places and, in place of them, an answer that stands alone; `choices` are given later."""

    def __init__(self, question: Question, **given: Any) -> None:
        """Remember how many there may be."""
        super().__init__(question.text, **given)  # type: ignore[no-untyped-call]  # it has no types
        self.question = question

    def pre_validate(self, _form: Any) -> None:
        """Refuse places that were not offered, too many, and none beside some."""
        choices: Any = self.choices
        sent = list(dict.fromkeys(self.data or []))
        if not set(sent) <= {choice.value for choice in choices}:
            raise ValidationError(gettext("Choose one of the answers listed."))
        alone = next((option for code in sent if (option := self.question.option(code))), None)
        if alone and len(sent) > 1:
            raise ValidationError(
                gettext(
                    "You ticked “%(option)s” and something else. Untick one of them.",
                    option=alone.label,
                )
            )
        most = self.question.places
        if len(sent) > most:
            raise ValidationError(
                ngettext(
                    "Choose %(num)s place at most. You ticked %(ticked)s.",
                    "Choose %(num)s places at most. You ticked %(ticked)s.",
                    most,
                    ticked=len(sent),
                )
            )
