"""What an import tells whoever ran it, line by line."""

from collections.abc import Iterable, Iterator
from datetime import date

from engage.core.words.rounding import exact_percent, points, rounded
from engage.outside.changes import Changes
from engage.outside.crime_file import CrimeFile
from engage.outside.models import Unit
from engage.outside.names import Respelt
from engage.outside.series_file import SeriesFile
from engage.outside.store import Differing

SHOWN = 10


def told_of_series(read: SeriesFile) -> Iterator[str]:
    """What was read from a survey, and what was put right."""
    yield (
        f"{read.rows:,} rows: {len(read.series)} series of {read.boroughs} boroughs in "
        f"{_periods(read)} periods."
    )
    yield from _respelt(read.respelt)
    if read.merged:
        yield f"{read.merged:,} rows that say again what another row says were merged."
    if read.empty:
        yield f"{read.empty:,} rows have no figure."
    if read.conflicts:
        yield (
            f"{len(read.conflicts):,} figures differ between two spellings of one borough. Neither "
            "is kept:"
        )
        yield from _first(
            f"{each.measure}, {_day(each.ends)}: "
            + "; ".join(
                f"{told.value:g} for {told.spelling} in line {told.line}" for told in each.told
            )
            for each in read.conflicts
        )
    if read.borough:
        yield f"Your borough in it is {read.borough}."


def told_of_no_borough(unknown: int) -> Iterator[str]:
    """That nobody knows which borough is ours, in so many series."""
    if unknown:
        yield (
            "Which borough is yours is not known, so none can be shown beside London. Import the "
            "file again with --borough NAME."
        )


def told_of_crime(read: CrimeFile) -> Iterator[str]:
    """What was read from recorded crime, and what was left out."""
    found = len(set(read.matched.codes.values()))
    yield (
        f"{read.rows:,} rows of {read.borough}: {len(read.series)} kinds of offence in {found} "
        f"wards and {len(read.totals)} years."
    )
    if read.elsewhere:
        yield f"{read.elsewhere:,} rows of other boroughs were left out."
    yield from _respelt(read.respelt)
    by_name = read.matched.by_name
    if by_name:
        yield (
            f"{len(by_name)} wards have codes that are not on record and were matched by name "
            "alone. Make sure that their boundaries are the same:"
        )
        yield from _first(
            f"{ward.name} ({ward.code or 'no code'} is {code} here)"
            for ward, code in by_name.items()
        )
    if read.matched.strangers:
        yield f"{len(read.matched.strangers)} wards are not on record and were left out:"
        yield from _first(
            f"{' '.join(filter(None, ward))} (rows: {rows:,})"
            for ward, rows in read.matched.strangers.items()
        )
    if read.unseen:
        yield f"It has nothing of {len(read.unseen)} wards on record: {', '.join(read.unseen)}."
    if read.absent:
        yield (
            f"{read.absent:,} times a ward has no row for a kind of offence that others have in "
            "that year. It adds nothing to the ward’s sum."
        )
    yield "Offences in all these wards:"
    yield from _totals(read.totals)
    yield 'If a year is not whole or not like the others, say so: --remark "YEAR=WORDS".'


def told_of_changes(changes: Changes, digest_known: bool) -> Iterator[str]:  # noqa: FBT001
    """What is other than before; `digest_known` says that the very same file was imported."""
    if not changes.any:
        what = "This very file is on record" if digest_known else "All its figures are on record"
        yield f"{what} already. Nothing was changed."
        return
    if changes.new:
        yield f"New series: {len(changes.new)}."
    if changes.left:
        yield f"Series that the file does not have any more left: {', '.join(changes.left)}."
    if changes.described:
        yield f"Series of which only the description changed: {len(changes.described)}."
    yield (
        f"Figures: {changes.added:,} new, {len(changes.revised):,} revised, {changes.gone:,} gone, "
        f"{changes.same:,} as before."
    )
    yield from _first(
        f"{each.title}, {each.name}, {_day(each.ends)}: {figure(each.before, each.unit)}, now "
        f"{figure(each.now, each.unit)}"
        for each in changes.revised
    )


def told_of_differing(found: list[Differing], unit: Unit) -> Iterator[str]:
    """Where sources contradict one another."""
    if found:
        yield f"{len(found):,} figures differ between two sources. Both are kept and marked:"
        yield from _first(
            f"{each.title}, {each.name}, {_day(each.ends)}: {figure(each.one, unit)} "
            f"({each.one_source}), {figure(each.other, unit)} ({each.other_source})"
            for each in found
        )


def figure(value: float, unit: str) -> str:
    """A value as it is printed: a percentage as exactly as it was published, or a number."""
    if unit == Unit.PROPORTION:
        return exact_percent(value)
    return f"{value:,.0f}" if unit == Unit.COUNT else rounded(value, 1)


def _periods(read: SeriesFile) -> int:
    return len({spot.period_end for series in read.series for spot in series.values})


def _respelt(respelt: list[Respelt]) -> Iterator[str]:
    for each in respelt:
        rows = "1 row" if each.rows == 1 else f"{each.rows:,} rows"
        yield f"Two spellings of one name: {each.found!r} was read as {each.taken!r} in {rows}."


def _totals(totals: dict[int, int]) -> Iterator[str]:
    before: int | None = None
    for year, offences in totals.items():
        change = f" ({_signed(points((offences - before) / before))}%)" if before else ""
        yield f"  {year}: {offences:,}{change}"
        before = offences


def _signed(number: str) -> str:
    return number if number.startswith("-") else f"+{number}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _first(lines: Iterable[str]) -> Iterator[str]:
    """The first few lines of a list, and how many more there are."""
    listed = list(lines)
    yield from (f"- {line}" for line in listed[:SHOWN])
    if len(listed) > SHOWN:
        yield f"- and {len(listed) - SHOWN:,} more."
