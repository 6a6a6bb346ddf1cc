"""The coded table: one row a response, one typed column a variable, missing kinds explicit."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.records import Records, records_of
from engage.core.cleaning.signs import FLAGS
from engage.core.definition.codebook import (
    MISSING,
    NUMBER_NOT_ANSWERED,
    SOMEWHERE,
    Storage,
    Variable,
    variables,
)
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers

Bytes = npt.NDArray[np.uint8]

NOT_ANSWERED_PLACE = 1
SOMEWHERE_PLACE = 2
STRIP = 2048
REMEDY = "Run `flask --app run responses check`, then `responses rebuild`."


class CodesError(ValueError):
    """Packed codes that do not belong to the definition."""


def table_from_answers(
    definition: Definition, answers: Sequence[Answers], **details: Any
) -> pd.DataFrame:
    """The coded table of answers that are not stored; `details` are those of `records_of`."""
    return coded_table(definition, records_of(definition, answers, **details))


def coded_table(definition: Definition, records: Records) -> pd.DataFrame:
    """The coded table of stored responses, in their order.

    Categories are the missing kinds, then the option codes as the definition has them; the area
    question's are the missing kinds, the wards that occur, then its own options. Raises
    CodesError when the codes were packed for another definition.
    """
    columns = dict(_bookkeeping(records))
    ward = columns["@ward"]
    wanted = variables(definition)
    for variable, packed in zip(wanted, _unpacked(definition, wanted, records), strict=True):
        if variable.storage is Storage.NUMBER:
            columns[variable.name] = _number(packed)
        elif SOMEWHERE in variable.categories:
            columns[variable.name] = _area(variable, packed[0], ward)
        else:
            columns[variable.name] = _category(variable.categories, packed[0])
    return pd.DataFrame(columns, copy=False)


def _unpacked(definition: Definition, wanted: Sequence[Variable], records: Records) -> list[Bytes]:
    """For each variable its bytes: a row for each byte, a column for each response."""
    widths = [np.dtype(variable.storage.value).itemsize for variable in wanted]
    ends = np.cumsum([0, *widths])
    width, size = int(ends[-1]), len(records)
    joined = b"".join(records.codes)
    if len(joined) != width * size:
        pairs = zip(records.ids, records.codes, strict=True)
        wrong = next((name for name, codes in pairs if len(codes) != width), "?")
        raise CodesError(
            f"The response {wrong} is not packed in the {width} bytes of {definition.id} version "
            f"{definition.version}. {REMEDY}"
        )
    turned = _turned(np.frombuffer(joined, np.uint8).reshape(size, width))
    return [turned[start:end] for start, end in pairwise(ends)]


def _turned(rows: Bytes) -> Bytes:
    """The transpose, in strips that stay in the processor's cache: four times as fast."""
    turned = np.empty(rows.shape[::-1], np.uint8)
    for start in range(0, len(rows), STRIP):
        turned[:, start : start + STRIP] = rows[start : start + STRIP].T
    return turned


def _category(categories: Sequence[str], places: npt.NDArray[Any]) -> pd.Categorical:
    if len(places) and int(places.max()) >= len(categories):
        raise CodesError(
            f"A code is {int(places.max())}, but there are only {len(categories)} categories "
            f"({', '.join(categories[:6])}, ...). {REMEDY}"
        )
    # Fewer than 128 categories fit pandas' own smallest integers, so nothing is copied.
    small = len(categories) < 128 and places.dtype == np.uint8
    codes = places.view(np.int8) if small else places
    dtype = pd.CategoricalDtype(list(categories))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def _number(packed: Bytes) -> npt.NDArray[np.float64]:
    """Four rows of bytes, lowest first, as numbers; not a number where there is no answer."""
    numbers = np.ascontiguousarray(packed.T).view("<i4").ravel()
    return np.where(numbers <= NUMBER_NOT_ANSWERED, np.nan, numbers)


def _area(variable: Variable, places: Bytes, ward: pd.Categorical) -> pd.Categorical:
    """The area question with the ward in place of `some ward`.

    Where the ward is not recorded any more, the question counts as not answered.
    """
    wards = [str(code) for code in ward.categories]
    own = variable.categories[SOMEWHERE_PLACE + 1 :]
    known = len(MISSING)
    lookup = np.arange(256, dtype=np.int16) + len(wards) - 1
    lookup[:known] = np.arange(known)
    merged = lookup[places]
    somewhere = places == SOMEWHERE_PLACE
    recorded = ward.codes[somewhere].astype(np.int16)
    merged[somewhere] = np.where(recorded < 0, NOT_ANSWERED_PLACE, recorded + known)
    return _category((*MISSING, *wards, *own), merged)


def _bookkeeping(records: Records) -> Iterator[tuple[str, Any]]:
    yield "@id", pd.array(np.array(records.ids, dtype=object), dtype="str")
    yield "@submission", pd.array(np.array(records.submissions, dtype=object), dtype="str")
    days, names = pd.factorize(_objects(records.days))
    yield "@day", np.array(names, dtype="datetime64[s]")[days] if len(names) else _no_days()
    yield "@duration", np.array(records.durations, dtype=np.float64)
    yield "@mode", _few(records.modes)
    yield "@language", _few(records.languages)
    yield "@source", _few(records.sources)
    yield FLAGS, _few(records.flags)
    yield "@ward", _few(records.wards)


def _few(values: Sequence[str | None]) -> pd.Categorical:
    """A column of few different labels; None is no label."""
    codes, labels = pd.factorize(_objects(values), sort=True)
    return _category([str(label) for label in labels], codes)


def _objects(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    return np.array(values, dtype=object)


def _no_days() -> npt.NDArray[np.datetime64]:
    return np.array([], dtype="datetime64[s]")
