"""The pages that staff move between: each slice adds its own, each person sees what they may open.

In a slice's views::

    add_staff_page(blueprint, "Waves", "fieldwork.waves", "Open, watch and close surveys.")
"""

from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, request, url_for
from flask.blueprints import BlueprintSetupState

from engage.web.access import current_user, permits


@dataclass(frozen=True, slots=True)
class StaffPage:
    """An entry of the navigation; `summary` is what the staff home page says about it."""

    label: str
    endpoint: str
    summary: str

    @property
    def path(self) -> str:
        """Where the page is."""
        return url_for(self.endpoint)

    @property
    def current(self) -> str:
        """The value of aria-current: the page itself, a page below it, or neither."""
        if request.path == self.path:
            return "page"
        return "true" if request.path.startswith(f"{self.path}/") else ""


def prepare_staff_pages(app: Flask) -> None:
    """Give the application its register, and templates `staff_pages` and `current_user`."""
    app.extensions["staff_pages"] = []
    # A proxy: nobody is looked up until a template asks, and public pages never do.
    app.jinja_env.globals.update(staff_pages=staff_pages, current_user=current_user)


def add_staff_page(blueprint: Blueprint, label: str, endpoint: str, summary: str = "") -> None:
    """Put a page into the navigation when its blueprint is registered, in that order."""

    def add(state: BlueprintSetupState) -> None:
        state.app.extensions["staff_pages"].append(StaffPage(label, endpoint, summary))

    blueprint.record(add)


def staff_pages() -> list[StaffPage]:
    """The pages that the person who is signed in may open."""
    if not current_user.is_authenticated:
        return []
    pages: list[StaffPage] = current_app.extensions["staff_pages"]
    views = current_app.view_functions
    return [page for page in pages if permits(views[page.endpoint], current_user.role)]
