"""Which ward on record a file means: by its code, and by its name where the code is unknown."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engage.areas.text import fold


class FileWard(NamedTuple):
    """A ward as a file names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The ward on record of each ward of a file; those found by name alone; those not found."""

    codes: Mapping[FileWard, str]
    by_name: Mapping[FileWard, str]
    strangers: Mapping[FileWard, int]


def match_wards(rows: Counter[FileWard], wards: Mapping[str, str]) -> Matched:
    """Match the wards of a file, with the rows that each has, to the wards on record.

    `wards` are names by code. A name counts only where it is that of a single ward on record
    which no row of the file gives by code, and of a single unknown ward of the file: otherwise two
    wards would be added up to one.
    """
    codes = {ward: ward.code for ward in rows if ward.code in wards}
    taken = set(codes.values())
    named: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in wards.items():
        named[fold(name)].append(code)
    unknown = [ward for ward in rows if ward not in codes]
    alike = Counter(fold(ward.name) for ward in unknown)
    by_name = {
        ward: named[key][0]
        for ward in unknown
        if (key := fold(ward.name))
        and alike[key] == 1
        and len(named[key]) == 1
        and named[key][0] not in taken
    }
    strangers = {ward: rows[ward] for ward in unknown if ward not in by_name}
    return Matched(codes | by_name, by_name, strangers)
