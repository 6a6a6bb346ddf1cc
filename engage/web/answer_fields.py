"""A question as a WTForms field: one table says which kind becomes what."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Optional, StopValidation, ValidationError

from engage.core.definition.kinds import NUMBER_KINDS, Kind
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer
from engage.web.date_field import WhenField
from engage.web.place_field import SeveralPlaces
from engage.web.ranking_field import RankingField

PREFIX = "q_"
"""Before every question id: a question called `validate` or `meta` would break the form."""

UNKNOWN = lazy_gettext("Choose one of the answers listed.")
UNREADABLE = "\x00"


def answer_field(question: Question) -> Any:
    """The field of a question, to be bound under `PREFIX` and its id."""
    return FIELDS[question.kind](question)


def _choices(question: Question) -> list[SelectChoice]:
    return [SelectChoice(value=each.code, label=each.label) for each in question.options]


def _needed(question: Question) -> list[Any]:
    def needed(_form: BaseForm, field: Field) -> None:
        if field.raw_data and field.raw_data[0]:
            return
        if question.kind is Kind.CONSENT:
            message = gettext("Tick the box if you agree. If you do not, you can leave here.")
        else:
            message = gettext("Answer this question: %(question)s", question=question.text)
        raise StopValidation(message)

    return [needed if question.required else Optional()]


class OneOf(RadioField):
    """One option; a code that is not offered is refused in plain words."""

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse a code that is not offered."""
        choices: Any = self.choices
        offered = {choice.value for choice in choices}
        if self.data and self.data not in offered:
            raise ValidationError(str(UNKNOWN))


class AnyOf(SelectMultipleField):
    """Several options, some of which exclude all others."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        """Remember which options stand alone."""
        super().__init__(question.text, choices=_choices(question), **kwargs)
        self.question = question

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse codes that are not offered, and an excluding option beside another."""
        options = [self.question.option(code) for code in self.data or []]
        for option in options:
            if option is None:
                raise ValidationError(str(UNKNOWN))
            if option.means and len(options) > 1:
                raise ValidationError(
                    gettext(
                        "You ticked “%(option)s” and something else. Untick one of them.",
                        option=option.label,
                    )
                )


def _one_of(question: Question) -> Any:
    return OneOf(
        question.text,
        choices=_choices(question),
        validate_choice=False,
        validators=_needed(question),
    )


def _any_of(question: Question) -> Any:
    # `Optional` would forget what is wrong where the first code is empty.
    needed = _needed(question) if question.required else []
    return AnyOf(question, validate_choice=False, validators=needed)


def _number(question: Question) -> Any:
    def in_range(_form: BaseForm, field: Field) -> None:
        written = (field.data or "").strip()
        lowest, highest = question.minimum or 0, question.maximum or 0
        digits = written.removeprefix("-")
        if not (digits.isdecimal() and len(digits) < 10):
            raise ValidationError(gettext("Write a whole number, such as %(n)s.", n=lowest))
        if not lowest <= int(written) <= highest:
            raise ValidationError(
                gettext(
                    "Write a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest
                )
            )

    return StringField(question.text, validators=[*_needed(question), in_range])


def _text(question: Question) -> Any:
    def fits(_form: BaseForm, field: Field) -> None:
        written = len(_lines(field.data or ""))
        if written > question.max_length:
            raise ValidationError(
                gettext(
                    "Write %(most)s characters or fewer. You wrote %(written)s.",
                    most=f"{question.max_length:,}",
                    written=f"{written:,}",
                )
            )
        if UNREADABLE in (field.data or ""):
            raise ValidationError(gettext("Some characters could not be read. Write them again."))

    return StringField(question.text, validators=[*_needed(question), fits])


def _when(question: Question) -> Any:
    return WhenField(question, validators=_needed(question))


def _ranking(question: Question) -> Any:
    return RankingField(question, validators=_needed(question))


def _places(question: Question) -> Any:
    own, needed = _choices(question), _needed(question)
    return SeveralPlaces(question, choices=own, validate_choice=False, validators=needed)


FIELDS: dict[Kind, Callable[[Question], Any]] = {
    Kind.SINGLE: _one_of,
    Kind.SCALE: _one_of,
    Kind.AREA: _one_of,
    Kind.POSTCODE: _one_of,
    Kind.CONSENT: _one_of,
    Kind.PLACE: _one_of,
    Kind.PLACES: _places,
    Kind.MULTIPLE: _any_of,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.DATE: _when,
    Kind.MONTH: _when,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
}


def answer_of(question: Question, data: Any) -> Answer | None:
    """What a valid field's data say as an answer; None when nothing was answered."""
    if question.kind is Kind.MULTIPLE:
        order = [option.code for option in question.options]
        return tuple(sorted(set(data), key=order.index)) if data else None
    if question.kind is Kind.RANKING:
        return data or None
    if question.kind is Kind.PLACES:
        return tuple(dict.fromkeys(data)) if data else None
    written = _lines(str(data or "")).strip()
    if not written:
        return None
    return int(written) if question.kind in NUMBER_KINDS else written


def _lines(text: str) -> str:
    """Text with plain line ends: browsers send two characters where a person typed one."""
    return text.replace("\r\n", "\n")


def with_areas(
    field: Any, question: Question, wards: Sequence[tuple[str, str]], found: str = ""
) -> None:
    """Offer wards or places, as pairs of code and name, before the question's own options.

    `found` is a ward that a postcode lies in: it is the answer, whatever was sent.
    """
    field.choices = [SelectChoice(value=code, label=name) for code, name in wards]
    field.choices += _choices(question)
    if found:
        field.data, field.raw_data = found, [found]
