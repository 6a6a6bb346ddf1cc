"""The filter of the audit log: a form whose fields stand in the address."""

import re
from collections.abc import Mapping

from flask import request
from wtforms import SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional, Regexp, ValidationError

from engage.audit.words import ACTIONS
from engage.oversight.events import GROUPS, Wanted
from engage.web.day_field import DayField
from engage.web.forms import Form, choices_of

ANY = ("", "Any")
SYSTEM = ("0", "Nobody: the site by itself")
SUBJECT = re.compile(r"[a-z_]+:[\w-]+", re.ASCII)


class ListedField(SelectField):
    """One of a list; what an address asks for that is not there is named, with its box."""

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002  WTForms calls it so
        """Say which box holds what is not in its list."""
        if self.data not in {each.value for each in self.choices or ()}:
            said = f"{self.label.text}: {str(self.data)[:40]!r} is not in the list. Choose again"
            raise ValidationError(said)


class FilterForm(Form):
    """Which events are shown. Sent by GET: nothing in it is a name."""

    first = DayField("From")
    last = DayField("Until")
    person = ListedField(  # type: ignore[no-untyped-call]  # WTForms has no types
        "Who", default="", choices=choices_of([ANY])
    )
    action = ListedField(  # type: ignore[no-untyped-call]  # nor has this
        "What they did", default="", choices=choices_of([ANY])
    )
    subject = StringField(
        "To what",
        [
            Optional(),
            Length(max=100, message="Use 100 characters or fewer"),
            Regexp(SUBJECT, message="Enter a kind and a number, such as wave:3 or pledge:1"),
        ],
    )

    @classmethod
    def of_address(cls, people: Mapping[int, str]) -> "FilterForm":
        """The filter that the address of this request holds; `people` can be chosen."""
        form = cls(formdata=request.args, meta={"csrf": False})
        asked = request.args.get("person", "")
        named = [(str(number), name) for number, name in people.items()]
        gone = asked.isascii() and asked.isdigit() and asked not in {"0", *dict(named)}
        if gone and len(asked) < LONGEST_NUMBER:
            named.append((asked, f"Account {asked}, which is deleted"))
        form.person.choices = choices_of([ANY, SYSTEM, *named])
        acts = sorted(ACTIONS.items(), key=lambda each: each[1])
        form.action.choices = choices_of([ANY, *GROUPS.items(), *acts])
        return form

    def wanted(self) -> Wanted | None:
        """The events that are asked for; nothing where something in the filter is wrong."""
        if not self.validate():  # type: ignore[no-untyped-call]  # WTForms has no types
            return None
        first, last = self.first.data, self.last.data
        if first and last and last < first:
            self.blame("last", "The last day is before the first. Enter a later one")
            return None
        return Wanted(
            first=first,
            last=last,
            person=int(self.person.data) if self.person.data else None,
            action=self.action.data or "",
            subject=(self.subject.data or "").strip(),
        )


LONGEST_NUMBER = 10
"""Digits of the number of an account: fewer than this many."""
