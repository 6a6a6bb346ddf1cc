"""Parts of pages that are the same for everybody: made once for each language, and kept.

In a template, with what it depends on besides the language and the council's settings::

    {% kept help=definition.help %}{% from "fields/help.html" import services_list %}
    ... {{ services_list(help_services(help)) }} ...{% endkept %}

Dozens of texts and macros a page, and their imports, cost more than all the rest of it. What is
kept is shown to others, so a part that could hold anything of a person or a request is refused
when its template is compiled: it may use the names in `COMMON` and those that it is given, no
others. Give it only what comes from a questionnaire or a wave.
"""

from collections.abc import Callable
from zlib import crc32

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.utils import LRUCache
from markupsafe import Markup

from engage.web.language import language

MOST = 512
"""How many parts are kept: a few for each language and each survey."""
COMMON = frozenset(
    {"_", "gettext", "ngettext", "language", "asset", "link", "link_end", "hidden", "hidden_end"}
    | {"council_name", "council_colour", "demo", "privacy_contact"}
    | {"help_services"}
)
"""What a part may use: the settings of the site, and what makes HTML of nothing else."""


class KeptHtml(Extension):
    """The tag `kept`."""

    tags = {"kept"}  # noqa: RUF012  as the library declares it

    def __init__(self, environment: Environment) -> None:
        """Keep nothing yet."""
        super().__init__(environment)
        self._parts = LRUCache(MOST)

    def parse(self, parser: Parser) -> nodes.Node:
        """Compile a part, with the names that it is given; raises TemplateSyntaxError."""
        line = next(parser.stream).lineno
        targets: list[nodes.Expr] = []
        values: list[nodes.Expr] = []
        while parser.stream.current.type != "block_end":
            targets.append(parser.parse_assign_target(name_only=True))
            parser.stream.expect("assign")
            values.append(parser.parse_expression())
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        names = [each.name for each in targets if isinstance(each, nodes.Name)]
        self._refuse_others(parser, line, body, {*names, *COMMON})
        given = [nodes.Name(each, "load") for each in names]
        # Compiled templates may be shared by sites, so a place is called the same in each of them.
        place = nodes.Const(f"{parser.name}:{line}:{crc32(repr(body).encode())}")
        made = nodes.CallBlock(self.call_method("_part", [place, *given]), [], [], body)
        return nodes.With(targets, values, [made.set_lineno(line)], lineno=line)

    def _part(self, place: str, *given: object, caller: Callable[[], str]) -> Markup:
        key = (place, language().code, given)
        part: Markup | None = self._parts.get(key)
        if part is None:
            part = self._parts[key] = Markup(caller())  # noqa: S704  a template's own output
        return part

    @staticmethod
    def _refuse_others(parser: Parser, line: int, body: list[nodes.Node], known: set[str]) -> None:
        """Refuse a part that uses more than it may."""
        part = nodes.Template(body)
        names = list(part.find_all(nodes.Name))
        imported = {str(name) for each in part.find_all(nodes.FromImport) for name in each.names}
        made = {each.name for each in names if each.ctx != "load"} | imported
        for name in sorted({each.name for each in names} - made - known):
            remedy = "give it to the part, or leave it out."
            parser.fail(f"{name!r} may not be in a part that is kept: {remedy}", line)
        if part.find(nodes.Include) or part.find(nodes.Block):
            parser.fail("A part that is kept includes no template and has no block.", line)
