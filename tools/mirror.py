"""A style sheet for pages that run from right to left: the same sheet, seen in a mirror.

govuk-frontend has none. Mirroring the whole sheet when it is built costs readers of English
nothing, and knows no browser too old for it; logical properties in its place would.
"""

import re

BLOCK = re.compile(r"\{([^{}]*)\}")
SIDE = re.compile(r"(?<![a-z])(left|right)(?![a-z])")
TURNED = re.compile(r"rotate\((-?)(\d+)deg\)")
CORNERED = re.compile(r"polygon\(([^)]*)\)")
FOUR_SIDED = {"margin", "padding", "border-width", "border-style", "border-color", "inset"}
OTHER_SIDE = {"left": "right", "right": "left"}
OTHER_END = {"0": "100%", "100%": "0"}
TICK = "__label:after"
"""A tick looks the same in every script; only its place is mirrored."""


def mirrored(css: str) -> str:
    """A compact style sheet with left and right changed about."""
    done, end = [], 0
    for block in BLOCK.finditer(css):
        selector = css[end : block.start()]
        tick = selector.rpartition("}")[2].endswith(TICK)
        rules = [_rule(rule, tick=tick) for rule in _split(block.group(1))]
        done += [selector, "{", ";".join(rules), "}"]
        end = block.end()
    return "".join([*done, css[end:]])


def _split(block: str) -> list[str]:
    """The rules of a block; a picture in one may hold semicolons."""
    return re.split(r";(?![^(]*\))", block)


def _rule(rule: str, *, tick: bool) -> str:
    name, colon, value = rule.partition(":")
    if tick and name in {"border-width", "transform"}:
        return rule
    if "url(" not in value:
        value = SIDE.sub(lambda found: OTHER_SIDE[found[0]], value)
    if name.endswith("transform"):
        value = TURNED.sub(lambda found: f"rotate({'' if found[1] else '-'}{found[2]}deg)", value)
    if name.endswith("clip-path"):
        value = CORNERED.sub(lambda found: f"polygon({_corners(found[1])})", value)
    if name in FOUR_SIDED:
        value = _sides(value)
    if not name.startswith("--"):
        name = SIDE.sub(lambda found: OTHER_SIDE[found[0]], name)
    return f"{name}{colon}{value}"


def _sides(value: str) -> str:
    """Top, right, bottom, left: the second and the fourth change places."""
    important = "!important" if value.endswith("!important") else ""
    parts = re.split(r" (?![^(]*\))", value.removesuffix("!important"))
    if len(parts) == 4:
        parts[1], parts[3] = parts[3], parts[1]
    return " ".join(parts) + important


def _corners(points: str) -> str:
    pairs = [point.split(" ") for point in points.split(",")]
    return ",".join(f"{OTHER_END.get(x, x)} {y}" for x, y in pairs)
