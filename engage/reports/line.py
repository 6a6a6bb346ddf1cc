"""The line of a report in an inbox: what one needs to know of it before it is opened."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Waiting = Literal["us", "them", ""]


@dataclass(frozen=True, slots=True)
class LineClock:
    """Something that is to be done by a day; `id` is its row's, which alone names no report."""

    id: str
    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """What the inbox shows. `wishes` are the levels by agency; `centre` is a centre's number.

    `waiting_for` says who is to speak next: us, them (who reported), or nobody. `assigned_to` is
    a number of staff. `score` is what the answers suggest, `urgency` what a person judged since.
    `declined` says that whoever reported wanted no code: nobody reads what we write to them.
    """

    received_on: date
    kind: str = ""
    strands: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    ward: str = ""
    under_18: bool = False
    score: int = 0
    urgency: str = ""
    wishes: Mapping[str, str] = field(default_factory=dict)
    assigned_to: int | None = None
    centre: int | None = None
    waiting_for: Waiting = "us"
    first_contact_on: date | None = None
    clocks: tuple[LineClock, ...] = ()
    declined: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The line as JSON can carry it."""
        return asdict(self) | {
            "received_on": self.received_on.isoformat(),
            "wishes": dict(self.wishes),
            "first_contact_on": self.first_contact_on and self.first_contact_on.isoformat(),
            "clocks": [asdict(each) | {"due_on": each.due_on.isoformat()} for each in self.clocks],
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Line":
        """The line that `to_dict` wrote; what it does not know is passed over."""
        known = {name: given[name] for name in cls.__slots__ if name in given}
        contact = known.get("first_contact_on")
        return cls(
            **known
            | {
                "received_on": date.fromisoformat(given["received_on"]),
                "strands": tuple(known.get("strands", ())),
                "types": tuple(known.get("types", ())),
                "first_contact_on": date.fromisoformat(contact) if contact else None,
                "clocks": tuple(
                    LineClock(each["id"], each["what"], date.fromisoformat(each["due_on"]))
                    for each in known.get("clocks", ())
                ),
            }
        )
