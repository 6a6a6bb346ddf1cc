"""What may stand in an address; anything else is a page that does not exist."""

from flask import Flask
from werkzeug.routing import BaseConverter


class Slug(BaseConverter):
    """A survey's name in an address."""

    regex = "[A-Za-z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        """People type addresses from posters, in capitals too."""
        return value.lower()


class Name(BaseConverter):
    """The id of a section."""

    regex = "[a-z0-9_]{1,60}"


def teach_addresses(app: Flask) -> None:
    """Let routes say `<slug:...>` and `<name:...>`; call it before they are registered."""
    app.url_map.converters.update(slug=Slug, name=Name)
    app.url_map.strict_slashes = False
