"""A ranking: for each option a list of places, each of which is given once."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.validators import StopValidation

from engage.core.definition.question import Question
from engage.web.days import ordinal


class RankingField(Field):
    """Places by option. `data` are the codes in the order of their places; empty for none.

    `wrong_part` is the option that an error is about.
    """

    def __init__(self, question: Question, **given: Any) -> None:
        """Remember what the question offers."""
        super().__init__(question.text, **given)  # type: ignore[no-untyped-call]  # it has no types
        self.question = question
        self.given: dict[str, str] = {}
        self.wrong_part = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the place of each option; some may have none."""
        del data, extra_filters
        found: Mapping[str, str] = formdata or {}
        sent = {each.code: found.get(f"{self.name}-{each.code}", "") for each in self.options}
        self.given = {code: place for code, place in sent.items() if place}
        self.process_errors = ()
        self.raw_data = ["".join(self.given)]
        self.wrong_part = self.options[0].code
        self.data = ()

    @property
    def options(self) -> Any:
        """What is ranked."""
        return self.question.options

    def pre_validate(self, _form: Any) -> None:
        """Put the options in order; a place given twice or left out is named."""
        offered = {str(place): place for place in range(1, self.question.places + 1)}
        held: dict[int, str] = {}
        for code, sent in self.given.items():
            place = offered.get(sent)
            if place is None:
                self._fail(code, gettext("Choose one from the list."))
            elif place in held:
                said = gettext(
                    "You chose both “%(first)s” and “%(second)s” as %(place)s. Choose one of them.",
                    place=ordinal(place),
                    first=self._label(held[place]),
                    second=self._label(code),
                )
                self._fail(code, said)
            else:
                held[place] = code
        for place in range(1, len(held) + 1):
            if place not in held:
                last = max(held)
                said = gettext(
                    "You chose a %(last)s, but no %(left_out)s. Choose in order.",
                    last=ordinal(last),
                    left_out=ordinal(place),
                )
                self._fail(held[last], said)
        self.data = tuple(held[place] for place in sorted(held))

    def _label(self, code: str) -> str:
        option = self.question.option(code)
        return option.label if option else code

    def _fail(self, code: str, message: str) -> None:
        self.wrong_part = code
        raise StopValidation(message)
