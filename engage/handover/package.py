"""What leaves: the package as data, the same each time it is made, and the hash that marks it.

`docs/handover.schema.json` says what stands where. The number of the report is not in it: two
packages of one report, an anonymous one and a full one, must not be put together by it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from engage.core.reporting.fields import FIELDS
from engage.core.reporting.minimise import Minimised
from engage.handover.answers import Speaker

FORMAT, VERSION = "engage-handover", 1


def package_of(
    meta: Mapping[str, Any],
    chosen: Iterable[Minimised],
    withheld: Mapping[str, str],
    speaker: Speaker,
) -> dict[str, Any]:
    """The whole package: what is said of it (`meta`), what is given, and what never would be."""
    answers = [
        {
            "id": each.id,
            "class": str(FIELDS[each.id][1]),
            "question": speaker.question(each.id),
            "value": each.value,
            "words": speaker.lines(each.id, each.value),
            "treatment": str(each.treatment),
        }
        for each in chosen
        if each.value is not None
    ]
    body = {
        "format": FORMAT,
        "version": VERSION,
        **meta,
        "answers": answers,
        "withheld": sorted({str(FIELDS[name][1]) for name in withheld}),
    }
    return body | {"sha256": sha256_of(body)}


def sha256_of(package: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of everything in a package but the hash itself.

    It is taken of JSON in UTF-8 with sorted keys and no spaces.
    """
    body = {name: value for name, value in package.items() if name != "sha256"}
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def file_of(package: Mapping[str, Any]) -> bytes:
    """The package as a file that people can read too."""
    return orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
