"""Write into docs/access.md which role may open which page, as the pages themselves declare it."""

import sys
import tempfile
from pathlib import Path

from flask import Flask

from engage.accounts.models import Role
from engage.app import create_app
from engage.config import ROOT, read_settings
from engage.web.access import KEYED, PUBLIC, SIGNED_IN, permits, rule_of

FILE = ROOT / "docs" / "access.md"
BEGINS, ENDS = "<!-- table begins -->\n", "<!-- table ends -->\n"
HEADS = ("Adm", "Man", "Ana", "Saf", "Cas", "Cen", "Par", "Aud")


def table(app: Flask) -> str:
    """A row for each address that only staff may open, with a mark for each role."""
    rows: dict[str, str] = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        declared = rule_of(view)
        if not declared or PUBLIC in declared:
            continue
        sealed = "sealed" if KEYED in declared else "all" if SIGNED_IN in declared else ""
        marks = ["✓" if permits(view, role) else "" for role in Role]
        sends = "POST" if "GET" not in (rule.methods or set()) else ""
        key = f"`{rule.rule.replace('|', '')}`"
        rows[f"{key} {sends}".strip()] = " | ".join([*marks, sealed])
    head = " | ".join(["Page", *HEADS, ""])
    lines = [f"| {head}|", "|" + "---|" * (len(HEADS) + 2)]
    lines += [f"| {page} | {marks} |" for page, marks in sorted(rows.items())]
    return "\n".join(lines) + "\n"


def written(paper: str, rows: str) -> str:
    """The document with these rows in the place of those it had."""
    before, _, rest = paper.partition(BEGINS)
    return before + BEGINS + "\n" + rows + "\n" + ENDS + rest.partition(ENDS)[2]


def main() -> int:
    """Write the table; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"INSTANCE_DIR": folder, "SECRET_KEY": "s" * 64}
        app = create_app(read_settings(environ))
        FILE.write_text(written(FILE.read_text("utf-8"), table(app)), "utf-8")
    print(f"{FILE.relative_to(ROOT)} is as the pages declare it.")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    sys.exit(main())
