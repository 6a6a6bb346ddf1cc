"""The pages that staff move between: each slice adds its own, each person sees what they may open.

In a slice's views::

    add_staff_page(blueprint, "Waves", "fieldwork.waves", "Open, watch and close surveys.")
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, request, url_for
from flask.blueprints import BlueprintSetupState

from engage.web.access import current_user, permits


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page that staff can be led to; `summary` is what the staff home page says about it.

    `instead` is an endpoint, and what it says to those who may open that too. `notices` finds
    what the staff home page has to say at its top.
    """

    label: str
    endpoint: str
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
    summary: str
    current: str


def prepare_staff_pages(app: Flask) -> None:
    """Give the application its register, and templates `staff_pages` and `current_user`."""
    app.extensions["staff_pages"] = []
    # A proxy: nobody is looked up until a template asks, and public pages never do.
    app.jinja_env.globals.update(
        staff_pages=staff_pages, staff_notices=staff_notices, current_user=current_user
    )


def add_staff_page(
    blueprint: Blueprint,
    label: str,
    endpoint: str,
    summary: str = "",
    *,
    instead: tuple[str, str] | None = None,
    notices: Callable[[], list[str]] | None = None,
) -> None:
    """Put a page into the navigation when its blueprint is registered, in that order.

    `summary`, `instead` and `notices` are those of `StaffPage`.
    """

    def add(state: BlueprintSetupState) -> None:
        page = StaffPage(label, endpoint, summary, instead, notices)
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
        Entry(page.label, path, page.summary_for(current_user.role), _current(path, here))
        for path, page in pages.items()
    ]


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
