"""The pages that staff move between: each slice adds its own, each person sees what they may open.

In a slice's views::

    add_staff_page(blueprint, "Waves", "fieldwork.waves", SURVEYS, "Open, watch and close surveys.")
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, request, url_for
from flask.blueprints import BlueprintSetupState

from engage.web.access import current_user, permits

SURVEYS = "Surveys"
FINDINGS = "Findings"
RESIDENTS = "For residents"
PLEDGE = "Pledge"
REPORTS = "Reports"
SITE = "Site"
ROOMS = (SURVEYS, FINDINGS, RESIDENTS, PLEDGE, REPORTS, SITE)
"""What staff work at, in the order of the navigation: a page for each is too much for a phone."""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page that staff can be led to; `summary` is what the staff home page says about it.

    `room` is what it belongs to; a page without one stands in the navigation by itself.

    `instead` is an endpoint, and what it says to those who may open that too. `notices` finds
    what the staff home page has to say at its top.
    """

    label: str
    endpoint: str
    room: str
    summary: str
    instead: tuple[str, str] | None = None
    notices: Callable[[], list[str]] | None = None

    def summary_for(self, role: str) -> str:
        """What somebody in that role may do there."""
        if self.instead:
            endpoint, summary = self.instead
            if permits(current_app.view_functions[endpoint], role):
                return summary
        return self.summary


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation of one person; `current` is the value of aria-current."""

    label: str
    path: str
    room: str
    summary: str
    current: str


@dataclass(frozen=True, slots=True)
class Room:
    """Pages that belong together, as one person may open them; `path` is that of the first.

    In the navigation a room of one page is called after that, in `label`.
    """

    name: str
    label: str
    path: str
    pages: tuple[Entry, ...]
    current: str

    @property
    def several(self) -> bool:
        """Whether its pages need a row of their own in the navigation."""
        return len(self.pages) > 1


def prepare_staff_pages(app: Flask) -> None:
    """Give the application its register, and templates `staff_rooms` and `current_user`."""
    app.extensions["staff_pages"] = []
    # A proxy: nobody is looked up until a template asks, and public pages never do.
    app.jinja_env.globals.update(
        staff_rooms=staff_rooms, staff_notices=staff_notices, current_user=current_user
    )


def add_staff_page(
    blueprint: Blueprint,
    label: str,
    endpoint: str,
    room: str = "",
    summary: str = "",
    *,
    instead: tuple[str, str] | None = None,
    notices: Callable[[], list[str]] | None = None,
) -> None:
    """Put a page into the navigation when its blueprint is registered, in that order.

    `room`, `summary`, `instead` and `notices` are those of `StaffPage`.
    """

    def add(state: BlueprintSetupState) -> None:
        page = StaffPage(label, endpoint, room, summary, instead, notices)
        state.app.extensions["staff_pages"].append(page)

    blueprint.record(add)


def staff_pages() -> list[Entry]:
    """The pages that the person who is signed in may open; one of them may be where they are."""
    if not current_user.is_authenticated:
        return []
    views = current_app.view_functions
    pages = {
        url_for(page.endpoint): page
        for page in current_app.extensions["staff_pages"]
        if permits(views[page.endpoint], current_user.role)
    }
    around = [path for path in pages if f"{request.path}/".startswith(f"{path}/")]
    here = max(around, key=len, default="")
    return [
        Entry(
            page.label, path, page.room, page.summary_for(current_user.role), _current(path, here)
        )
        for path, page in pages.items()
    ]


def staff_rooms() -> list[Room]:
    """The same pages by room, those without one first."""
    pages = staff_pages()
    alone = [_room("", (page,)) for page in pages if not page.room]
    return alone + [
        _room(name, inside)
        for name in ROOMS
        if (inside := tuple(page for page in pages if page.room == name))
    ]


def _room(name: str, pages: tuple[Entry, ...]) -> Room:
    first, *others = pages
    if not others:
        return Room(name, first.label, first.path, pages, first.current)
    return Room(
        name, name, first.path, pages, "true" if any(each.current for each in pages) else ""
    )


def staff_notices() -> list[tuple[str, str]]:
    """What needs somebody now: the address of a page that this person may open, and a sentence."""
    return [
        (url_for(page.endpoint), said)
        for page in current_app.extensions["staff_pages"]
        if page.notices and permits(current_app.view_functions[page.endpoint], current_user.role)
        for said in page.notices()
    ]


def _current(path: str, here: str) -> str:
    """Whether an entry is the page itself, the page above it, or neither."""
    if path == request.path:
        return "page"
    return "true" if path == here else ""
