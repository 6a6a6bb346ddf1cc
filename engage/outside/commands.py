"""`flask --app run outside ...`: figures that others publish."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from engage import clock
from engage.areas.commands import FILE, one_transaction
from engage.areas.store import ward_names
from engage.extensions import db, site_settings
from engage.outside.changes import Changes, drop_others, put
from engage.outside.crime_file import CrimeWishes, read_crime
from engage.outside.given import GivenSeries, digest_of
from engage.outside.known import LICENCE, RECORDED_CRIME
from engage.outside.models import OutsideSeries, OutsideValue, SeriesKind, Unit
from engage.outside.report import (
    told_of_changes,
    told_of_crime,
    told_of_differing,
    told_of_no_borough,
    told_of_series,
)
from engage.outside.series_file import Wishes, read_series
from engage.outside.store import all_series, differing

outside = AppGroup("outside", help="Import figures that others publish.")

LICENSED = click.option("--licence", default=LICENCE, show_default=True, help="Its licence.")
BOROUGH = click.option(
    "--borough", default="", help="Your borough in the file, if COUNCIL_NAME does not say it."
)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _council() -> str:
    return str(site_settings().council_name)


def _store(series: list[GivenSeries], file: Path, *, crime_source: str | None = None) -> None:
    """Put what was read on record and say what changed; a crime file is all that its source has."""
    kind = SeriesKind.CRIME if crime_source else SeriesKind.SURVEY
    with one_transaction():
        digest = digest_of(file)
        known = select(OutsideSeries.id).filter_by(digest=digest).limit(1)
        again = db.session.scalar(known) is not None
        changes: Changes = put(db.session, series, digest=digest, today=clock.today())
        if crime_source:
            drop_others(db.session, series, kind=kind, source=crime_source, changes=changes)
        codes = {each.code for each in series}
        found = [each for code in sorted(codes) for each in differing(db.session, kind, code)]
        without = select(func.count()).select_from(OutsideSeries)
        unknown = db.session.scalar(
            without.where(OutsideSeries.code.in_(codes), OutsideSeries.borough == "")
        )
    _say(told_of_changes(changes, again))
    _say(told_of_no_borough(unknown or 0))
    _say(told_of_differing(found, Unit.COUNT if crime_source else Unit.PROPORTION))


@outside.command("series")
@FILE
@BOROUGH
@click.option("--source", default="", help="Who publishes it; known of MOPAC's survey PAS.")
@LICENSED
def import_series(file: Path, borough: str, source: str, licence: str) -> None:
    """Put a survey by borough on record from a CSV FILE.

    Its columns are quarter_end, survey, borough, measure, proportion and london.
    """
    wishes = Wishes(borough=borough, council=_council(), source=source, licence=licence)
    with one_transaction():
        read = read_series(file, wishes)
    _say(told_of_series(read))
    _store(read.series, file)


@outside.command("crime")
@FILE
@BOROUGH
@click.option("--source", default=RECORDED_CRIME, show_default=True, help="Who publishes it.")
@LICENSED
@click.option(
    "--remark", "remarks", multiple=True, metavar="YEAR=WORDS", help="What to know of it."
)
def import_crime(
    file: Path, borough: str, source: str, licence: str, remarks: tuple[str, ...]
) -> None:
    """Put recorded crime by ward on record from a CSV FILE.

    Its columns are borough_name, ward_code, ward_name, year, offence and offences.
    """
    wards = ward_names(db.session)
    db.session.rollback()  # a long file must block nobody
    if not wards:
        raise click.ClickException("No wards are on record: first `flask --app run areas import`.")
    wishes = CrimeWishes(
        borough=borough,
        council=_council(),
        source=source,
        licence=licence,
        remarks=_remarks(remarks),
    )
    with one_transaction():
        read = read_crime(file, wards, wishes)
    _say(told_of_crime(read))
    _store(read.series, file, crime_source=source)


@outside.command("list")
def list_series() -> None:
    """Print the series on record: what, from whom, how many figures, until when."""
    figures = select(
        OutsideValue.series_id, func.count(), func.max(OutsideValue.period_end)
    ).group_by(OutsideValue.series_id)
    counts = {row[0]: (row[1], row[2]) for row in db.session.execute(figures)}
    click.echo("code\tsource\tfigures\tuntil\timported")
    for series in all_series(db.session):
        count, until = counts.get(series.id, (0, ""))
        click.echo(f"{series.code}\t{series.source}\t{count}\t{until}\t{series.imported_on}")
    db.session.rollback()


@outside.command("remove")
@click.argument("source")
def remove(source: str) -> None:
    """Forget all that a SOURCE says, such as one imported under a wrong name."""
    with one_transaction():
        found = db.session.scalars(select(OutsideSeries).filter_by(source=source)).all()
        for series in found:
            db.session.delete(series)
    if not found:
        raise click.ClickException(
            f"There is no source {source!r}. `flask --app run outside list` has them all."
        )
    click.echo(f"{len(found)} series of {source} were removed.")


def _remarks(given: tuple[str, ...]) -> dict[int, str]:
    """What is said of years, such as 2021=part of the year; nothing takes a remark away."""
    said = {}
    for each in given:
        year, equals, words = (part.strip() for part in each.partition("="))
        if not (year.isdecimal() and equals and len(words) <= 300):
            raise click.BadParameter(
                f"{each!r} is not like 2021=part of the year, of 300 characters at most.",
                param_hint="--remark",
            )
        said[int(year)] = words
    return said
