"""`flask --app run areas ...` and `flask --app run population import FILE`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from engage.areas.boundaries import read_boundaries
from engage.areas.models import Place, Population, Postcode
from engage.areas.outlines import draw
from engage.areas.places import read_places, replace_places
from engage.areas.postcodes import read_postcodes, replace_postcodes
from engage.areas.residents import read_residents, replace_residents
from engage.areas.store import groups, ward_groups, ward_names
from engage.areas.wards import (
    drop_empty_groups,
    named_groups,
    read_groups,
    replace_groups,
    replace_wards,
)
from engage.core.files.faults import Faults, RefusedFileError
from engage.extensions import db

areas = AppGroup("areas", help="Import wards, postcodes and places.")
population = AppGroup("population", help="Import residents by ward, sex and age.")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@contextmanager
def one_transaction() -> Iterator[None]:
    """Keep everything or nothing, and say plainly why it was nothing."""
    try:
        yield
        db.session.commit()
    except RefusedFileError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The file could not be read: {error}") from error
    finally:
        db.session.rollback()


def _known_wards() -> dict[str, str]:
    """The wards on record; the transaction that read them ends, a long file must block nobody."""
    wards = ward_names(db.session)
    db.session.rollback()
    if not wards:
        raise click.ClickException("No wards are on record: first `flask --app run areas import`.")
    return wards


@areas.command("import")
@FILE
@click.option("--group", metavar="PROPERTY", help="The property that names a ward's area group.")
def import_areas(file: Path, group: str | None) -> None:
    """Put the wards of a GeoJSON FILE in the place of those on record."""
    with one_transaction():
        shapes = read_boundaries(file, group)
        grouping = named_groups(shapes, Faults(file.name)) if group else None
        left = replace_wards(db.session, shapes)
        if grouping:
            replace_groups(db.session, grouping)
        drop_empty_groups(db.session)
        formed = len(groups(db.session))
    click.echo(f"{len(shapes)} wards are on record; area groups: {formed}.")
    if any(shape.from_grid for shape in shapes):
        click.echo(
            "The file is on the British National Grid; it was converted to longitude and latitude, "
            "to within 5 metres."
        )
    if left:
        click.echo(
            f"{len(left)} are not in the file and left, with their residents, places and "
            f"postcodes: {', '.join(left)}."
        )


@areas.command("import-groups")
@FILE
def import_groups(file: Path) -> None:
    """Put the area groups of a CSV FILE (ward_code, group_code, group_name) on record."""
    wards = _known_wards()
    with one_transaction():
        grouping = read_groups(file, wards)
        replace_groups(db.session, grouping)
    click.echo(f"{len(grouping.of_ward)} wards are grouped; area groups: {len(grouping.names)}.")
    alone = [name for code, name in wards.items() if code not in grouping.of_ward]
    if alone:
        click.echo(f"{len(alone)} wards are in no group: {', '.join(alone)}.")


@areas.command("import-postcodes")
@FILE
def import_postcodes(file: Path) -> None:
    """Put the live postcodes of an ONS Postcode Directory FILE (CSV or zip) on record."""
    wards = _known_wards()
    with one_transaction():
        found = read_postcodes(file, wards)
        replace_postcodes(db.session, found)
    click.echo(
        f"{len(found.wards):,} postcodes are on record. Left out: {found.terminated:,} that "
        f"have ended and {found.elsewhere:,} in other wards."
    )


@areas.command("import-places")
@FILE
def import_places(file: Path) -> None:
    """Put the places of a CSV FILE (name, kind, ward_code or ward_name) on record."""
    wards = _known_wards()
    with one_transaction():
        places = read_places(file, wards)
        replace_places(db.session, places)
    held = len({place.ward_code for place in places})
    click.echo(f"{len(places):,} places in {held} of {len(wards)} wards are on record.")


@areas.command("draw")
def draw_areas() -> None:
    """Draw the map of the wards on record anew; an import does so by itself."""
    with one_transaction():
        number = draw(db.session)
    click.echo(f"{number} wards are drawn.")


@areas.command("list")
def list_areas() -> None:
    """Print the wards on record with their groups, residents, places and postcodes."""
    wards = _known_wards()
    names, of_ward = groups(db.session), ward_groups(db.session)
    totals = [
        {row[0]: row[1] for row in db.session.execute(query.group_by("ward_code"))}
        for query in (
            select(Population.ward_code, func.sum(Population.residents)),
            select(Place.ward_code, func.count()),
            select(Postcode.ward_code, func.count()),
        )
    ]
    db.session.rollback()
    click.echo("code\tname\tgroup\tresidents\tplaces\tpostcodes")
    for code, name in wards.items():
        counted = "\t".join(str(total.get(code, 0)) for total in totals)
        click.echo(f"{code}\t{name}\t{names.get(of_ward.get(code, ''), '')}\t{counted}")


@population.command("import")
@FILE
def import_population(file: Path) -> None:
    """Put the residents of a CSV FILE (ward_code, sex, age_band, population) on record."""
    wards = _known_wards()
    with one_transaction():
        found = read_residents(file, wards)
        replace_residents(db.session, found.rows)
    bands = len({(row.age_from, row.age_to) for row in found.rows})
    click.echo(
        f"{found.total:,} residents of {len(wards)} wards are on record; ages told apart: {bands}."
    )
    if found.left_out:
        click.echo(f"{found.left_out:,} rows of wards that are not on record were left out.")
