"""Build the front end: govuk-frontend without what may not be used, and our own files, by hash.

GDS Transport, the crown and the crest may only be used on GOV.UK, so their rules are cut out of
the shipped style sheet rather than overridden: nothing is left that a browser could fetch or show.
Every cut is counted, so that a version of govuk-frontend with another shape stops the build here.

The typeface of the papers that we make, such as certificates, is copied to static/build/fonts;
pages use the reader's own.

Each file is written with a hash of its content in its name (a browser may keep it for a year), with
a gzip twin beside it, and `manifest.json` maps the plain name to the one on disk.
"""

import gzip
import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.mirror import mirrored

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "govuk-frontend"
TYPEFACE = ROOT / "node_modules" / "@expo-google-fonts" / "atkinson-hyperlegible-next"
WEIGHTS = ("400Regular", "700Bold")
VERSION = "6.3.0"  # the version that govuk-frontend-jinja 4.1.0 renders
FONTS = "system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Liberation Sans,Arial,sans-serif"


class BuildError(Exception):
    """The package is not what the cuts were written for."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One thing that is replaced in the style sheet, and how often it must be there."""

    what: str
    pattern: str
    replacement: str
    times: int


FACES = r"@font-face\{font-family:GDS Transport;[^}]*\}"
CREST = r"\.govuk-footer__copyright-logo:before\{[^}]*govuk-crest[^}]*\}"
CROWN = r"\.govuk-footer__crown\{[^}]*\}"
CUTS = (
    Cut("GDS Transport font faces removed", FACES, "", 2),
    Cut(
        "font lists changed to the reader's own fonts", r"GDS Transport,arial,sans-serif", FONTS, 55
    ),
    Cut("crest rules removed", CREST, "", 2),
    Cut("crown rules removed", CROWN, "", 1),
)
FORBIDDEN = re.compile(r"gds.?transport|crown|crest|@font-face|url\((?!data:)", re.IGNORECASE)
SOURCE_MAP = re.compile(r"\s*(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*$")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stripped(css: str) -> tuple[str, list[str]]:
    """Return the style sheet without font, crest and crown, and a line for each cut."""
    report = []
    for cut in CUTS:
        css, count = re.subn(cut.pattern, cut.replacement, css)
        if count != cut.times:
            raise BuildError(
                f"{cut.what}: found {count}, expected {cut.times}. govuk-frontend has changed: "
                "read its style sheet and correct CUTS in tools/vendor.py."
            )
        report.append(f"{count} {cut.what}")
    left = FORBIDDEN.search(css)
    if left:
        raise BuildError(
            f"The style sheet still holds {left.group()!r}: add a cut for it to tools/vendor.py."
        )
    return css, report


def compact(css: str) -> str:
    """Return our own style sheet without comments and needless white space."""
    css = COMMENT.sub("", css)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}").strip()


def write(folder: Path, name: str, text: str) -> str:
    """Write one file and its gzip twin under a name that carries the content's hash."""
    data = text.encode()
    stem, _, suffix = name.rpartition(".")
    hashed = f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
    (folder / hashed).write_bytes(data)
    (folder / f"{hashed}.gz").write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
    return hashed


def shipped(name: str) -> str:
    """Read a file of the package as it ships, without the pointer to its source map."""
    path = PACKAGE / "dist" / "govuk" / name
    if not path.is_file():
        raise BuildError(f"{path} is missing: run `make setup`, or `npm ci --ignore-scripts`.")
    return SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))


def check_version() -> None:
    """Refuse another version than the one that the cuts and the Jinja macros belong to."""
    found = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    if found != VERSION:
        raise BuildError(f"govuk-frontend is {found}, expected {VERSION}: run `npm ci`.")


def build(static: Path) -> list[str]:
    """Build everything under `static`/build and say what was done, a line each."""
    check_version()
    css, report = stripped(shipped("govuk-frontend.min.css"))
    folder = static / "build"
    folder.mkdir(parents=True, exist_ok=True)
    script = write(folder, "govuk.js", shipped("govuk-frontend.min.js"))
    own_style = (static / "engage.css").read_text(encoding="utf-8")
    own_script = (static / "engage.js").read_text(encoding="utf-8")
    if own_script.count('"./govuk.js"') != 1:
        raise BuildError('static/engage.js must import "./govuk.js" exactly once.')
    built = {
        "engage.css": write(folder, "engage.css", compact(own_style)),
        "engage.js": write(folder, "engage.js", own_script.replace("./govuk.js", f"./{script}")),
        "favicon.svg": write(folder, "favicon.svg", (static / "favicon.svg").read_text("utf-8")),
        "govuk.css": write(folder, "govuk.css", css),
        "govuk-rtl.css": write(folder, "govuk-rtl.css", mirrored(css)),  # in place of the other
        "govuk.js": script,
        # Only on the pages that need them: what is printed, and typing in what was.
        "paper.css": write(folder, "paper.css", compact((static / "paper.css").read_text("utf-8"))),
        "exit.js": write(folder, "exit.js", (static / "exit.js").read_text("utf-8")),
        "timeout.js": write(folder, "timeout.js", (static / "timeout.js").read_text("utf-8")),
        "entry.js": write(folder, "entry.js", (static / "entry.js").read_text("utf-8")),
        "proof.js": write(folder, "proof.js", (static / "proof.js").read_text("utf-8")),
    }
    publish(folder, built)
    report.append(copy_fonts(folder / "fonts"))
    for name, hashed in built.items():
        size, sent = (folder / hashed).stat().st_size, (folder / f"{hashed}.gz").stat().st_size
        report.append(f"{name} -> static/build/{hashed} ({size:,} bytes, {sent:,} compressed)")
    return report


def copy_fonts(folder: Path) -> str:
    """Copy the typeface of the papers with its licence, which has to go where it goes."""
    folder.mkdir(exist_ok=True)
    files = [TYPEFACE / weight / f"AtkinsonHyperlegibleNext_{weight}.ttf" for weight in WEIGHTS]
    for file in (*files, TYPEFACE / "LICENSE_FONT"):
        if not file.is_file():
            raise BuildError(f"{file} is missing: run `make setup`, or `npm ci --ignore-scripts`.")
        draft = folder / f"{file.name}.new"
        shutil.copyfile(file, draft)
        draft.replace(folder / file.name)  # whole, as a paper may be made at this moment
    return f"{len(files)} fonts for papers -> static/build/fonts"


def publish(folder: Path, built: dict[str, str]) -> None:
    """Write the manifest (plain name to path below static/) whole, then drop what it left out."""
    manifest = {name: f"build/{hashed}" for name, hashed in built.items()}
    draft = folder / "manifest.json.new"
    draft.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / "manifest.json")
    keep = {"manifest.json", *built.values(), *(f"{hashed}.gz" for hashed in built.values())}
    for path in folder.iterdir():
        if path.is_file() and path.name not in keep:
            path.unlink()


def main() -> int:
    """Build, and print what was done or what is wrong."""
    try:
        report = build(ROOT / "static")
    except (BuildError, OSError) as error:
        print(f"The front end could not be built. {error}", file=sys.stderr)
        return 1
    print("\n".join(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
